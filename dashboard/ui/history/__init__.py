"""The page History: the record of changes."""
