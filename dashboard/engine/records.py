"""The shown events as records, for what is made of them as a whole: figures and most exports."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.engine.datasets import Dataset
from dashboard.engine.engine import Engine
from dashboard.engine.slices import read_slice
from dashboard.model.corpus import Corpus
from dashboard.query.pages import all_numbers
from dashboard.query.query import Query
from dashboard.query.select import EventIndex, Selection, index_events, select

# The most events that figures and record-wise exports are made of: what they take at 10,000 is in
# benchmarks/README.md, and nobody reads a workbook of more.
MOST_RECORDS = 20_000
# Numbers of the curated events lie below those of all datasets.
_CURATED_BELOW = 1 << 32


@dataclass(frozen=True, slots=True)
class Records:
    """Events in memory; `selection` says which of them are shown."""

    corpus: Corpus
    index: EventIndex
    selection: Selection


def records_of(
    engine: Engine,
    corpus: Corpus,
    index: EventIndex,
    datasets: Mapping[str, Dataset],
    query: Query,
) -> Records | None:
    """The records of the selection; `None` if they are too many.

    `corpus` and `index` are the curated events; if there are no others among those shown, they are
    the records, so that a figure of them is the same to the byte whatever datasets come and go.
    """
    found = engine.ask(all_numbers, query, most=MOST_RECORDS + 1)
    if len(found) > MOST_RECORDS:
        return None
    if (found["event"] < _CURATED_BELOW).all():
        return Records(corpus, index, select(index, query))
    piece = read_slice(engine, corpus, datasets, found)
    own = index_events(piece.tables)
    # All other filters the engine has applied.
    return Records(piece.corpus, own, select(own, Query(start=query.start, end=query.end)))
