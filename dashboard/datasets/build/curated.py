"""The curated events as a dataset of the engine, e.g. the seeds and what analysts accepted.

It is written anew when what is held changes; its events are numbered in the order of the list.
"""

from collections.abc import Mapping

import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from dashboard.datasets.build.derive import days
from dashboard.engine.datasets import Datasets
from dashboard.engine.write import DatasetWriter
from dashboard.model.columns import Tables
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import CURATED, OPEN_END, OPEN_START, OWN_SCHEMAS, SCHEMAS
from dashboard.model.grid import tile_units
from dashboard.model.place import SHARP, FeatureClass, Place
from dashboard.model.sites import place_sites


def snapshot(datasets: Datasets, corpus: Corpus, tables: Tables) -> None:
    """Make the curated dataset hold exactly these events; nothing is written if it does already."""
    held = datasets.get(CURATED)
    fresh = datasets.new(CURATED, "Curated events", "workspace") if held is None else held
    writer = DatasetWriter(datasets, msgspec.structs.replace(fresh, next_row=0))
    writer.reserve(len(tables.events))
    writer.add(engine_tables(corpus, tables), 0)
    writer.finish(replace=True)


def engine_tables(corpus: Corpus, tables: Tables) -> dict[str, pa.Table]:
    """The corpus in the columns of the engine."""
    frames = {
        "events": _events(tables.events),
        "event_places": _event_places(corpus.gazetteer.places, tables),
        "event_actors": _first(tables.event_actors, "actor", "role"),
        "claims": _first(tables.claims, "outlet", "speaker"),
        "containment": tables.containment,
        "places": _places(corpus.gazetteer.places),
    }
    return {
        name: pa.Table.from_pandas(
            frame[OWN_SCHEMAS[name].names], schema=OWN_SCHEMAS[name], preserve_index=False
        )
        for name, frame in frames.items()
    }


def _events(events: pd.DataFrame) -> pd.DataFrame:
    start, end = (pd.to_datetime(events[column]) for column in ("date_start", "date_end"))
    return events.assign(
        event=np.arange(len(events), dtype=np.int64),
        dated=(start.notna() | end.notna()).to_numpy(),
        first_day=days(start, OPEN_START),
        last_day=days(end, OPEN_END),
        date_start=start.dt.date,
        date_end=end.dt.date,
        notes="",
        url="",
        row_hash=0,
    )


def _first(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The rows with a mark at an event's first row of each value."""
    marks = {
        f"first_{column}": ~rows.duplicated(["event", column]) & rows[column].notna()
        for column in columns
    }
    return rows.assign(**marks)


def _event_places(places: Mapping[str, Place], tables: Tables) -> pd.DataFrame:
    rows = tables.event_places
    records = [places[place_id] for place_id in rows["place_id"]]
    lat = np.array([place.lat for place in records], dtype=float)
    lon = np.array([place.lon for place in records], dtype=float)
    x, y = tile_units(lat, lon)
    found = rows.assign(
        site=rows["place_id"].map(place_sites(places)),
        sharp=np.array([place.precision in SHARP for place in records], dtype=bool),
        lat=lat,
        lon=lon,
        x=x,
        y=y,
        geometry=shapely.to_wkb(shapely.points(lon, lat)) if len(lon) else [],
    )
    # A country is never marked.
    marked = np.array(
        [place.feature_class is not FeatureClass.COUNTRY for place in records], dtype=bool
    )
    return found.assign(
        first_site=~found.duplicated(["event", "site"]) & marked,
        first_place=~found.duplicated(["event", "place_id"]),
    )


def _places(places: Mapping[str, Place]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (
                place.place_id,
                place.name_en,
                place.name_ar,
                place.feature_class.value,
                place.within[0] if place.within else "",
                place.lat,
                place.lon,
                place.uncertainty_m,
                place.precision.value,
                place.sources,
            )
            for place in places.values()
        ],
        columns=SCHEMAS["places"].names,
    )
