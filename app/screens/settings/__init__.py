"""Settings, and the download of a speech model."""
