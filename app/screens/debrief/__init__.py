"""A session after it was spoken: what was heard, what it proves and lacks, its sound, and corrections."""
