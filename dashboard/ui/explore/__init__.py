"""The page Explore: map, timeline, filters, list, figure and export."""
