"""What many screens share: how things look and take their room, and what is said over all of them. Knows no screen."""
