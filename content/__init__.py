"""What is asked: patterns as TOML files, the reader that checks them, and the shipped sample answers.

Adding a principle means adding a file to `patterns/`. The reader answers a bad file with its name, the line or key,
and what is wrong; nothing about any one principle is in code.
"""
