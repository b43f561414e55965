"""Prints how far our M4 strays from another drawing of it: `compare_m4.py OTHER.geojson`.

The largest distance, over the reach that both cover, from a point of our line to the other, in
EPSG:32637 (UTM 37N).
"""

import sys
from pathlib import Path

import geopandas as gpd

METRES = "EPSG:32637"
STEP_M = 500


def main(other: str) -> None:
    """Compare the M4 of places.geojson with the lines in the file `other`."""
    places = gpd.read_file(Path(__file__).with_name("places.geojson"))
    ours = places.loc[places["id"] == "m4"].to_crs(METRES).geometry.iloc[0]
    theirs = gpd.read_file(other).set_crs("EPSG:4326").to_crs(METRES).union_all()
    points = [ours.interpolate(at) for at in range(0, int(ours.length), STEP_M)]
    distances = [point.distance(theirs) for point in points]
    print(f"length {ours.length / 1000:.0f} km")
    print(f"largest distance {max(distances) / 1000:.1f} km")
    print(f"median distance {sorted(distances)[len(distances) // 2] / 1000:.1f} km")


if __name__ == "__main__":
    main(sys.argv[1])
