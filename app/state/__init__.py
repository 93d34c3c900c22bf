"""What the program knows and keeps, apart from any screen."""
