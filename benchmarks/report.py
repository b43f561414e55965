"""Prints how long figures and exports take: `make bench-report`.

Each is measured against what a user would do instead: for the figure a plain map of the same points by
geopandas over the same basemap, saved at the same resolution, without legend, key, names or sources; for
an export the rows of the events alone written by pandas or geopandas.
"""

import io
import itertools
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.selection import export_of
from dashboard.figure.manifest import manifest_of
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import CURATED
from dashboard.model.selected import SelectedEvents
from dashboard.model.when import DatePrecision, When
from dashboard.paper.content import Content
from dashboard.paper.figure import make_figure, preview, save
from dashboard.paper.options import FigureOptions, Format
from dashboard.project.project import Project
from dashboard.query.query import Query
from dashboard.settings import read_settings
from dashboard.summary.summary import Summary

SIZES = (46, 1_000, 10_000)
_SEED = 20210221
_RUNS = 3


def repeated(corpus: Corpus, size: int) -> Corpus:
    """`size` events: the real ones, and copies of them at random places of the gazetteer and days."""
    random = np.random.default_rng(_SEED)
    events = dict(corpus.events.events)
    places, actors, claims = [
        [*rows] for rows in (corpus.events.places, corpus.events.actors, corpus.events.claims)
    ]
    by_event = [
        {key: [row for row in rows if row.event_id == key] for key in events}
        for rows in (places, actors, claims)
    ]
    grounds = [p.place_id for p in corpus.gazetteer.places.values() if p.tier == 1 and p.within]
    for number, key in zip(range(size - len(events)), itertools.cycle(list(events)), strict=False):
        new = f"copy_{number}"
        day = date(2020, 12, 1) + timedelta(days=int(random.integers(0, 90)))
        when = When() if events[key].when.undated else When(day, day, DatePrecision.DAY)
        events[new] = replace(events[key], event_id=new, when=when)
        places += [
            replace(row, event_id=new, place_id=str(random.choice(grounds)))
            for row in by_event[0][key]
        ]
        actors += [replace(row, event_id=new) for row in by_event[1][key]]
        claims += [
            replace(row, event_id=new, claim_id=f"{row.claim_id}_{number}")
            for row in by_event[2][key]
        ]
    repeated_events = replace(
        corpus.events,
        events=events,
        places=tuple(places),
        actors=tuple(actors),
        claims=tuple(claims),
    )
    return replace(corpus, events=repeated_events)


def seconds(act: Callable[[], object]) -> float:
    """The median of some runs."""
    times = []
    for _run in range(_RUNS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return sorted(times)[_RUNS // 2]


def main() -> None:
    """Measure all sizes and print Markdown tables."""
    settings = read_settings()
    real = Project(settings).seeds
    print("| events | marks | figure and preview | PDF | usual map, PNG | preview / usual |")
    print("|---:|---:|---:|---:|---:|---:|")
    contents = {size: _content(repeated(real, size)) for size in SIZES}
    options = FigureOptions()
    for size, content in contents.items():
        printed = make_figure(content, options, settings.basemap, "0")
        manifest = manifest_of(content.summary, options).as_json()
        drawn = seconds(lambda c=content: preview(make_figure(c, options, settings.basemap, "0")))
        pdf = seconds(lambda p=printed, m=manifest: save(p, Format.PDF, m))
        usual = seconds(lambda c=content: _usual(c, settings.basemap))
        print(
            f"| {size:,} | {len(printed.ground.marks)} | {drawn:.2f} s | {pdf:.2f} s | {usual:.2f} s | "
            f"{drawn / usual:.1f} |"
        )
    print("\n| export | " + " | ".join(f"{size:,} events" for size in SIZES) + " |")
    print("|---|" + "---:|" * len(SIZES))
    exports = {size: export_of(c.selected, Coarseness.ORIGINAL, {}) for size, c in contents.items()}
    gathering = [
        seconds(lambda c=c: export_of(c.selected, Coarseness.ORIGINAL, {}))
        for c in contents.values()
    ]
    print("| gathering | " + " | ".join(f"{value:.2f} s" for value in gathering) + " |")
    for name, kind in FORMATS.items():
        times = [seconds(lambda e=e, k=kind: k.make(e)) for e in exports.values()]
        print(f"| {name} | " + " | ".join(f"{value:.2f} s" for value in times) + " |")
    usual = [seconds(lambda e=e: e.events.to_csv(index=False)) for e in exports.values()]
    print("| pandas: events as CSV | " + " | ".join(f"{value:.2f} s" for value in usual) + " |")


def _content(corpus: Corpus) -> Content:
    events = sorted(corpus.events.events.values(), key=lambda event: event.list_order)
    ordered = replace(corpus.events, events={event.event_id: event for event in events})
    whole = replace(corpus, events=ordered)
    datasets = {event.event_id: CURATED for event in events}
    selected = SelectedEvents(whole, corpus.attestations(), datasets, whole)
    return Content(Summary(selected, Query(), date(2026, 11, 23), len(events)))


def _usual(content: Content, basemap: object) -> bytes:
    """What one would plot by hand: a point an event over land and borders."""
    corpus = content.selected.corpus
    places = [corpus.gazetteer.places[row.place_id] for row in corpus.events.places]
    points = pd.DataFrame([(place.lon, place.lat) for place in places], columns=["lon", "lat"])
    figure = Figure(figsize=(11.7, 8.3))
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for name in ("countries", "governorates", "lakes", "rivers"):
        gpd.read_file(f"{basemap}/{name}.geojson").to_crs(32637).plot(ax=axes, facecolor="none")
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(points["lon"], points["lat"]), crs=4326)
    frame.to_crs(32637).plot(ax=axes, markersize=8)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=150)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
