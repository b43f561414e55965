"""The page Gazetteer: places, and names that are not in the gazetteer."""
