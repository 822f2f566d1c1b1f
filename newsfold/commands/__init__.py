"""One file a command. Whatever is slow to import is imported inside the function that needs it."""
