"""The journal: what was written to the collection, on disk, with what takes it back."""
