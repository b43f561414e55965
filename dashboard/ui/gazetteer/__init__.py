"""The page Gazetteer: places, and names that no place is known for."""
