"""Hands for editors: a language server, from the same engine as the shell."""
