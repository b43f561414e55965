"""Title and sentence of a selection, e.g. "Arrest involving Russian forces, January 2021"."""

from dataclasses import replace

from dashboard.engine.load import MOST_RECORDS
from dashboard.language.figures import figures_in_words
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.language.words import any_of, comma, day, month, span
from dashboard.model.event_tables import day_of
from dashboard.query.area_words import at_units_in_words, coarse_in_words
from dashboard.query.describe import filters_in_words, places_in_words, possible_in_words
from dashboard.query.names import facet_label, names_of
from dashboard.summary.coarse import coarse_events, events_at_units
from dashboard.summary.summary import Summary
from dashboard.timeline.from_records import extent_of_events


def suggested_title(summary: Summary) -> str:
    """A title from the filters and the selected places, in the current language."""
    query = summary.query

    def named(field: str) -> str:
        return any_of([_label(summary, field, value) for value in getattr(query, field)])

    title = named("kinds") or _("Reported events")
    if query.actors:
        title = _("{title} involving {names}").format(title=title, names=named("actors"))
    if query.places:
        title = _("{title} in {names}").format(title=title, names=named("places"))
    if query.place_ids:
        at = places_in_words(query.place_ids, lambda field, value: _label(summary, field, value))
        title = _("{title} at {places}").format(title=title, places=at)
    months = _months(summary)
    return comma([title, months]) if months else title


def sentence(summary: Summary) -> str:
    """The numbers of shown and of all events, the sum of the measure, the filters, and the days.

    Nothing is said of a measure of which no event has a figure, unless it is a filter.
    """
    events = plural("{n} event", "{n} events", summary.all_events)
    shown = number(len(summary.selected.events))
    phrases = filters_in_words(summary.query, lambda field, value: _label(summary, field, value))
    total = summary.figures.get(summary.query.measure)
    sums = figures_in_words(summary.query.measure, total, len(summary.selected.events))
    said = sums if total or summary.query.estimate else []
    counted = _("{shown} of {events}").format(shown=shown, events=events)
    if not summary.selected.events:
        counted = (
            _("None of {events}").format(events=events) if summary.all_events else _("No events")
        )
    counted += possible_in_words(len(summary.selected.events), _possible(summary))
    rough = coarse_in_words(coarse_events(summary)) if summary.query.areas else []
    rough += at_units_in_words(events_at_units(summary)) if summary.query.places else []
    text = comma([counted, *said, *phrases, *rough])
    dates = _dates_of_data(summary)
    within = _("Dates of the data: {dates}.").format(dates=dates)
    return f"{text}. {within}" if dates else f"{text}."


def _possible(summary: Summary) -> int:
    """How many of the events may lie outside of the dates of the query."""
    dates = summary.query.start, summary.query.end
    return sum(not event.when.lies_in(*dates) for event in summary.selected.events)


def _label(summary: Summary, field: str, value: str) -> str:
    # A corpus has no names of datasets; those of the shown events are beside their terms.
    datasets = {terms.dataset_id: terms.name for terms in summary.terms}
    return facet_label(replace(names_of(summary.corpus), datasets=datasets), field, value)[0]


def _months(summary: Summary) -> str:
    """The months of the date filter, or else of the events dated to a quarter or better."""
    first, last = summary.query.start, summary.query.end
    if extent := extent_of_events(summary.selected.events):
        first, last = first or day_of(extent.first), last or day_of(extent.last)
    if first is None or last is None:
        return ""
    # A date filter may begin after the last day of events whose end is open.
    start, end = month(first), month(max(first, last))
    return start if start == end else _("{start} to {end}").format(start=start, end=end)


def _dates_of_data(summary: Summary) -> str:
    whens = [event.when for event in summary.selected.events if not event.when.undated]
    if not whens:
        return ""
    first = min(known for when in whens if (known := when.start or when.end))
    last = max(known for when in whens if (known := when.end or when.start))
    return day(first) if first == last else span(first, last)


def too_many() -> str:
    """The notice that the selection has more events than are loaded as records."""
    text = _("At most {most} events here: use narrower filters, or export CSV or GeoParquet.")
    return text.format(most=number(MOST_RECORDS))
