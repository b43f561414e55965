"""Lists of a country's places that an analyst adds: GeoNames, Who's On First, OCHA, OpenStreetMap."""
