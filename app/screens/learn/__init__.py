"""The pattern explained: examples, exercises, and a drill below each card."""
