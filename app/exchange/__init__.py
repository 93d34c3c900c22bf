"""What comes in and what goes out: recordings, packed sessions and backups; web pages, texts and sound."""
