"""Times maps while files and figures are made: `python -m benchmarks.delays`.

A thread makes one file or figure after the other, as the page does on a click, large files in another
process; each map beside it is of filters that no cache has. A delay is how much longer than the median
without other work a map takes. `python -m benchmarks.delays before` makes all files in this process.
"""

import itertools
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.sets import workspace
from dashboard.browser.map_data import map_data
from dashboard.engine.load import MOST_RECORDS
from dashboard.export.other_process import write_in_other_process
from dashboard.export.write import ExportRequest, write_export
from dashboard.model.grid import Box, box_of
from dashboard.paper.content import Content
from dashboard.paper.figure import make_figure, save
from dashboard.paper.options import FigureOptions, Format
from dashboard.project.catalog import Catalog
from dashboard.project.linked import Linked
from dashboard.project.project import Loaded, Project
from dashboard.query.link import to_params
from dashboard.query.query import Query
from dashboard.settings import PROGRAM, read_settings
from dashboard.summary.summary import Summary

SIZE = 100_000
_FOR_S = 20.0


def main(*, before: bool) -> None:
    """Print a Markdown table: the maps beside each kind of work."""
    os.environ["EVENT_MAP_WORKSPACE"] = str(workspace(SIZE))
    project = Project(read_settings())
    loaded = project.load()
    catalog = project.catalog(loaded)
    maps = _maps(catalog)
    for _ in range(3):
        _timed(maps)
    print(
        "| beside | times done | map, median | slowest | delay at most |\n|---|---:|---:|---:|---:|"
    )
    alone: float | None = None
    for name, work in _works(catalog, loaded, here=before).items():
        times, done = _beside(maps, work)
        median = statistics.median(times)
        alone = median if alone is None else alone
        figures = f"{median:.3f} s | {max(times):.3f} s | {max(times) - alone:.3f} s"
        print(f"| {name} | {done} | {figures} |", flush=True)


def _works(catalog: Catalog, loaded: Loaded, *, here: bool) -> dict[str, Callable[[], object]]:
    """What is done, by its name; the first is nothing."""
    some, export = _limited(catalog), partial(_export, catalog, loaded, here=here)
    few = f"of {catalog.totals(some)[0].shown:,} events"
    return {
        "nothing": lambda: time.sleep(1),
        "CSV of all events": lambda: export(Query(), ExportRequest("csv", bulk=True)),
        "GeoParquet of all events": lambda: export(Query(), ExportRequest("parquet", bulk=True)),
        f"Excel workbook {few}": lambda: export(some, ExportRequest("xlsx")),
        f"GeoJSON {few}": lambda: export(some, ExportRequest("geojson")),
        f"figure as PDF {few}": lambda: _figure(catalog, some),
    }


def _limited(catalog: Catalog) -> Query:
    """As many days from the first on as have at most `MOST_RECORDS` events."""
    query = Query()
    for months in itertools.count(1):
        year, month = divmod(months, 12)
        wider = Query(end=date(2016 + year, month + 1, 1))
        totals, _counts = catalog.totals(wider)
        if totals.shown > MOST_RECORDS:
            return query
        query = wider
    raise AssertionError


def _export(
    catalog: Catalog, loaded: Loaded, query: Query, request: ExportRequest, *, here: bool
) -> None:
    link = urlencode(to_params(query), doseq=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events"
        if here:
            write_export(Linked(loaded, catalog, query), link, request, path)
        else:
            write_in_other_process(link, catalog.totals(query)[0].shown, request, path)


def _figure(catalog: Catalog, query: Query) -> None:
    selected = catalog.select(query)
    if selected is None:
        raise RuntimeError("too many events")
    summary = Summary(selected, query, date.today(), catalog.events)  # noqa: DTZ011
    printed = make_figure(Content(summary), FigureOptions(), read_settings().basemap, PROGRAM)
    save(printed, Format.PDF, {})


def _maps(catalog: Catalog) -> Iterator[Callable[[], object]]:
    """Maps that are not cached: other dates each time, of three parts."""
    parts: list[Box] = [
        box_of(33, 35, 38, 43, 7),
        box_of(34, 36, 37, 41, 8),
        box_of(35, 37, 37, 40, 9),
    ]
    for number in itertools.count():
        query = Query(start=date.fromordinal(date(2016, 1, 1).toordinal() + number % 2_000))
        box = parts[number % len(parts)]
        yield lambda query=query, box=box: map_data(catalog, query, box)


def _timed(maps: Iterator[Callable[[], object]]) -> float:
    make = next(maps)
    began = time.perf_counter()
    make()
    return time.perf_counter() - began


def _beside(
    maps: Iterator[Callable[[], object]], work: Callable[[], object]
) -> tuple[list[float], int]:
    """Seconds of each map while `work` is done again and again, and how often it was done."""
    stop, done = threading.Event(), itertools.count()

    def repeat() -> None:
        while not stop.is_set():
            work()
            next(done)

    thread = threading.Thread(target=repeat)
    thread.start()
    until, times = time.perf_counter() + _FOR_S, []
    while time.perf_counter() < until:
        times.append(_timed(maps))
        time.sleep(0.05)
    stop.set()
    thread.join()
    return times, next(done)


if __name__ == "__main__":
    main(before="before" in sys.argv)
