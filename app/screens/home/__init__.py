"""What is seen first: the ways to practise, the last sessions, what needs attention."""
