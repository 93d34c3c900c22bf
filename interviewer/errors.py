"""The one exception whose text is written for the person at the desk."""


class PracticeError(Exception):
    """Something went wrong that the person can understand: the text says what happened and what to do."""
