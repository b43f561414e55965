"""What the browser shows: the map, the timeline and lists as JSON, evidence as HTML."""
