"""One section or follow-up, over and over."""
