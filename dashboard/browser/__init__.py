"""Data and HTML for the browser: map, timeline and lists as JSON, evidence as HTML."""
