"""The bin: what was thrown away in the last thirty days."""
