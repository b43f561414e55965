"""Published layouts: a small made-up file with the exact header of each."""
