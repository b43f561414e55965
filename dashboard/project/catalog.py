"""The datasets that are shown, with their engine and what is asked of it once."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from dashboard.engine.datasets import Dataset
from dashboard.engine.engine import Engine
from dashboard.engine.library import OpenDatasets
from dashboard.engine.load import EventLoader
from dashboard.engine.places import Places
from dashboard.engine.vocabulary import count_all, known_to
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import day_number
from dashboard.model.selected import SelectedEvents
from dashboard.model.sites import place_sites
from dashboard.project.cache import LruCache
from dashboard.query import cells
from dashboard.query.answers import extent_of
from dashboard.query.histogram import Extent
from dashboard.query.names import Names
from dashboard.query.query import Query

# Answers of the engine for what was asked lately: totals, counts of filters, timelines, lists; each has
# some 10 kB. Maps of parts of the ground that were looked at lately have about 100 kB.
_ANSWERS, _MAPS = 256, 64
# Parts of the ground of which it is known whether the places there are few.
_BOXES = 1_000


@dataclass(frozen=True)
class Catalog:
    """An engine, how many events it answers for, their days and their names.

    `curated` is the corpus whose events are the curated ones; with `unreviewed`, events that nobody has
    reviewed may be shown. `events` counts those that may be shown; `vocabulary` has the values that a
    link may name. `answers`, `maps` and `boxes` are caches that all sessions share.
    """

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
    answers: LruCache[Any] = field(default_factory=lambda: LruCache(_ANSWERS))
    maps: LruCache[Any] = field(default_factory=lambda: LruCache(_MAPS))
    boxes: LruCache[bool] = field(default_factory=lambda: LruCache(_BOXES))

    @cached_property
    def curated_ids(self) -> Mapping[int, str]:
        """The ids of the curated events by their numbers in the engine."""
        return dict(self.engine.ask(cells.curated_ids).itertuples(index=False))

    @cached_property
    def sites(self) -> Mapping[str, str]:
        """The sites of the curated places; a place of a dataset is a site of its own."""
        return place_sites(self.places.curated)

    @cached_property
    def outlined(self) -> tuple[str, ...]:
        """The ids of the curated places that are more than a point."""
        return tuple(key for key, place in self.places.curated.items() if place.has_outline)

    def effective(self, query: Query) -> Query:
        """The query without a filter that would leave out nothing."""
        return replace(query, unreviewed=query.unreviewed or self.all_reviewed)

    def filters(self, query: Query) -> Query:
        """The part of the query that decides which events are left, however they are looked at."""
        return replace(query.without_selection(), unreviewed=self.effective(query).unreviewed)

    @property
    def loader(self) -> EventLoader:
        """What loads events as records."""
        return EventLoader(self.engine, self.curated, self.datasets, self.places)

    def select(self, query: Query) -> SelectedEvents | None:
        """The events that the query leaves, as records; `None` if they are too many."""
        return self.loader.load_selection(self.effective(query))


def catalog_of(opened: OpenDatasets, corpus: Corpus, *, unreviewed: bool) -> Catalog:
    """Ask the engine what is asked of it once; with `unreviewed`, all events may be shown."""
    engine = opened.engine
    reviewed, total = (count_all(engine, unreviewed=every) for every in (False, True))
    places = Places(corpus.gazetteer.places, engine)
    today = day_number(datetime.now().astimezone().date())
    names = {dataset_id: card.name for dataset_id, card in opened.datasets.items()}
    return Catalog(
        engine=engine,
        datasets=opened.datasets,
        curated=corpus,
        unreviewed=unreviewed,
        events=total if unreviewed else reviewed,
        all_reviewed=reviewed == total,
        extent=extent_of(engine, today, unreviewed=unreviewed),
        places=places,
        names=Names(corpus.lexicon, places, names),
        vocabulary=known_to(engine, unreviewed=unreviewed),
    )
