"""The command line's own: what it reads and prints."""
