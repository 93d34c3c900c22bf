"""What many screens share: how things look, and what is said over all of them. Knows no screen."""
