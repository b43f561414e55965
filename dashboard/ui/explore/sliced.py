"""The records of the selection, or why there are none."""

from dashboard.engine.records import MOST_RECORDS, Records, records_of
from dashboard.language.messages import _
from dashboard.language.numbers import number
from dashboard.query.query import Query
from dashboard.ui.cached import Live, Loaded


def selected_records(loaded: Loaded, live: Live, query: Query) -> Records | None:
    """The shown events as records; `None` if they are too many."""
    asked = live.effective(query)
    return records_of(live.engine, loaded.corpus, loaded.index, live.datasets, asked)


def too_many() -> str:
    """Why there is nothing to show."""
    told = _("This holds at most {most} events: narrow the filters, or export CSV or GeoParquet.")
    return told.format(most=number(MOST_RECORDS))
