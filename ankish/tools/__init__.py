"""What `ankish WORD …` does besides running programs: one module for each word."""
