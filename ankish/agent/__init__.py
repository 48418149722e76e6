"""Hands for agents: what they may do, the server that offers it, and what teaches them."""
