"""What is loaded once for all sessions: workspace, corpus, tables; articles are read when asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.extraction.reader import Reading
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.model.corpus import Corpus
from dashboard.query.link import vocabulary
from dashboard.query.select import EventIndex, index_events
from dashboard.review.alike import HeldEvents
from dashboard.review.pending import with_pending
from dashboard.review.rereading import corrections_of, reader_of
from dashboard.settings import Settings
from dashboard.store.corpus import load_corpus
from dashboard.store.merge import with_workspace
from dashboard.store.tables import build_tables
from dashboard.store.workspace import Workspace

# Readings kept for articles looked at lately; a reading takes some milliseconds to make again.
_READINGS = 200


@dataclass(frozen=True, slots=True)
class Loaded:
    """The corpus with all that is computed from it once.

    `pending` leads from the id of an unreviewed event to that of its suggestion.
    """

    workspace: Workspace
    corpus: Corpus
    index: EventIndex
    readings: "Readings"
    held: HeldEvents
    pending: Mapping[str, str]

    @property
    def vocabulary(self) -> Mapping[str, frozenset[str]]:
        """The values that a link may name."""
        return vocabulary(self.index, self.corpus)


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
    workspace = _workspace(settings.workspace)
    return _load(folders, _version(folders), workspace.path, workspace.version(), unreviewed)


def _version(folders: tuple[Path, ...]) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of the files: what changes when the data do."""
    return tuple(
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def _workspace(path: Path) -> Workspace:
    return Workspace(path)


@st.cache_resource(max_entries=2, show_spinner="Reading the articles and the gazetteer …")
def _seeds(folders: tuple[Path, ...], version: tuple[tuple[str, int, int], ...]) -> Corpus:  # noqa: ARG001
    return load_corpus(*folders)


@st.cache_resource(max_entries=4, show_spinner=False)
def _load(
    folders: tuple[Path, ...],
    version: tuple[tuple[str, int, int], ...],
    workspace_path: Path,
    workspace_version: int,  # noqa: ARG001
    unreviewed: bool,  # noqa: FBT001
) -> Loaded:
    workspace = _workspace(workspace_path)
    corpus = with_workspace(_seeds(folders, version), workspace)
    pending: dict[str, str] = {}
    if unreviewed:
        corpus, pending = with_pending(corpus, workspace)
    return Loaded(
        workspace,
        corpus,
        index_events(build_tables(corpus)),
        Readings(corpus, workspace),
        HeldEvents(corpus),
        pending,
    )
