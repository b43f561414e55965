"""The map of events in memory, for print, e.g. of the events of a figure."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from dashboard.map.first_view import near_the_middle
from dashboard.map.map_model import NO_SELECTION, MapModel, place_marks
from dashboard.map.marks import circles
from dashboard.map.outlines import movements, outlines
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import day_numbers
from dashboard.model.place import SHARP, Place
from dashboard.model.selected import SelectedEvents
from dashboard.model.sites import place_sites


def map_from_records(selected: SelectedEvents) -> MapModel:
    """The map of events in memory."""
    places = selected.corpus.gazetteer.places
    rows = pd.DataFrame(_place_rows(selected), columns=_COLUMNS)
    marks = place_marks(rows.drop_duplicates(["site", "event_id"]).assign(events=1), rows, places)
    return MapModel(
        marks=marks,
        circles=circles(rows["place_id"].tolist(), marks, places, NO_SELECTION),
        outlines=outlines(rows, places, NO_SELECTION),
        movements=movements(rows, places, NO_SELECTION),
    )


_COLUMNS = (
    "event_id", "place_id", "site", "role", "attestation", "refuted", "dated", "first_day", "last_day"
)  # fmt: skip


def _place_rows(selected: SelectedEvents) -> Iterator[tuple[object, ...]]:
    """One row (`_COLUMNS`) per event and place; countries are left out, as they have no mark."""
    corpus = selected.corpus
    sites = place_sites(corpus.gazetteer.places)
    # Sorted, so that overlapping marks are drawn in the same order each time.
    for row in selected.in_order(corpus.events.places, lambda row: (row.place_id, row.role.value)):
        if not corpus.gazetteer.places[row.place_id].on_map:
            continue
        when = corpus.events.events[row.event_id].when
        yield (
            row.event_id,
            row.place_id,
            sites[row.place_id],
            row.role.value,
            selected.attestation(row.event_id).value,
            selected.refuted(row.event_id),
            not when.undated,
            *day_numbers(when),
        )


def places_in_first_view(corpus: Corpus) -> list[Place]:
    """The places in the first view of all events of the corpus, of those known precisely."""
    places = [corpus.gazetteer.places[row.place_id] for row in corpus.events.places]
    known = [place for place in places if place.precision in SHARP]
    if not known:
        return []
    lat, lon = (np.array([getattr(place, name) for place in known]) for name in ("lat", "lon"))
    near = near_the_middle(lat, lon, np.ones(len(known), dtype=np.int64))
    return [place for place, inside in zip(known, near, strict=True) if inside]
