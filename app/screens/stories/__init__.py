"""The story bank and what it covers."""
