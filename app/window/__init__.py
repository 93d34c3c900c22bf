"""The window, its register of screens, the way between them, and what happens when the program fails."""
