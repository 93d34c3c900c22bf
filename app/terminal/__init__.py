"""The command line and its reports, without a window."""
