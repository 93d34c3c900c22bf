"""What many screens share and none owns: sessions, settings, patterns, stories, history, and the threads for them."""
