"""Larger sets made by repeating the real events over places and days, seeded."""

import numpy as np
import pandas as pd

from dashboard.model.columns import Tables

_SEED = 20210221


def repeated(tables: Tables, size: int, place_ids: list[str]) -> Tables:
    """`size` events: each a real one, moved to a random place of `place_ids` and a random day.

    The events that the size does not exceed stay as they are.
    """
    real = len(tables.events)
    if size <= real:
        return tables
    random = np.random.default_rng(_SEED)
    source = np.concatenate([np.arange(real), random.integers(0, real, size - real)])
    events = tables.events.iloc[source].reset_index(drop=True)
    copies = np.arange(real, size)
    events.loc[copies, "event_id"] = [f"copy_{number}" for number in copies]
    days = pd.Timestamp("2020-12-01") + pd.to_timedelta(random.integers(0, 90, size - real), "D")
    events.loc[copies, "date_start"] = days
    events.loc[copies, "date_end"] = days
    events.loc[copies, "date_precision"] = "day"
    companions = {
        name: _copied(getattr(tables, name), source)
        for name in ("event_places", "event_actors", "claims", "containment")
    }
    moved = companions["event_places"]
    rows = moved.index[moved["event"] >= real]
    moved.loc[rows, "place_id"] = random.choice(place_ids, len(rows))
    return Tables(events=events, **companions)


def _copied(table: pd.DataFrame, source: np.ndarray) -> pd.DataFrame:
    """The rows of the source events, under the positions of their copies."""
    positions = pd.DataFrame({"event": source, "copy": np.arange(len(source))})
    joined = positions.merge(table, on="event").drop(columns="event")
    return joined.rename(columns={"copy": "event"})[list(table.columns)]
