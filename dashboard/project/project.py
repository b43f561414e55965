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
from dashboard.model.capture import Capture, Proof
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DataError, Fault
from dashboard.model.records import Table
from dashboard.model.restriction import NOTHING_HIDDEN, Hidden, Restriction, hidden_from
from dashboard.model.shared_work import SharedWork
from dashboard.model.verification import ImportedVerification
from dashboard.model.viewer import viewer
from dashboard.project.cache import LruCache
from dashboard.project.catalog import Catalog, catalog_of
from dashboard.project.code_version import code_version
from dashboard.project.readings import Readings
from dashboard.project.seen import seen_corpus
from dashboard.review.event_search import EventSearch
from dashboard.review.pending import with_pending
from dashboard.review.restricting import restrictions_in
from dashboard.review.sharing import shared_work
from dashboard.settings import Settings
from dashboard.store.alerts import Alerts
from dashboard.store.corpus import load_corpus
from dashboard.store.drafts import Drafts
from dashboard.store.file_stamps import file_stamps
from dashboard.store.merge import (
    imported_verifications,
    names_with_workspace,
    with_workspace,
)
from dashboard.store.place_lists import PlaceLists
from dashboard.store.proof import proof_in
from dashboard.store.seen_workspace import SeenWorkspace
from dashboard.store.workspace import Workspace, open_workspace

# With and without unreviewed events, before and after a change, of those who see all and of others.
_STATES = 8
# Engines over what different viewers see.
_LIBRARIES = 16


@dataclass(frozen=True)
class Loaded:
    """The curated corpus at one moment, with what is derived from it.

    `key` identifies the data that it was read from, and what of them is hidden. With
    `unreviewed`, pending suggestions are among its events; `pending` maps the ids of those events to the
    ids of the suggestions.
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
    def shared_work(self) -> SharedWork:
        """The comments on its events and suggestions, and who is to see to them."""
        return shared_work(self.workspace, self.corpus)

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """The names under which entries of the log were written, sorted."""
        return self.workspace.authors()

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
        self._restrictions: LruCache[tuple[Restriction, ...]] = LruCache(2)
        self._libraries: LruCache[Library] = LruCache(_LIBRARIES)
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
    def hidden(self) -> Hidden:
        """What the present viewer may not see; all that is asked of this project leaves it out."""
        restrictions = self._restrictions.get(
            self.workspace.version(), lambda: restrictions_in(self.workspace)
        )
        return hidden_from(viewer(), restrictions)

    @property
    def library(self) -> Library:
        """The datasets that the present viewer sees, and the engine over them."""
        return self._library(self.hidden)

    @property
    def seeds(self) -> Corpus:
        """The corpus of the seed files, without changes by analysts; raises DataError."""
        return self._read_seeds(self._files())

    def load(self, *, unreviewed: bool = False) -> Loaded:
        """The curated corpus; with `unreviewed`, pending suggestions are events of it.

        Without what the present viewer may not see. Raises DataError if nothing can be shown, and the
        errors of the workspace.
        """
        return self._load_seen(self.hidden, unreviewed=unreviewed)

    def catalog(self, loaded: Loaded) -> Catalog:
        """The engine with the curated events and all datasets that are shown.

        Raises DataError if there is no such engine, or if it cannot be reached.
        """
        hidden = loaded.workspace.hidden
        complete = loaded if loaded.unreviewed else self._load_seen(hidden, unreviewed=True)
        if complete.key != loaded.key:
            # Somebody has saved a change since.
            return self.catalog(self.load(unreviewed=loaded.unreviewed))
        library = self._library(hidden)
        if not self._areas_added:
            # Once, when the program starts: later imports have them.
            self._areas_added = True
            add_missing_areas(library.datasets, complete.corpus.gazetteer)
        try:
            opened = library.open_curated(
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
    def seen_workspace(self) -> Workspace:
        """The workspace as the present viewer sees it. Raises DataError, as `load` does."""
        return self.load().workspace if self.hidden.key else self.workspace

    def sees_capture(self, sha256: str) -> bool:
        """Whether the present viewer sees a claim or an article with this captured file."""
        captures = self.seen_workspace.all(Table.CAPTURE).values() if self.hidden.key else ()
        seen = (item.value.sha256 for item in captures if isinstance(item.value, Capture))
        return not self.hidden.key or sha256 in seen

    def sees_event(self, event_id: str) -> bool:
        """Whether nothing is hidden from the present viewer, or they see an event of that id.

        It may be curated, imported or unreviewed. Raises DataError.
        """
        if not self.hidden.key:
            return True
        return event_id in self.catalog(self.load(unreviewed=True)).vocabulary["event_id"]

    @property
    def drafts(self) -> Drafts:
        """The half-typed forms of analysts."""
        return Drafts(self.settings.drafts)

    @property
    def alerts(self) -> Alerts:
        """The alerts: who is notified of new events of which saved view."""
        return Alerts(self.settings.alerts)

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

    def _library(self, hidden: Hidden) -> Library:
        settings = self.settings
        return self._libraries.get(
            hidden.key, lambda: Library(settings.datasets, settings.engine, hidden)
        )

    def _load_seen(self, hidden: Hidden, *, unreviewed: bool) -> Loaded:
        files, version = self._files(), self.workspace.version()
        key = content_key(files, self.workspace.key, version) + hidden.key
        return self._loaded.get(
            (key, unreviewed),
            lambda: self._load((files, key, version), hidden, unreviewed=unreviewed),
        )

    def _load(self, state: tuple[str, str, int], hidden: Hidden, *, unreviewed: bool) -> Loaded:
        """`state` has the versions of files, of what is loaded from them, and of the workspace."""
        (files, key, version), workspace = state, self.workspace
        if hidden.key:
            complete = self._load_seen(NOTHING_HIDDEN, unreviewed=False).corpus
            workspace = seen = SeenWorkspace(workspace, complete, hidden)
            corpus = seen_corpus(complete, seen.records)
            if seen.hides_names:
                lexicon, gazetteer = names_with_workspace(self._read_seeds(files), seen, [])
                corpus = replace(corpus, lexicon=lexicon, gazetteer=gazetteer)
        else:
            corpus = with_workspace(self._read_seeds(files), workspace)
            proof = proof_in(workspace).exported(corpus.events.claims)
            corpus = replace(corpus, proof=proof)
        pending: Mapping[str, str] = {}
        if unreviewed:
            corpus, pending = with_pending(corpus, workspace)
        verified = imported_verifications(workspace)
        return Loaded(key, unreviewed, workspace, corpus, pending, verified, version)


def files_version(folders: tuple[Path, ...]) -> str:
    """A hash of names, sizes and modification times of the files in folders."""
    files = file_stamps(path for folder in folders for path in folder.rglob("*"))
    return hashlib.sha256(repr(files).encode()).hexdigest()


def content_key(files: str, workspace: str, version: int) -> str:
    """A key for the state of the curated events, the same in every process that reads them.

    `files` is their `files_version`, `workspace` the key of the workspace, `version` its version. The
    program is part of the key, since another one may make other tables of the same records.
    """
    content = f"{code_version()} {files} {workspace} {version}"
    return hashlib.sha256(content.encode()).hexdigest()
