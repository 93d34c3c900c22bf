"""All principles and what was practised of each."""
