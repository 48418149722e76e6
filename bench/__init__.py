"""Benchmarks, each beside its baselines in the same run: `python -m bench [NAME…]`.

A benchmark is a module here with a function `run() -> Table`.
"""
