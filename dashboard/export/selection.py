"""The selection as flat tables for other tools: events, claims, places and articles.

Column names are the same in every language and format, lower snake_case; names come in English and in
Arabic. A row of `places` is a place of an event, with its coordinates by name; `geometry` beside it is
in EPSG:4326, lon before lat.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from shapely.geometry.base import BaseGeometry

from dashboard.datasets.event_map.judged_columns import RELATIONS
from dashboard.datasets.event_map.layouts import best_place
from dashboard.datasets.event_map.row_columns import (
    ACTORS,
    ARTICLES,
    CLAIMS,
    ESTIMATES,
    EVENTS,
    PLACES,
)
from dashboard.datasets.event_map.tables import EventRows, rows_of
from dashboard.export.coarsen import Coarseness, coarsened
from dashboard.model.corpus import Corpus
from dashboard.model.event import EventActor, EventPlace, EventRelation, RelationKind
from dashboard.model.exported_event import EventChildren, ExportedEvent, exported_event
from dashboard.model.selected import SelectedEvents
from dashboard.model.terms import DatasetTerms
from dashboard.model.verification import without_grounds

# Credits that go with every export; sources: data/basemap/SOURCES.md, data/gazetteer/SOURCES.md.
PLACE_CREDITS = (
    "Places: GeoNames (CC BY 4.0), Natural Earth (public domain) and the sources named in each row."
)
CREDITS = (
    f"{PLACE_CREDITS} "
    "Events: read from the articles listed; they are claims of their sources, not facts; what "
    "analysts verified is in the columns of verification."
)
# A relation with the titles of both events.
RELATION_TITLES = ("event_id", "title_en", *RELATIONS[1:], "related_title_en")
# Integer columns that may have missing values.
_WHOLE = frozenset(
    {
        "quote_start",
        "quote_end",
        "uncertainty_m",
        "acled_geo_precision",
        "ucdp_where_prec",
        *("low", "best", "high"),
        *(name for name in EVENTS if name.endswith(("_low", "_best", "_high"))),
    }
)


@dataclass(frozen=True, slots=True)
class Export:
    """The tables of an export; `geometry` has one entry per row of `places`.

    `sources` and `records` have, by event id, the cells of an imported row by column, and the whole
    event as JSON. `about` is written to every file: the selection in words, the credits, and the
    coarseness. `datasets` are the imported datasets of the events.
    """

    events: pd.DataFrame
    claims: pd.DataFrame
    places: pd.DataFrame
    actors: pd.DataFrame
    estimates: pd.DataFrame
    relations: pd.DataFrame
    articles: pd.DataFrame
    geometry: tuple[BaseGeometry, ...]
    sources: Mapping[str, Mapping[str, str]]
    records: Mapping[str, str]
    about: Mapping[str, str]
    datasets: tuple[DatasetTerms, ...] = ()


def events_of(export: Export) -> Iterator[EventRows]:
    """The rows of each event of the export."""
    names = ("places", "actors", "claims", "estimates", "relations")
    children = [by_event(getattr(export, name)) for name in names]
    articles = {row["article_id"]: row for row in records(export.articles)}
    for event in records(export.events):
        key = event["event_id"]
        places, actors, claims, estimates, relations = (rows.get(key, []) for rows in children)
        cited = [articles[name] for name in dict.fromkeys(row["article_id"] for row in claims)]
        source, record = export.sources.get(key, {}), export.records.get(key, "")
        yield EventRows(event, places, actors, claims, estimates, relations, cited, source, record)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries, with `None` for missing values."""
    names = [str(name) for name in frame.columns]
    # Converted by column: to iterate over columns of text takes most of the time of an export.
    missing: Any = None
    columns = [frame[name].to_numpy(dtype=object, na_value=missing).tolist() for name in frame]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def by_event(frame: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of a table by event id; a filter per event would take seconds at 10,000 events."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(frame):
        rows[row["event_id"]].append(row)
    return rows


def best_places(export: Export) -> dict[str, Mapping[str, Any]]:
    """The best known place of each located event, by event id."""
    placed = ((key, best_place(rows)) for key, rows in by_event(export.places).items())
    return {key: place for key, place in placed if place is not None}


def export_of(selected: SelectedEvents, coarseness: Coarseness, about: Mapping[str, str]) -> Export:
    """The tables of the selected events, with places coarsened to `coarseness`."""
    corpus = selected.corpus
    rows = [rows_of(record, corpus.lexicon.kinds) for record in event_records(selected, coarseness)]
    articles = {row["article_id"]: row for event in rows for row in event.articles}
    places = [row for event in rows for row in event.places]
    return Export(
        events=_frame(EVENTS, (event.event for event in rows)),
        claims=_frame(CLAIMS, (row for event in rows for row in event.claims)),
        places=_frame(PLACES, places),
        actors=_frame(ACTORS, (row for event in rows for row in event.actors)),
        estimates=_frame(ESTIMATES, (row for event in rows for row in event.estimates)),
        relations=_related(corpus, (row for event in rows for row in event.relations)),
        articles=_frame(ARTICLES, (articles[key] for key in sorted(articles))),
        geometry=tuple(corpus.gazetteer.places[row["place_id"]].geometry for row in places),
        sources={event.event["event_id"]: event.source for event in rows if event.source},
        records={event.event["event_id"]: event.record for event in rows},
        about={**about, "credits": CREDITS, **_marked(coarseness)},
    )


def _related(corpus: Corpus, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """The relations between exported events, with the titles of both for people."""
    events = corpus.events.events
    return _frame(
        RELATION_TITLES,
        (
            {
                **row,
                "title_en": events[str(row["event_id"])].title_en,
                "related_title_en": events[str(row["related_id"])].title_en,
            }
            for row in rows
        ),
    )


def event_records(selected: SelectedEvents, coarseness: Coarseness) -> Iterator[ExportedEvent]:
    """The record of each selected event.

    Cells of an imported row may say where it happened, and so may grounds and reasons of judgements:
    they are left out of coarsened exports.
    """
    corpus = selected.corpus
    if coarseness is not Coarseness.ORIGINAL:
        corpus = replace(corpus, judgements=without_grounds(corpus.judgements))
    children = _children(selected, coarseness)
    for event in selected.events:
        shared = event
        if coarseness is not Coarseness.ORIGINAL:
            shared = replace(event, source_columns=())
        dataset = selected.datasets[event.event_id]
        yield exported_event(corpus, shared, dataset, children[event.event_id])


def _marked(coarseness: Coarseness) -> dict[str, str]:
    """The entry of `about` that says whether places were coarsened."""
    if coarseness is Coarseness.ORIGINAL:
        return {"coarsened": "no"}
    return {
        "coarsened": f"yes: no place finer than its {coarseness.value}. Quotations, titles and "
        "summaries are as they were, and may name places. Columns of imported rows, the grounds of "
        "judgements, and filters by place, area and words are left out."
    }


def _frame(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(columns))
    return frame.astype({name: "Int64" for name in columns if name in _WHOLE})


def _children(selected: SelectedEvents, coarseness: Coarseness) -> dict[str, EventChildren]:
    """The child rows of each event, in one pass over each table."""
    corpus, ids = selected.corpus, list(selected.positions)
    events, relations = corpus.events, _grouped(ids, _relations(selected))
    claims, actors = _grouped(ids, events.claims), _grouped(ids, events.actors)
    places = _grouped(ids, events.places)
    children = {}
    for event_id in ids:
        rows, moved = coarse_places(corpus, places[event_id], coarseness)
        parts: tuple[EventActor, ...] = tuple(actors[event_id])
        children[event_id] = EventChildren(
            rows, parts, tuple(claims[event_id]), moved, tuple(relations[event_id])
        )
    return children


def _relations(selected: SelectedEvents) -> Iterator[EventRelation]:
    """The links and relations of which both events are selected.

    Those of relations are of one dataset: ids differ between datasets.
    """
    datasets, here = selected.datasets, selected.positions
    for link in selected.corpus.links:
        if link.ids <= here.keys():
            yield EventRelation(link.first.event_id, link.second.event_id, RelationKind.SAME_EVENT)
    for row in selected.corpus.relations:
        both = row.event_id in here and row.related_id in here
        if both and datasets[row.event_id] == datasets[row.related_id]:
            yield row


def _grouped(ids: Iterable[str], rows: Iterable[Any]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {event_id: [] for event_id in ids}
    for row in rows:
        if row.event_id in groups:
            groups[row.event_id].append(row)
    return groups


def coarse_places(
    corpus: Corpus, rows: Iterable[EventPlace], coarseness: Coarseness
) -> tuple[tuple[EventPlace, ...], tuple[tuple[str, str], ...]]:
    """The places of an event at a level, each once per role, and those that were made coarser.

    The words of an article for a place that was made coarser are left out.
    """
    shared: dict[tuple[str, str], EventPlace] = {}
    moved = []
    for row in rows:
        place = coarsened(corpus.gazetteer, row.place_id, coarseness)
        if place is None or (place.place_id, row.role.value) in shared:
            continue
        key = (place.place_id, row.role.value)
        if place.place_id != row.place_id:
            moved.append(key)
            row = replace(row, place_id=place.place_id, surface=None, note=None)  # noqa: PLW2901
        shared[key] = row
    return tuple(shared.values()), tuple(moved)
