"""A screen is a folder: its page, what decides about it, its own widgets. No screen imports another."""
