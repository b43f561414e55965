"""Event tables from files of many formats, and from the curated corpus."""
