"""The page Review: reviewing suggestions, and editing events."""
