"""Counts by category and period: over time, of two periods compared, and of two columns crossed."""
