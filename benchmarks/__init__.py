"""How fast the program is, as ratios of two things measured side by side in one run. No test depends on a time."""
