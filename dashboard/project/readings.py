"""Readings of articles with the corrections of analysts, computed on demand."""

from collections.abc import Iterator, Mapping

from dashboard.extraction.reader import Reading
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.model.corpus import Corpus
from dashboard.project.cache import LruCache
from dashboard.review.rereading import read_article, reader_of
from dashboard.store.workspace import Workspace

# Readings that stay in memory; reading an article again takes some milliseconds.
_MOST_IN_MEMORY = 200


class Readings(Mapping[str, tuple[PlaceMention, ...]]):
    """The readings by article id; as a mapping, the place mentions of each article."""

    def __init__(self, corpus: Corpus, workspace: Workspace) -> None:
        self._corpus = corpus
        self._workspace = workspace
        self._reader = reader_of(corpus)
        self._readings: LruCache[Reading] = LruCache(_MOST_IN_MEMORY)

    def reading(self, article_id: str) -> Reading:
        """The reading of an article, with the corrections of analysts."""
        return self._readings.get(article_id, lambda: self._read(article_id))

    def _read(self, article_id: str) -> Reading:
        return read_article(self._corpus, self._workspace, article_id, self._reader)

    def __getitem__(self, article_id: str) -> tuple[PlaceMention, ...]:
        return self.reading(article_id).places

    def __iter__(self) -> Iterator[str]:
        return iter(self._corpus.articles)

    def __len__(self) -> int:
        return len(self._corpus.articles)
