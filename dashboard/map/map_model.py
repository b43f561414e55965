"""What a map shows of some events, whoever draws it; and that of events in memory, for print."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.map.first_view import near_the_middle
from dashboard.map.marks import Chosen, Circle, Mark, circles, place_mark
from dashboard.map.outlines import Movement, Outline, movements, outlines
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import day_numbers
from dashboard.model.place import SHARP, Place
from dashboard.model.selected import SelectedEvents
from dashboard.model.sites import place_sites

NOTHING_CHOSEN = Chosen()


@dataclass(frozen=True, slots=True)
class MapModel:
    """Marks, the largest first, and what lies under and between them."""

    marks: tuple[Mark, ...]
    circles: tuple[Circle, ...]
    outlines: tuple[Outline, ...]
    movements: tuple[Movement, ...]


def map_of(selected: SelectedEvents) -> MapModel:
    """The map of events in memory."""
    places = selected.corpus.gazetteer.places
    rows = pd.DataFrame(_place_rows(selected), columns=_COLUMNS)
    marks = place_marks(rows.drop_duplicates(["site", "event_id"]).assign(events=1), rows, places)
    return MapModel(
        marks=marks,
        circles=circles(rows["place_id"].tolist(), marks, places, NOTHING_CHOSEN),
        outlines=outlines(rows, places, NOTHING_CHOSEN),
        movements=movements(rows, places, NOTHING_CHOSEN),
    )


_COLUMNS = (
    "event_id", "place_id", "site", "role", "attestation", "dated", "first_day", "last_day"
)  # fmt: skip


def _place_rows(selected: SelectedEvents) -> Iterator[tuple[object, ...]]:
    """A row for each place of each event, countries left out: they are no places on a map."""
    corpus = selected.corpus
    sites = place_sites(corpus.gazetteer.places)
    # What is drawn first lies beneath.
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
            not when.undated,
            *day_numbers(when),
        )


def place_marks(
    counts: pd.DataFrame,
    rows: pd.DataFrame,
    places: Mapping[str, Place],
    chosen: Chosen = NOTHING_CHOSEN,
) -> tuple[Mark, ...]:
    """A mark a site, those with most events first.

    `counts` has the columns site and events; `rows` names the places with events: site, place_id.
    """
    totals = counts.groupby("site")["events"].sum().sort_values(ascending=False)
    members = rows.groupby("site")["place_id"].unique()
    return tuple(place_mark(str(site), members.loc[site], places, chosen) for site in totals.index)


def places_in_first_view(corpus: Corpus) -> list[Place]:
    """What the first view of all events of the corpus has to hold, of its well known places."""
    places = [corpus.gazetteer.places[row.place_id] for row in corpus.events.places]
    known = [place for place in places if place.precision in SHARP]
    if not known:
        return []
    lat, lon = (np.array([getattr(place, name) for place in known]) for name in ("lat", "lon"))
    near = near_the_middle(lat, lon, np.ones(len(known), dtype=np.int64))
    return [place for place, inside in zip(known, near, strict=True) if inside]
