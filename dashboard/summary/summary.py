"""The selected events with their query and their numbered sources."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboard.model.article import Article, Outlet
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import FigureSum, Measure, sum_figures
from dashboard.model.selected import SelectedEvents
from dashboard.model.terms import DatasetTerms
from dashboard.query.query import Query

# More articles than this are cited by outlet.
_MOST_ARTICLES = 24


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the list of sources: an article, or an outlet with its number of articles."""

    number: int
    outlet: Outlet
    article: Article | None
    articles: int


@dataclass(frozen=True)
class Summary:
    """A selection on the day `created`; `all_events` is the number of events to select from.

    `terms` are those of the imported datasets of the selected events.
    """

    selected: SelectedEvents
    query: Query
    created: date
    all_events: int
    terms: tuple[DatasetTerms, ...] = ()

    @property
    def corpus(self) -> Corpus:
        """The records of the selected events."""
        return self.selected.corpus

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The articles behind the events by day; if they are many, the outlets by number of articles."""
        corpus, outlets = self.corpus, self.corpus.lexicon.outlets
        claims = self.selected.in_order(corpus.events.claims, lambda claim: (claim.claim_id,))
        ids = dict.fromkeys(claim.article_id for claim in claims)
        articles = [corpus.articles[article_id] for article_id in ids]
        if len(articles) <= _MOST_ARTICLES:
            ordered = sorted(articles, key=lambda item: (_first_day(item), item.article_id))
            return tuple(
                Source(number, outlets[article.outlet_id], article, 1)
                for number, article in enumerate(ordered, start=1)
            )
        counts = Counter(article.outlet_id for article in articles).most_common()
        return tuple(
            Source(number, outlets[outlet_id], None, count)
            for number, (outlet_id, count) in enumerate(counts, start=1)
        )

    @cached_property
    def figures(self) -> Mapping[Measure, FigureSum]:
        """The sums by measure over the distinct events."""
        return sum_figures(self.corpus.figures().values())

    def sources_of(self, positions: Sequence[int]) -> list[int]:
        """The numbers of the sources behind the events at these positions, in order."""
        return sorted({number for at in positions for number in self._cited.get(at, ())})

    @cached_property
    def _cited(self) -> Mapping[int, set[int]]:
        """The numbers of the sources of each event, by its position."""
        by_article = {
            source.article.article_id: source.number for source in self.sources if source.article
        }
        by_outlet = {source.outlet.outlet_id: source.number for source in self.sources}
        cited: dict[int, set[int]] = {}
        for claim in self.corpus.events.claims:
            outlet_id = self.corpus.articles[claim.article_id].outlet_id
            number = by_article.get(claim.article_id, by_outlet[outlet_id])
            cited.setdefault(self.selected.positions[claim.event_id], set()).add(number)
        return cited


def _first_day(article: Article) -> date:
    if article.published:
        return article.published.date()
    return article.published_earliest or article.published_latest or date.max
