"""What a printed figure is composed of: layouts, text, the map's frame, basemap, marks, legend."""
