"""Seconds of the map at a million events, shaded and by colour: `python -m benchmarks.shading`."""

import os
import time
from collections.abc import Callable

from benchmarks.sets import workspace
from dashboard.browser.map_data import map_data
from dashboard.model.grid import box_around
from dashboard.project.project import Project
from dashboard.query.query import COLOURS, SHADINGS, Query
from dashboard.settings import read_settings

_SIZE = 1_000_000
# A map of a usual laptop over Syria.
_VIEW = box_around(35.0, 38.5, 7, 607, 558)


def main() -> None:
    """Print a table; the first answer of each, and then one of another filter with all caches warm."""
    os.environ["EVENT_MAP_WORKSPACE"] = str(workspace(_SIZE))
    project = Project(read_settings())
    catalog = project.catalog(project.load())
    print("| the map shows | first | another filter | kilobytes |\n|---|---:|---:|---:|")
    queries = {f"areas: {name}": Query(shading=name) for name in SHADINGS[1:]}
    queries |= {f"marks by {name}": Query(colour=name) for name in COLOURS}
    for name, query in queries.items():
        filtered = Query(shading=query.shading, colour=query.colour, kinds=("clash",))
        seconds = [_timed(lambda it=it: map_data(catalog, it, _VIEW)) for it in (query, filtered)]
        size = len(map_data(catalog, query, _VIEW).body) // 1000
        times = " | ".join(f"{each:.2f} s" for each in seconds)
        print(f"| {name} | {times} | {size} |", flush=True)


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
