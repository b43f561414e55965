"""The selection in words, e.g. "12 of 33 events, 18 January to 21 February 2021, involving Russia"."""

from collections.abc import Sequence

from dashboard.language.figures import figures_in_words, range_words
from dashboard.language.messages import N_, _, plural
from dashboard.language.numbers import number
from dashboard.language.words import all_of, any_of, comma, isolate, span
from dashboard.query.area_words import Label, areas_in_words, at_units_in_words, coarse_in_words
from dashboard.query.counts import Totals
from dashboard.query.facets import FACETS
from dashboard.query.query import Query

_PHRASES = {
    "attestations": "{values}",
    "verifications": N_("verification: {values}"),
    "place_verifications": N_("verification of the place: {values}"),
    "kinds": N_("of kind {values}"),
    "actors": N_("involving {values}"),
    "roles": N_("as {values}"),
    "outlets": N_("reported by {values}"),
    "speakers": N_("citing {values}"),
    "places": N_("in {values}"),
    "datasets": N_("from {values}"),
}

# The selected places whose names are written out; others are counted.
MOST_NAMED = 3


def describe(query: Query, totals: Totals, label: Label) -> str:
    """One sentence that says what is shown; `label` names a value of a filter field."""
    total = plural("{n} event", "{n} events", totals.all)
    parts = [_("{shown} of {events}").format(shown=number(totals.shown), events=total)]
    parts[0] += possible_in_words(totals.shown, totals.possible)
    parts += figures_in_words(query.measure, totals.figures.get(query.measure), totals.shown)
    parts += filters_in_words(query, label)
    parts += coarse_in_words(totals.coarse)
    parts += at_units_in_words(totals.at_units)
    if unreviewed := totals.unreviewed:
        parts.append(plural("{n} of them not reviewed", "{n} of them not reviewed", unreviewed))
    return comma(parts) + _shelf(totals) + "."


def possible_in_words(shown: int, possible: int) -> str:
    """How many of the shown events lie within the dates for certain, "" if all do."""
    if not possible:
        return ""
    certain, others = number(shown - possible), number(possible)
    return _(" ({certain} within the dates, {possible} possibly)").format(
        certain=certain, possible=others
    )


def filters_in_words(query: Query, label: Label) -> list[str]:
    """A phrase for each filter in force, and for the selected places."""
    parts = [_dates_in_words(query)] if query.start or query.end else []
    for facet in FACETS:
        values = getattr(query, facet.field)
        if values:
            named = any_of([isolate(label(facet.field, value)) for value in values])
            parts.append(_(_PHRASES[facet.field]).format(values=named))
    if query.areas:
        parts.append(areas_in_words(query.areas, label))
    if query.estimate:
        parts.append(range_words(query.estimate.measure, query.estimate.low, query.estimate.high))
    if query.place_ids:
        parts.append(_("at {places}").format(places=places_in_words(query.place_ids, label)))
    if query.text:
        parts.append(_("mentioning “{text}”").format(text=isolate(query.text)))
    return parts


def _dates_in_words(query: Query) -> str:
    dates = span(query.start, query.end)
    return _("certainly {dates}").format(dates=dates) if query.certain else dates


def places_in_words(place_ids: Sequence[str], label: Label) -> str:
    """The names of the first places, each name once, and the number of others."""
    first = place_ids[:MOST_NAMED]
    # Datasets have several records of a place, e.g. with different precisions.
    names = dict.fromkeys(label("places", place_id) for place_id in first)
    named = comma([isolate(name) for name in names])
    left = len(place_ids) - len(first)
    if not left:
        return named
    return plural("{places} and {n} more", "{places} and {n} more", left).format(places=named)


def _shelf(totals: Totals) -> str:
    parts = []
    if totals.undated:
        parts.append(plural("{n} undated event", "{n} undated events", totals.undated))
    if totals.unlocated:
        parts.append(plural("{n} unlocated event", "{n} unlocated events", totals.unlocated))
    return _("; on the shelf: {events}").format(events=all_of(parts)) if parts else ""


def what_to_loosen(query: Query) -> list[str]:
    """The labels of the filters in force, for the message that no event matches."""
    named = [_(facet.label) for facet in FACETS if getattr(query, facet.field)]
    if query.text:
        named.append(_("Search text"))
    if query.start or query.end:
        named.append(_("Dates"))
    if query.areas:
        named.append(_("Area"))
    if query.estimate:
        named.append(_("Number of people or vehicles"))
    return named
