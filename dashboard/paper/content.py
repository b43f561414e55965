"""What a figure has to say: which events it draws, which it cannot, and the sources of them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.map.map_data import MapData, map_data
from dashboard.model.article import Article, Outlet
from dashboard.model.columns import Tables
from dashboard.model.corpus import Corpus
from dashboard.paper.frame import Frame
from dashboard.paper.marks import Mark, clusters, radius_pt
from dashboard.query.query import Query
from dashboard.query.select import EventIndex, Selection

# More articles than these are cited by outlet.
_MOST_ARTICLES = 24


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the list of sources: an article, or an outlet with how many of its articles."""

    number: int
    outlet: Outlet
    article: Article | None
    articles: int


@dataclass(frozen=True, slots=True)
class Content:
    """The selection as a figure needs it; `shown` are the events, by position in `tables.events`.

    `everything` is how many events there are in all.
    """

    corpus: Corpus
    index: EventIndex
    query: Query
    selection: Selection
    data: MapData
    sources: tuple[Source, ...]
    made: date
    everything: int

    @property
    def tables(self) -> Tables:
        """The tables that the selection is of."""
        return self.index.tables

    @property
    def shown(self) -> npt.NDArray[np.bool_]:
        """Which events the figure is about."""
        return self.selection.shown


@dataclass(frozen=True, slots=True)
class Account:
    """Where each event of the selection went, as positions.

    `drawn`, by mark number, `outside` of the frame and `unlocated` are together the whole selection;
    an event at two places may be at two marks. `undated` are those that the timeline lacks.
    """

    drawn: Mapping[int, tuple[int, ...]]
    outside: tuple[int, ...]
    unlocated: tuple[int, ...]
    undated: tuple[int, ...]


def figure_content(
    corpus: Corpus,
    index: EventIndex,
    query: Query,
    selection: Selection,
    made: date,
    everything: int | None = None,
) -> Content:
    """The content of a figure of the selection, made on the day `made`.

    `everything` is how many events there are, if `index` holds some of them only.
    """
    data = map_data(index.tables, corpus.gazetteer.places, selection.shown, None, ())
    sources = _sources(corpus, index.tables, selection.shown)
    total = index.size if everything is None else everything
    return Content(corpus, index, query, selection, data, sources, made, total)


def _sources(corpus: Corpus, tables: Tables, shown: npt.NDArray[np.bool_]) -> tuple[Source, ...]:
    claims = tables.claims[shown[tables.claims["event"].to_numpy()]]
    articles = [corpus.articles[key] for key in claims["article_id"].unique()]
    outlets = corpus.lexicon.outlets
    if len(articles) <= _MOST_ARTICLES:
        ordered = sorted(articles, key=lambda article: (_first_day(article), article.article_id))
        return tuple(
            Source(number, outlets[article.outlet_id], article, 1)
            for number, article in enumerate(ordered, start=1)
        )
    counts = pd.Series([article.outlet_id for article in articles]).value_counts()
    return tuple(
        Source(number, outlets[str(outlet)], None, int(count))
        for number, (outlet, count) in enumerate(counts.items(), start=1)
    )


def _first_day(article: Article) -> date:
    if article.published:
        return article.published.date()
    return article.published_earliest or article.published_latest or date.max


def marks_of(content: Content, frame: Frame, metres_per_pt: float) -> tuple[Mark, ...]:
    """The marks of the selection on a frame, numbered from the largest."""
    rows = content.tables.event_places
    rows = rows[content.shown[rows["event"].to_numpy()]]
    at_place = rows.groupby("place_id")["event"].apply(lambda found: set(found.astype(int)))
    made = []
    for number, cluster in enumerate(clusters(content.data.sites, frame, metres_per_pt), start=1):
        ids = [key for site in cluster.sites for key in site.id.split(".")]
        held = sorted(set().union(*(at_place.get(key, ()) for key in ids)))
        events = content.tables.events.iloc[held]
        made.append(
            Mark(
                number,
                cluster.x,
                cluster.y,
                radius_pt(len(held)) * metres_per_pt,
                tuple(cluster.sites),
                tuple(held),
                {str(group): n for group, n in events["group"].value_counts().items()},
                int((events["attestation"] == "contested").sum()),
                int((~events["reviewed"].astype(bool)).sum()),
            )
        )
    return tuple(made)


def account_for(content: Content, marks: Sequence[Mark]) -> Account:
    """Which events are at which mark, which lie outside the frame, and which have no place."""
    rows = content.tables.event_places
    rows = rows[content.shown[rows["event"].to_numpy()]]
    markable = frozenset(key for site in content.data.sites for key in site.id.split("."))
    somewhere = set(rows.loc[rows["place_id"].isin(markable), "event"].astype(int))
    seen = {event for mark in marks for event in mark.positions}
    everything = set(np.flatnonzero(content.shown).tolist())
    return Account(
        drawn={mark.number: mark.positions for mark in marks},
        outside=tuple(sorted(somewhere - seen)),
        unlocated=tuple(sorted(everything - somewhere)),
        undated=tuple(np.flatnonzero(content.shown & content.selection.undated).tolist()),
    )


def sources_of(content: Content, positions: Sequence[int]) -> list[int]:
    """The numbers of the sources behind some events."""
    claims = content.tables.claims
    ids = set(claims.loc[claims["event"].isin(positions), "article_id"])
    outlets = {content.corpus.articles[key].outlet_id for key in ids}
    return [
        source.number
        for source in content.sources
        if (
            source.article.article_id in ids
            if source.article
            else source.outlet.outlet_id in outlets
        )
    ]
