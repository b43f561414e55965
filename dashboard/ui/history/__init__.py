"""The page History: the log of changes."""
