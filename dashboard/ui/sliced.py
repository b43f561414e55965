"""The selection as records, for what is made of it as a whole: figures and most exports."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.columnar.datasets import Dataset
from dashboard.columnar.engine import Engine
from dashboard.columnar.slices import read_slice
from dashboard.language.messages import _
from dashboard.language.numbers import number
from dashboard.model.corpus import Corpus
from dashboard.query.pages import all_numbers
from dashboard.query.query import Query
from dashboard.query.select import EventIndex, Selection, index_events, select
from dashboard.ui.cached import Live, Loaded

# The most events that figures and record-wise exports are made of: the most that a reader, or a
# workbook, is served with; docs/scaling.md has what they take.
MOST_RECORDS = 20_000


@dataclass(frozen=True, slots=True)
class Records:
    """The shown events as records; `selection` is all of them."""

    corpus: Corpus
    index: EventIndex
    selection: Selection


def records_of(loaded: Loaded, live: Live, query: Query) -> Records | None:
    """The records of the selection; `None` if they are too many."""
    return _records(live.engine, loaded.corpus, live.datasets, live.effective(query))


def too_many() -> str:
    """Why there is nothing to show."""
    told = _("This holds at most {most} events: narrow the filters, or export CSV or GeoParquet.")
    return told.format(most=number(MOST_RECORDS))


def _records(
    engine: Engine, corpus: Corpus, datasets: Mapping[str, Dataset], query: Query
) -> Records | None:
    numbers = engine.frame(all_numbers(engine.tables, query, most=MOST_RECORDS + 1))["event"]
    if len(numbers) > MOST_RECORDS:
        return None
    found = read_slice(engine, corpus, datasets, numbers.tolist())
    index = index_events(found.tables)
    return Records(found.corpus, index, select(index, _dates_alone(query)))


def _dates_alone(query: Query) -> Query:
    """What is left to do when the engine has applied all other filters."""
    return Query(start=query.start, end=query.end)
