"""The interview room."""
