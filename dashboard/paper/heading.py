"""Title and sentence of a figure, e.g. "Arrest involving Russian forces, January 2021"."""

from datetime import date

import pandas as pd

from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.language.words import any_of, comma, day, month, span
from dashboard.paper.content import Content
from dashboard.query.describe import filters_in_words
from dashboard.query.names import facet_label, names_of
from dashboard.timeline.timeline import extent_of


def suggested_title(content: Content) -> str:
    """A title from the filters, in the language of now."""
    query = content.query

    def named(field: str) -> str:
        values = getattr(query, field)
        return any_of([facet_label(names_of(content.corpus), field, value)[0] for value in values])

    title = named("kinds") or _("Reported events")
    if query.actors:
        title = _("{title} involving {names}").format(title=title, names=named("actors"))
    if query.places:
        title = _("{title} in {names}").format(title=title, names=named("places"))
    months = _months(content)
    return comma([title, months]) if months else title


def _months(content: Content) -> str:
    """The months of the filter, or else of the events dated to a quarter or better."""
    first, last = content.query.start, content.query.end
    dated = content.tables.events[content.shown & ~content.selection.undated]
    if len(dated):
        start, end = extent_of(dated)
        first, last = first or start, last or end
    if first is None or last is None:
        return ""
    return _between(month(first), month(last))


def _between(start: str, end: str) -> str:
    return start if start == end else _("{start} to {end}").format(start=start, end=end)


def sentence(content: Content) -> str:
    """What is shown: how many events of how many, by which filters, and from which days."""
    shown = int(content.shown.sum())
    events = plural("{n} event", "{n} events", content.everything)
    phrases = filters_in_words(
        content.query, lambda field, value: facet_label(names_of(content.corpus), field, value)[0]
    )
    told = comma([_("{shown} of {events}").format(shown=number(shown), events=events), *phrases])
    dates = _data_dates(content.tables.events[content.shown])
    within = _("Dates of the data: {dates}.").format(dates=dates)
    return f"{told}. {within}" if dates else f"{told}."


def _data_dates(events: pd.DataFrame) -> str:
    start = events["date_start"].fillna(events["date_end"]).min()
    end = events["date_end"].fillna(events["date_start"]).max()
    if pd.isna(start) or pd.isna(end):
        return ""
    first: date = start.date()
    last: date = end.date()
    return day(first) if first == last else span(first, last)
