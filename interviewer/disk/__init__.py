"""What the program writes and reads on the disk: files that are whole or not there, documents that are not believed."""
