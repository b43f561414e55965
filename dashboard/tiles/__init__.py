"""Files of map tiles that analysts bring as basemaps: PMTiles and MBTiles, pictures or vectors."""
