"""An answer that was written instead of spoken."""
