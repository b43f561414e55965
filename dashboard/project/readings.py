"""Readings of articles with the corrections of analysts, computed on demand."""

from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

from dashboard.extraction.about import About
from dashboard.extraction.reader import Reader, Reading
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.model.corpus import Corpus
from dashboard.project.cache import LruCache
from dashboard.review.rereading import reader_of, to_read
from dashboard.store.workspace import Workspace

# Readings that stay in memory; reading an article again takes some milliseconds.
_MOST_IN_MEMORY = 200
# By reader, then by text, day and corrections: after a decision the same articles are shown again.
_SAME_AGAIN: WeakKeyDictionary[Reader, LruCache[Reading]] = WeakKeyDictionary()


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

    def about(self, text: str) -> About:
        """What a text that is no article yet says about itself."""
        return self._reader.about(text)

    def _read(self, article_id: str) -> Reading:
        given = to_read(self._corpus, self._workspace, article_id)
        readings = _SAME_AGAIN.setdefault(self._reader, LruCache(_MOST_IN_MEMORY))
        return readings.get(given, lambda: self._reader.read(*given))

    def __getitem__(self, article_id: str) -> tuple[PlaceMention, ...]:
        return self.reading(article_id).places

    def __iter__(self) -> Iterator[str]:
        return iter(self._corpus.articles)

    def __len__(self) -> int:
        return len(self._corpus.articles)
