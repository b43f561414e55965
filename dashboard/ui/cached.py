"""What is loaded once for all sessions: workspace, corpus, tables; articles are read when asked for."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import streamlit as st

from dashboard.engine.datasets import Dataset
from dashboard.engine.engine import Engine, EngineError
from dashboard.engine.library import Held, Library, Version, content_key, files_version
from dashboard.engine.slices import places_of
from dashboard.engine.vocabulary import count_all, known_to
from dashboard.extraction.reader import Reading
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.map.map_layer import Bounds, MapLayer, first_bounds, outlined
from dashboard.model.columns import Tables
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DataError, Fault
from dashboard.model.event_tables import day_number
from dashboard.model.place import Place
from dashboard.query.answers import extent_of
from dashboard.query.cells import curated_ids, well_placed
from dashboard.query.histogram import Extent
from dashboard.query.names import Names
from dashboard.query.query import Query
from dashboard.query.select import EventIndex, index_events
from dashboard.review.alike import HeldEvents
from dashboard.review.pending import with_pending
from dashboard.review.rereading import corrections_of, reader_of
from dashboard.settings import Settings
from dashboard.store.corpus import load_corpus
from dashboard.store.merge import with_workspace
from dashboard.store.tables import build_tables
from dashboard.store.workspace import Workspace

# Places of datasets kept by name; looking them up again takes some milliseconds.
_PLACES_KEPT = 20_000
# Map layers kept for parts of the map looked at lately, about 100 kB each.
_LAYERS = 64
# Totals, filters' counts, timelines and lists kept for what was asked lately; some 10 kB each.
_ANSWERS = 256
# Parts of the map of which it is kept whether their places are few.
_BOXES = 1_000
# Readings kept for articles looked at lately; a reading takes some milliseconds to make again.
_READINGS = 200

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The corpus with all that is computed from it once.

    `files` stands for the files it was read from; `pending` leads from the id of an unreviewed event
    to that of its suggestion.
    """

    files: str

    workspace: Workspace
    corpus: Corpus
    index: EventIndex
    readings: "Readings"
    held: HeldEvents
    pending: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Live:
    """The engine with what is asked of it once: how many events, which days, which names.

    `sparse` tells of a part of the map whether the places there are few, whatever the query;
    `curated_ids` has the ids of the curated events by number, `outlined` those of places that are more
    than a point.
    """

    engine: Engine
    datasets: Mapping[str, Dataset]
    version: Version
    everything: int
    all_reviewed: bool
    extent: Extent
    bounds: Bounds
    names: Names
    places: "PlaceNames"
    corpus: Corpus
    layers: "Kept[MapLayer]"
    answers: "Kept[Any]"
    sparse: "Kept[bool]"
    curated_ids: Mapping[int, str]
    outlined: tuple[str, ...]
    vocabulary: Mapping[str, Container[str]]

    def effective(self, query: Query) -> Query:
        """The query without a filter that would leave out nothing."""
        return replace(query, unreviewed=query.unreviewed or self.all_reviewed)

    def filters(self, query: Query) -> Query:
        """The part of the query that decides which events are left, the same however it is looked at."""
        return replace(query.without_selection(), unreviewed=self.effective(query).unreviewed)


class PlaceNames(Mapping[str, Place]):
    """Places by id: those of the gazetteer, and those of datasets as they are asked for."""

    def __init__(self, curated: Mapping[str, Place], engine: Engine) -> None:
        self.curated = curated
        self._engine = engine
        self._found: dict[str, Place] = {}

    def fetch(self, ids: Iterable[str]) -> None:
        """Look several up at once."""
        missing = [key for key in ids if key not in self.curated and key not in self._found]
        if not missing:
            return
        if len(self._found) > _PLACES_KEPT:
            self._found.clear()
        self._found.update(places_of(self._engine, missing))

    def __getitem__(self, place_id: str) -> Place:
        # Another session may have all forgotten between fetching and reading.
        place = self.curated.get(place_id) or self._found.get(place_id)
        if place is None:
            place = self._found[place_id] = places_of(self._engine, [place_id])[place_id]
        return place

    def __iter__(self) -> Iterator[str]:
        return iter({**self.curated, **self._found})

    def __len__(self) -> int:
        return len({**self.curated, **self._found})


class Kept(Generic[T]):
    """Answers by question, the least recently used forgotten beyond `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer kept, or one made now; of sessions that ask at once, one makes it for all."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            try:
                return self._held_or(key, make)
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _held_or(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


class Readings(Mapping[str, tuple[PlaceMention, ...]]):
    """The articles read, with what analysts corrected; as a mapping, the place mentions of each."""

    def __init__(self, corpus: Corpus, workspace: Workspace) -> None:
        self._corpus = corpus
        self._workspace = workspace
        self._reader = reader_of(corpus)
        self._kept: dict[str, Reading] = {}

    def reading(self, article_id: str) -> Reading:
        """The article, read and corrected."""
        if article_id not in self._kept:
            article = self._corpus.articles[article_id]
            day = article.published.date() if article.published else None
            corrections = corrections_of(self._workspace, article_id)
            while len(self._kept) >= _READINGS:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[article_id] = self._reader.read(article.text, day, corrections)
        return self._kept[article_id]

    def __getitem__(self, article_id: str) -> tuple[PlaceMention, ...]:
        return self.reading(article_id).places

    def __iter__(self) -> Iterator[str]:
        return iter(self._corpus.articles)

    def __len__(self) -> int:
        return len(self._corpus.articles)


def load(settings: Settings, *, unreviewed: bool = False) -> Loaded:
    """The data of `settings`, read again only when a file or the workspace has changed.

    With `unreviewed`, suggestions that nobody has reviewed are among the events. Raises DataError if
    nothing can be shown.
    """
    folders = (settings.seeds, settings.gazetteer, settings.lexicon, settings.places)
    workspace = _workspace(settings.workspace, settings.backups)
    workspace.daily.start()
    kept = f"{workspace.path} {workspace.version()}"
    return _load(files_version(folders), kept, unreviewed, folders, workspace)


def live(settings: Settings, loaded: Loaded, *, unreviewed: bool) -> Live:
    """The engine over the curated events of `loaded` and all datasets that are switched on.

    Raises DataError if there is no such engine, or if it cannot be reached.
    """
    library = _library(settings.datasets, settings.engine)
    key = content_key(loaded.files, settings.workspace, loaded.workspace.version())

    def everything() -> tuple[Corpus, Tables]:
        full = loaded if unreviewed else load(settings, unreviewed=True)
        return full.corpus, full.index.tables

    library.curate(key, everything)
    try:
        held = library.open()
    except EngineError as error:
        expected = "the URL of an engine that answers"
        fault = Fault("EVENT_MAP_ENGINE", 0, "", expected, str(error))
        raise DataError((fault,)) from error
    return _live(held.version, unreviewed, key, held, loaded.corpus)


def library(settings: Settings) -> Library:
    """The datasets and the engine that all sessions share."""
    return _library(settings.datasets, settings.engine)


@st.cache_resource(max_entries=4, show_spinner=False)
def _library(folder: Path, url: str) -> Library:
    return Library(folder, url)


@st.cache_resource(max_entries=4, show_spinner=False)
def _live(
    version: Version,
    unreviewed: bool,  # noqa: FBT001
    key: str,  # noqa: ARG001
    _held: Held,
    _corpus: Corpus,
) -> Live:
    engine = _held.engine
    reviewed, total = (count_all(engine, unreviewed=every) for every in (False, True))
    places = PlaceNames(_corpus.gazetteer.places, engine)
    today = day_number(datetime.now().astimezone().date())
    return Live(
        engine=engine,
        datasets=_held.datasets,
        version=version,
        everything=total if unreviewed else reviewed,
        all_reviewed=reviewed == total,
        extent=extent_of(engine, today),
        bounds=first_bounds(engine.ask(well_placed)),
        names=Names(
            _corpus.lexicon, places, {key: card.name for key, card in _held.datasets.items()}
        ),
        places=places,
        layers=Kept(_LAYERS),
        answers=Kept(_ANSWERS),
        sparse=Kept(_BOXES),
        outlined=tuple(outlined(places.curated.values())),
        curated_ids=dict(engine.ask(curated_ids).itertuples(index=False)),
        corpus=replace(_corpus, gazetteer=replace(_corpus.gazetteer, places=places)),
        vocabulary=known_to(engine),
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def _workspace(path: Path, backups: Path | None) -> Workspace:
    return Workspace(path, backups)


@st.cache_resource(max_entries=2, show_spinner="Reading the articles and the gazetteer …")
def _seeds(files: str, _folders: tuple[Path, ...]) -> Corpus:  # noqa: ARG001
    return load_corpus(*_folders)


@st.cache_resource(max_entries=4, show_spinner=False)
def _load(
    files: str,
    kept: str,  # noqa: ARG001
    unreviewed: bool,  # noqa: FBT001
    _folders: tuple[Path, ...],
    _workspace: Workspace,
) -> Loaded:
    corpus = with_workspace(_seeds(files, _folders), _workspace)
    pending: dict[str, str] = {}
    if unreviewed:
        corpus, pending = with_pending(corpus, _workspace)
    return Loaded(
        files,
        _workspace,
        corpus,
        index_events(build_tables(corpus)),
        Readings(corpus, _workspace),
        HeldEvents(corpus),
        pending,
    )
