"""Some events of the engine as records, e.g. one with its claims.

Curated events come as the corpus has them. One of a dataset is made of its row: each outlet that the
row names makes a claim, whose words are the row's own notes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ibis.expr.types as ir
import pandas as pd
import shapely

from dashboard.engine.datasets import Dataset
from dashboard.engine.engine import Engine
from dashboard.engine.rows import all_tables, rows_of
from dashboard.model.actor import Actor
from dashboard.model.article import CODER, Article, Outlet, Speaker
from dashboard.model.columns import Tables
from dashboard.model.corpus import Corpus, Events
from dashboard.model.event import (
    ActorRole,
    Claim,
    Event,
    EventActor,
    EventPlace,
    PlaceRole,
    Stance,
)
from dashboard.model.event_tables import CURATED
from dashboard.model.place import FeatureClass, Place, PlacePrecision
from dashboard.model.when import DatePrecision, When
from dashboard.query.tables import EngineTables

# What stands for an outlet, party or speaker of whom only the name is known.
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Slice:
    """Some events: their tables, and a corpus that holds their records and no others."""

    corpus: Corpus
    tables: Tables


def read_slice(
    engine: Engine, corpus: Corpus, datasets: Mapping[str, Dataset], found: pd.DataFrame
) -> Slice:
    """The events found (columns `event`, `first_day`) with all that hangs on them."""
    tables = all_tables(engine, found)
    notes = rows_of(engine, "events", found, ("event_id", "notes", "url"))
    return Slice(_corpus(engine, corpus, datasets, tables, notes), tables)


def places_of(engine: Engine, ids: Sequence[str]) -> dict[str, Place]:
    """The places of these ids as the engine knows them."""
    found = engine.ask(_places_by_id, tuple(ids))
    return {str(row["place_id"]): _place(row) for row in _records(found)}


def _places_by_id(tables: EngineTables, ids: Collection[str]) -> ir.Table:
    return tables.places.filter(tables.places.place_id.isin(list(ids)))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    known = frame.astype(object).where(frame.notna(), None)
    return [
        {str(key): value for key, value in row.items()} for row in known.to_dict(orient="records")
    ]


def _corpus(
    engine: Engine,
    corpus: Corpus,
    datasets: Mapping[str, Dataset],
    tables: Tables,
    notes: pd.DataFrame,
) -> Corpus:
    """The records behind the tables."""
    events = _records(tables.events)
    imported = [at for at, event in enumerate(events) if event["dataset"] != CURATED]
    curated = {event["event_id"] for event in events if event["dataset"] == CURATED}
    kept = _curated(corpus.events, curated)
    if not imported:
        return replace(corpus, events=kept)
    told = {row["event_id"]: row for row in _records(notes)}
    made = _Made(engine, corpus, datasets, events, told)
    made.add(tables, frozenset(imported))
    return made.with_curated(kept)


def _curated(held: Events, ids: set[str]) -> Events:
    return Events(
        {key: event for key, event in held.events.items() if key in ids},
        tuple(row for row in held.places if row.event_id in ids),
        tuple(row for row in held.actors if row.event_id in ids),
        tuple(row for row in held.claims if row.event_id in ids),
    )


class _Made:
    """Records made of the rows of datasets."""

    def __init__(
        self,
        engine: Engine,
        corpus: Corpus,
        datasets: Mapping[str, Dataset],
        events: Sequence[Mapping[str, Any]],
        told: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self._engine, self._corpus, self._datasets = engine, corpus, datasets
        self._rows, self._told = events, told
        self._events: dict[str, Event] = {}
        self._places: list[EventPlace] = []
        self._actors: list[EventActor] = []
        self._claims: list[Claim] = []
        self._articles: dict[str, Article] = {}
        self._lexicon_actors = dict(corpus.lexicon.actors)
        self._outlets = dict(corpus.lexicon.outlets)
        self._speakers = dict(corpus.lexicon.speakers)
        self._gazetteer = dict(corpus.gazetteer.places)

    def add(self, tables: Tables, positions: frozenset[int]) -> None:
        """Make the records of the events at these positions."""
        for at in positions:
            self._event(self._rows[at])
        ids = set(tables.event_places["place_id"]) | set(tables.containment["place"])
        missing = [key for key in ids if key not in self._gazetteer]
        self._gazetteer |= places_of(self._engine, missing) if missing else {}
        for row in _of(tables.event_places, positions):
            self._place(row)
        for row in _of(tables.event_actors, positions):
            self._actor(row)
        for row in _of(tables.claims, positions):
            self._claim(row)

    def with_curated(self, kept: Events) -> Corpus:
        """The curated events with these."""
        corpus = self._corpus
        lexicon = replace(
            corpus.lexicon,
            actors=self._lexicon_actors,
            outlets=self._outlets,
            speakers=self._speakers,
        )
        return replace(
            corpus,
            gazetteer=replace(corpus.gazetteer, places=self._gazetteer),
            lexicon=lexicon,
            articles={**corpus.articles, **self._articles},
            events=Events(
                {**kept.events, **self._events},
                (*kept.places, *self._places),
                (*kept.actors, *self._actors),
                (*kept.claims, *self._claims),
            ),
        )

    def _event(self, row: Mapping[str, Any]) -> None:
        start, end = (None if row[name] is None else row[name].date() for name in _DATES)
        precision = row["date_precision"]
        self._events[row["event_id"]] = Event(
            event_id=row["event_id"],
            kind=row["kind"],
            title_en=row["title_en"],
            title_ar=row["title_ar"],
            when=When(start, end, DatePrecision(precision) if precision else None),
            date_reason=f"as dated in {self._name(row['dataset'])}",
            summary_en="",
        )

    def _name(self, dataset_id: str) -> str:
        card = self._datasets.get(dataset_id)
        return card.name if card else dataset_id

    def _place(self, row: Mapping[str, Any]) -> None:
        event_id = self._rows[row["event"]]["event_id"]
        role = PlaceRole(row["role"])
        self._places.append(EventPlace(event_id, row["place_id"], role, None, None, None))

    def _actor(self, row: Mapping[str, Any]) -> None:
        event = self._rows[row["event"]]
        name, source = row["actor"], self._name(event["dataset"])
        self._lexicon_actors.setdefault(name, Actor(name, name, "", _UNKNOWN, None, None, source))
        self._actors.append(EventActor(event["event_id"], name, ActorRole(row["role"]), None))

    def _claim(self, row: Mapping[str, Any]) -> None:
        event = self._rows[row["event"]]
        told = self._told[event["event_id"]]
        words = told["notes"] or event["title_en"]
        source = self._name(event["dataset"])
        self._outlets.setdefault(
            row["outlet"], Outlet(row["outlet"], row["outlet"], "", _UNKNOWN, source)
        )
        self._articles[row["article_id"]] = Article(
            article_id=row["article_id"],
            file=f"{source}: {event['event_id']}",
            sha256="",
            outlet_id=row["outlet"],
            headline=event["title_en"],
            lang="",
            published=None,
            published_earliest=None,
            published_latest=None,
            published_reason="",
            text=words,
            url=told["url"] or None,
        )
        self._claims.append(
            Claim(
                claim_id=row["claim_id"],
                event_id=event["event_id"],
                article_id=row["article_id"],
                via_id=None,
                speaker_id=self._coder(event["dataset"]),
                stance=Stance(row["stance"]),
                start=0,
                end=len(words),
                quote=words,
                gloss_en="",
                figure_value=None,
                figure_unit=None,
                note=None,
            )
        )

    def _coder(self, dataset_id: str) -> str | None:
        """Who is behind every claim of the dataset, as a speaker; `None` where each outlet is."""
        card = self._datasets.get(dataset_id)
        if card is None or card.origin is None:
            return None
        self._speakers.setdefault(
            card.origin,
            Speaker(card.origin, card.origin, "", CODER, None, None, card.name),
        )
        return card.origin


_DATES = ("date_start", "date_end")


def _of(frame: pd.DataFrame, positions: frozenset[int]) -> list[dict[str, Any]]:
    return [row for row in _records(frame) if row["event"] in positions]


def _place(row: Mapping[str, Any]) -> Place:
    lat, lon = row["lat"], row["lon"]
    return Place(
        place_id=row["place_id"],
        name_en=row["name_en"],
        name_ar=row["name_ar"] or "",
        feature_class=FeatureClass(row["feature_class"]),
        within=(row["within"],) if row["within"] else (),
        geometry=shapely.Point() if lat is None else shapely.Point(lon, lat),
        lat=0.0 if lat is None else lat,
        lon=0.0 if lon is None else lon,
        uncertainty_m=int(row["uncertainty_m"]),
        precision=PlacePrecision(row["precision"] or PlacePrecision.REGION),
        sources=row["source"],
        doubt=None,
        tier=2,
    )
