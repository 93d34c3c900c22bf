"""Times and gaps over many sessions."""
