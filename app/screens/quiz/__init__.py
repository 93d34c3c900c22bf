"""The test: questions, verdict, and what was missed."""
