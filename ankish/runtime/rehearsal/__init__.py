"""The dry run: what a program would write, found out by running all of it but the writes."""
