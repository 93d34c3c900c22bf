"""Drill, test, practice, and what to do next."""
