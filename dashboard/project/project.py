"""Corpus, workspace, datasets and engine of some settings, each opened when it is first needed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from dashboard.datasets.build.curated import curated_tables
from dashboard.datasets.placed_areas import add_missing_areas
from dashboard.engine.engine import EngineError
from dashboard.engine.library import Library
from dashboard.gazetteer.search import PlaceSearch
from dashboard.model.capture import Proof
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DataError, Fault
from dashboard.model.verification import ImportedVerification
from dashboard.project.cache import LruCache
from dashboard.project.catalog import Catalog, catalog_of
from dashboard.project.readings import Readings
from dashboard.review.event_search import EventSearch
from dashboard.review.pending import with_pending
from dashboard.settings import Settings
from dashboard.store.corpus import load_corpus
from dashboard.store.drafts import Drafts
from dashboard.store.file_stamps import file_stamps
from dashboard.store.merge import imported_verifications, with_workspace
from dashboard.store.place_lists import PlaceLists
from dashboard.store.proof import proof_in
from dashboard.store.workspace import Workspace, open_workspace

# With and without unreviewed events, before and after a change.
_STATES = 4


@dataclass(frozen=True)
class Loaded:
    """The curated corpus at one moment, with what is derived from it.

    `key` identifies the data that it was read from. With `unreviewed`, pending suggestions are among its
    events; `pending` maps the ids of those events to the ids of the suggestions.
    `verified` are the verifications of imported events, as the workspace has them; `version` is the
    number of its last log entry.
    """

    key: str
    unreviewed: bool
    workspace: Workspace
    corpus: Corpus
    pending: Mapping[str, str]
    verified: tuple[ImportedVerification, ...] = ()
    version: int = 0

    @cached_property
    def readings(self) -> Readings:
        """The readings of its articles, computed on demand."""
        return Readings(self.corpus, self.workspace)

    @cached_property
    def proof(self) -> Proof:
        """The links and captured files of its claims."""
        return proof_in(self.workspace)

    @cached_property
    def place_search(self) -> PlaceSearch:
        """The search over all names of its places."""
        return PlaceSearch(self.corpus.gazetteer)

    @cached_property
    def event_search(self) -> EventSearch:
        """The search for one of its events."""
        return EventSearch(self.corpus)


class Project:
    """The data of some settings, cached until a file or the workspace changes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.library = Library(settings.datasets, settings.engine)
        self._areas_added = False
        self._seeds: LruCache[Corpus] = LruCache(2)
        self._loaded: LruCache[Loaded] = LruCache(_STATES)
        self._catalogs: LruCache[Catalog] = LruCache(_STATES)

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace; from now on it is backed up once a day."""
        workspace = open_workspace(self.settings)
        workspace.start_daily_backup()
        return workspace

    @property
    def seeds(self) -> Corpus:
        """The corpus of the seed files, without changes by analysts; raises DataError."""
        return self._read_seeds(self._files())

    def load(self, *, unreviewed: bool = False) -> Loaded:
        """The curated corpus; with `unreviewed`, pending suggestions are events of it.

        Raises DataError if nothing can be shown, and the errors of the workspace.
        """
        files, version = self._files(), self.workspace.version()
        key = content_key(files, self.workspace.key, version)
        return self._loaded.get((key, unreviewed), lambda: self._load(files, version, unreviewed))

    def catalog(self, loaded: Loaded) -> Catalog:
        """The engine with the curated events and all datasets that are shown.

        Raises DataError if there is no such engine, or if it cannot be reached.
        """
        complete = loaded if loaded.unreviewed else self.load(unreviewed=True)
        if complete.key != loaded.key:
            # Somebody has saved a change since.
            return self.catalog(self.load(unreviewed=loaded.unreviewed))
        if not self._areas_added:
            # Once, when the program starts: later imports have them.
            self._areas_added = True
            add_missing_areas(self.library.datasets, complete.corpus.gazetteer)
        try:
            opened = self.library.open_curated(
                complete.key,
                lambda: curated_tables(complete.corpus),
                complete.verified,
            )
        except EngineError as error:
            expected = "the URL of an engine that answers"
            fault = Fault("EVENT_MAP_ENGINE", 0, "", expected, str(error))
            raise DataError((fault,)) from error
        key = f"{loaded.key} {opened.version} {loaded.unreviewed}"
        version = hashlib.sha256(key.encode()).hexdigest()[:16]
        return self._catalogs.get(
            version,
            lambda: catalog_of(opened, loaded.corpus, version, unreviewed=loaded.unreviewed),
        )

    @property
    def drafts(self) -> Drafts:
        """The half-typed forms of analysts."""
        return Drafts(self.settings.drafts)

    @property
    def place_lists(self) -> PlaceLists:
        """The lists of places that analysts added."""
        return PlaceLists(self.settings.place_lists)

    def _files(self) -> str:
        """The version of all files that the corpus is read from."""
        return files_version(self._folders) + self.place_lists.version()

    @property
    def _folders(self) -> tuple[Path, Path, Path, Path]:
        settings = self.settings
        return (settings.seeds, settings.gazetteer, settings.lexicon, settings.places)

    def _read_seeds(self, files: str) -> Corpus:
        return self._seeds.get(files, lambda: load_corpus(*self._folders, self.place_lists.folder))

    def _load(self, files: str, version: int, unreviewed: bool) -> Loaded:  # noqa: FBT001
        key = content_key(files, self.workspace.key, version)
        corpus = with_workspace(self._read_seeds(files), self.workspace)
        proof = proof_in(self.workspace).exported(corpus.events.claims)
        corpus = replace(corpus, proof=proof)
        pending: Mapping[str, str] = {}
        if unreviewed:
            corpus, pending = with_pending(corpus, self.workspace)
        verified = imported_verifications(self.workspace)
        return Loaded(key, unreviewed, self.workspace, corpus, pending, verified, version)


def files_version(folders: tuple[Path, ...]) -> str:
    """A hash of names, sizes and modification times of the files in folders."""
    files = file_stamps(path for folder in folders for path in folder.rglob("*"))
    return hashlib.sha256(repr(files).encode()).hexdigest()


def content_key(files: str, workspace: str, version: int) -> str:
    """A key for the state of the curated events, the same in every process that reads them.

    `files` is their `files_version`, `workspace` the key of the workspace, `version` its version.
    """
    return hashlib.sha256(f"{files} {workspace} {version}".encode()).hexdigest()
