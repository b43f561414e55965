"""The program's own files: the columns of an event in each layout, and how they are read back."""
