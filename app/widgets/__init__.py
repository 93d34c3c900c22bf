"""Drawing without decisions: each widget shows the value it is given and says what was clicked."""
