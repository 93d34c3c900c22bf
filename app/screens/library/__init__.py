"""All sessions, searched and narrowed."""
