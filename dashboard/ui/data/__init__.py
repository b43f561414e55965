"""The page Data: datasets and their import."""
