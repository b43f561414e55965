"""The map as data: marks, outlines, movements, and the first view."""
