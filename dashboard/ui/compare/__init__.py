"""The page Compare: what different sources say about one event."""
