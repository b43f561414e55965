"""One thin module a page."""
