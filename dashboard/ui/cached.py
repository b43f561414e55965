"""What is loaded once for all sessions: corpus, tables, place mentions."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import PlaceMention, find_places
from dashboard.model.corpus import Corpus
from dashboard.query.select import EventIndex, index_events
from dashboard.settings import Settings
from dashboard.store.corpus import load_corpus
from dashboard.store.tables import build_tables


@dataclass(frozen=True, slots=True)
class Loaded:
    """The corpus with all that is computed from it once."""

    corpus: Corpus
    index: EventIndex
    mentions: Mapping[str, tuple[PlaceMention, ...]]

    @property
    def vocabulary(self) -> Mapping[str, frozenset[str]]:
        """The values that a link may name."""
        return {
            **{field: frozenset(column.values) for field, column in self.index.columns.items()},
            "event_id": frozenset(self.corpus.events.events),
            "place_ids": frozenset(self.corpus.gazetteer.places),
        }


def load(settings: Settings) -> Loaded:
    """The data folders of `settings`, read again only when a file in them has changed.

    Raises DataError if nothing can be shown.
    """
    folders = (settings.seeds, settings.gazetteer, settings.lexicon)
    return _load(folders, _version(folders))


def _version(folders: tuple[Path, ...]) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of the files: what changes when the data do."""
    return tuple(
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


@st.cache_resource(max_entries=2, show_spinner="Reading the articles and the gazetteer …")
def _load(folders: tuple[Path, ...], version: tuple[tuple[str, int, int], ...]) -> Loaded:  # noqa: ARG001
    corpus = load_corpus(*folders)
    places = PlaceIndex(corpus.gazetteer)
    mentions = {
        article.article_id: find_places(article.text, places)
        for article in corpus.articles.values()
    }
    return Loaded(corpus, index_events(build_tables(corpus)), mentions)
