"""Event tables out of anything: files of many formats, and the curated corpus."""
