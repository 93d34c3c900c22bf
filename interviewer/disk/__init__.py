"""The disk: what is read that others wrote. The standard library only."""
