"""What to tell of an answer: its analysis, findings, follow-ups, times and trends."""
