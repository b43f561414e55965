"""What a map shows, as data: marks, outlines, movements, and the first view."""
