"""The selection as flat tables for other tools: events, claims, places and articles.

Column names are the same in every language and format, lower snake_case; names come in English and in
Arabic. A row of `places` is a place of an event, with its coordinates by name; `geometry` beside it is
in EPSG:4326, lon before lat.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from shapely.geometry.base import BaseGeometry

from dashboard.export.coarsen import Coarseness, coarsened
from dashboard.export.rows import (
    ACTORS,
    ARTICLES,
    CLAIMS,
    EVENTS,
    PLACES,
    ChildRows,
    actor_row,
    article_row,
    claim_row,
    event_row,
    place_row,
)
from dashboard.model.corpus import Corpus
from dashboard.model.event import EventPlace
from dashboard.model.place import Place
from dashboard.model.selected import SelectedEvents
from dashboard.model.terms import DatasetTerms

# Credits that go with every export; sources: data/basemap/SOURCES.md, data/gazetteer/SOURCES.md.
PLACE_CREDITS = (
    "Places: GeoNames (CC BY 4.0), Natural Earth (public domain) and the sources named in each row."
)
CREDITS = (
    f"{PLACE_CREDITS} "
    "Events: read from the articles listed; they are claims of their sources, not verified facts."
)
# Integer columns that may have missing values.
_WHOLE = frozenset(
    {"quote_start", "quote_end", "uncertainty_m", "acled_geo_precision", "ucdp_where_prec"}
)


@dataclass(frozen=True, slots=True)
class Export:
    """The tables of an export; `geometry` has one entry per row of `places`.

    `about` is written to every file: the selection in words, the credits, and the coarseness.
    `datasets` are the imported datasets of the events.
    """

    events: pd.DataFrame
    claims: pd.DataFrame
    places: pd.DataFrame
    actors: pd.DataFrame
    articles: pd.DataFrame
    geometry: tuple[BaseGeometry, ...]
    about: Mapping[str, str]
    datasets: tuple[DatasetTerms, ...] = ()


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries, with `None` for missing values."""
    values = frame.astype(object).where(frame.notna(), None)
    return [
        dict(zip(map(str, values.columns), row, strict=True))
        for row in values.itertuples(index=False, name=None)
    ]


def by_event(frame: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of a table by event id; a filter per event would take seconds at 10,000 events."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(frame):
        rows[row["event_id"]].append(row)
    return rows


def export_of(selected: SelectedEvents, coarseness: Coarseness, about: Mapping[str, str]) -> Export:
    """The tables of the selected events, with places coarsened to `coarseness`."""
    corpus = selected.corpus
    ids = list(selected.positions)
    children = _child_rows(corpus, ids, coarseness)
    events = corpus.events.events
    claims = [claim for event_id in ids for claim in children[event_id].claims]
    placed = [(event_id, *placing) for event_id in ids for placing in children[event_id].places]
    articles = sorted({claim.article_id for claim in claims})
    return Export(
        events=_frame(
            EVENTS,
            (
                event_row(
                    corpus,
                    events[key],
                    selected.datasets[key],
                    selected.attestation(key).value,
                    children[key],
                )
                for key in ids
            ),
        ),
        claims=_frame(CLAIMS, (claim_row(corpus, claim) for claim in claims)),
        places=_frame(PLACES, (place_row(corpus.gazetteer, *item) for item in placed)),
        actors=_frame(
            ACTORS, (actor_row(corpus, row) for key in ids for row in children[key].actors)
        ),
        articles=_frame(ARTICLES, (article_row(corpus, corpus.articles[key]) for key in articles)),
        geometry=tuple(place.geometry for _id, place, _role, _moved in placed),
        about={**about, "credits": CREDITS, **_marked(coarseness)},
    )


def _marked(coarseness: Coarseness) -> dict[str, str]:
    """The entry of `about` that says whether places were coarsened."""
    if coarseness is Coarseness.ORIGINAL:
        return {"coarsened": "no"}
    return {
        "coarsened": f"yes: no place finer than its {coarseness.value}. Quotations, titles and "
        "summaries are as they were, and may name places."
    }


def _frame(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(columns))
    return frame.astype({name: "Int64" for name in columns if name in _WHOLE})


def _child_rows(corpus: Corpus, ids: Iterable[str], coarseness: Coarseness) -> dict[str, ChildRows]:
    """The child rows of each event, in one pass over each table."""
    children = {event_id: ChildRows([], [], []) for event_id in ids}
    for claim in corpus.events.claims:
        if claim.event_id in children:
            children[claim.event_id].claims.append(claim)
    for actor in corpus.events.actors:
        if actor.event_id in children:
            children[actor.event_id].actors.append(actor)
    for row in corpus.events.places:
        place = coarsened(corpus.gazetteer, row.place_id, coarseness)
        if row.event_id in children and place:
            _place_once(children[row.event_id], place, row)
    return children


def _place_once(children: ChildRows, place: Place, row: EventPlace) -> None:
    """Add a place unless it is there in this role: two places may be coarsened to the same one."""
    role = row.role.value
    if not any(other is place and its == role for other, its, _moved in children.places):
        children.places.append((place, role, place.place_id != row.place_id))
