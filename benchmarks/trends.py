"""Seconds of the tab of trends at a million events: `python -m benchmarks.trends`."""

import os
import time
from collections.abc import Callable

from benchmarks.sets import workspace
from dashboard.model.trend import Trend
from dashboard.project.project import Project
from dashboard.query.query import Query
from dashboard.settings import read_settings
from dashboard.trends.compared import compared
from dashboard.trends.cross_table import cross_table
from dashboard.trends.over_time import over_time

_SIZE = 1_000_000
_SPLITS = ("group", "kind", "actor", "outlet", "governorate")


def main() -> None:
    """Print a table; of each column the first answer, which nothing has in a cache."""
    os.environ["EVENT_MAP_WORKSPACE"] = str(workspace(_SIZE))
    project = Project(read_settings())
    catalog = project.catalog(project.load())
    print("| by | over time | two periods | crossed with kind |\n|---|---:|---:|---:|")
    for split in _SPLITS:
        query = Query(trend=Trend(split=split, cross="kind"))
        seconds = (
            _timed(lambda query=query: over_time(catalog, query)),
            _timed(lambda query=query: compared(catalog, query, "All events")),
            _timed(lambda query=query: cross_table(catalog, query)),
        )
        print(f"| {split} |", " | ".join(f"{each:.2f} s" for each in seconds), "|", flush=True)


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
