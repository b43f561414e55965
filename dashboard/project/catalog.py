"""The shown datasets with their engine, and facts about them that are computed once."""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd
from shapely.geometry.base import BaseGeometry

from dashboard.datasets.formats.terms import terms_of
from dashboard.engine.datasets import Dataset
from dashboard.engine.engine import Engine
from dashboard.engine.library import OpenDatasets
from dashboard.engine.load import EventLoader
from dashboard.engine.places import Places
from dashboard.engine.verified import ImportedVerifications
from dashboard.engine.vocabulary import count_all, known_to
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import CURATED, day_number
from dashboard.model.listed_places import checked_places
from dashboard.model.place import Place
from dashboard.model.selected import SelectedEvents
from dashboard.model.sites import place_sites
from dashboard.model.terms import DatasetTerms
from dashboard.project.all_names import all_names, place_names
from dashboard.project.cache import LruCache
from dashboard.query import map_counts
from dashboard.query.answers import extent_from_engine, totals_from_engine
from dashboard.query.counts import Totals
from dashboard.query.histogram import Extent
from dashboard.query.name_search import NameSearch
from dashboard.query.names import Names
from dashboard.query.query import Query

# Entries of the caches: recent answers of the engine (totals, counts of filters, timelines, lists, each
# some 10 kB) and recent maps (each about 100 kB).
_ANSWERS, _MAPS = 256, 64
# Parts of the map for which it is known whether they have few places.
_BOXES = 1_000


@dataclass(frozen=True)
class Catalog:
    """An engine, and the number, days and names of its events.

    `version` identifies the data, e.g. for the map in the browser. `curated` is the corpus of the
    curated events; `unreviewed` says whether unreviewed events may be shown, `events` how many may be
    shown in all. `vocabulary` has the values that are valid in a link, by query field, and the outlines
    by place. `verified` are the verifications of imported events. `answers`, `maps`, `boxes` are caches
    shared by all sessions.
    """

    version: str
    engine: Engine
    datasets: Mapping[str, Dataset]
    curated: Corpus
    unreviewed: bool
    events: int
    all_reviewed: bool
    extent: Extent
    places: Places
    names: Names
    vocabulary: Mapping[str, Container[str]]
    verified: ImportedVerifications
    answers: LruCache[Any] = field(default_factory=lambda: LruCache(_ANSWERS))
    maps: LruCache[Any] = field(default_factory=lambda: LruCache(_MAPS))
    boxes: LruCache[bool] = field(default_factory=lambda: LruCache(_BOXES))

    @cached_property
    def curated_ids(self) -> Mapping[int, str]:
        """The ids of the curated events by their numbers in the engine."""
        return dict(self.engine.ask(map_counts.curated_ids).itertuples(index=False))

    @cached_property
    def sites(self) -> Mapping[str, str]:
        """Site ids of the curated places by place id; a place of a dataset is its own site."""
        return place_sites(self.places.curated)

    @cached_property
    def without_events(self) -> frozenset[str]:
        """The ids of the curated places at which no event is."""
        return frozenset(
            self.places.curated.keys() - {row.place_id for row in self.curated.events.places}
        )

    @cached_property
    def outlined(self) -> tuple[str, ...]:
        """The ids of the curated places that are lines or areas; places of added lists are points."""
        places = checked_places(self.places.curated)
        return tuple(key for key, place in places.items() if place.has_outline)

    @cached_property
    def name_search(self) -> NameSearch:
        """The search for values of filters that events have, by any of their names."""
        return NameSearch(all_names(self.curated, self.vocabulary))

    @cached_property
    def place_search(self) -> NameSearch:
        """The search for all places of the gazetteer, by any of their names."""
        return NameSearch(place_names(self.curated))

    def effective(self, query: Query) -> Query:
        """The query with `unreviewed` set if all events are reviewed, as it then filters nothing."""
        return replace(query, unreviewed=query.unreviewed or self.all_reviewed)

    def only_filters(self, query: Query) -> Query:
        """The fields of the query that decide which events match; the others have their defaults."""
        return replace(query.without_selection(), unreviewed=self.effective(query).unreviewed)

    def only_selection(self, query: Query) -> Query:
        """The filters and the selected places, which decide which events are listed."""
        return replace(self.only_filters(query), place_ids=query.place_ids)

    def totals(self, query: Query) -> tuple[Totals, pd.DataFrame]:
        """The totals of the listed events, and the counts from which they are summed."""
        listed = self.only_selection(query)
        totals: tuple[Totals, pd.DataFrame] = self.answers.get(
            ("totals", listed), lambda: totals_from_engine(self.engine, listed, self.events)
        )
        return totals

    def terms(self, dataset_ids: Collection[str]) -> tuple[DatasetTerms, ...]:
        """The terms of those of these datasets that were imported, in the order of all datasets."""
        return tuple(
            terms_of(card)
            for dataset_id, card in self.datasets.items()
            if dataset_id in dataset_ids and dataset_id != CURATED
        )

    @property
    def loader(self) -> EventLoader:
        """The loader of events as records."""
        return EventLoader(
            self.engine, self.curated, self.datasets, self.places, self.verified.judgements
        )

    def select(self, query: Query) -> SelectedEvents | None:
        """The listed events as records; `None` if they are too many."""
        return self.loader.load_selection(self.effective(query))


def _outlines(places: Mapping[str, Place]) -> Mapping[str, BaseGeometry]:
    """The areas among the outlines of the gazetteer, by the id of their place."""
    return {
        key: place.geometry
        for key, place in checked_places(places).items()
        if place.geometry.geom_type in {"Polygon", "MultiPolygon"}
    }


def catalog_of(opened: OpenDatasets, corpus: Corpus, version: str, *, unreviewed: bool) -> Catalog:
    """Query the engine for counts, days and values; with `unreviewed`, all events may be shown."""
    engine = opened.engine
    reviewed, total = (count_all(engine, unreviewed=every) for every in (False, True))
    places = Places(corpus.gazetteer.places, engine)
    today = day_number(datetime.now().astimezone().date())
    names = {dataset_id: card.name for dataset_id, card in opened.datasets.items()}
    return Catalog(
        version=version,
        engine=engine,
        datasets=opened.datasets,
        curated=corpus,
        unreviewed=unreviewed,
        events=total if unreviewed else reviewed,
        all_reviewed=reviewed == total,
        extent=extent_from_engine(engine, today, unreviewed=unreviewed),
        places=places,
        names=Names(corpus.lexicon, places, names, corpus.gazetteer),
        vocabulary={
            **known_to(engine, unreviewed=unreviewed),
            "outlines": _outlines(corpus.gazetteer.places),
        },
        verified=opened.verified or ImportedVerifications(),
    )
