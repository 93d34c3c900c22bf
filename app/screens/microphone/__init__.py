"""The microphone check."""
