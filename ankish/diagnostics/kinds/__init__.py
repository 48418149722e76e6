"""Every message ankish can give, one module per family; the code's first part is the module."""
