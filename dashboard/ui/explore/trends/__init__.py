"""The tab of trends: events over time by category, two periods compared, and a cross table."""
