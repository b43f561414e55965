"""The page of one article with its events."""
