"""Dates in text: found, resolved to intervals, and the day that an article says it was published."""
