"""Figures of claims and events in words, e.g. "12 to 19 killed", "at least 3 wounded"."""

from collections.abc import Sequence

from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import N_, _, plural
from dashboard.language.names import Named, name_of
from dashboard.language.numbers import number
from dashboard.language.words import comma, isolate
from dashboard.model.estimate import Counted, Estimate, Figure, FigureSum, Measure, estimate_figure

_MEASURED = {
    Measure.KILLED: N_("{figure} killed"),
    Measure.WOUNDED: N_("{figure} wounded"),
    Measure.DETAINED: N_("{figure} detained"),
    Measure.DISPLACED: N_("{figure} displaced"),
    Measure.VEHICLES: N_("{figure} vehicles"),
    Measure.TROOPS: N_("{figure} troops"),
}


def bounds_words(low: int | None, high: int | None) -> str:
    """A range of numbers, e.g. "3 to 5"; `None` is an unknown bound, and an open end."""
    if high is None:
        return _("at least {low}").format(low=number(low or 0))
    if low == high:
        return number(high)
    if not low:
        return _("up to {high}").format(high=number(high))
    return _("{low} to {high}").format(low=number(low), high=number(high))


def figure_words(figure: Figure) -> str:
    """The range of an event, and its best figure if that is not the whole range."""
    bounds = bounds_words(figure.low, figure.high)
    if figure.best is None or figure.low == figure.high:
        return bounds
    return _("{best} ({bounds})").format(best=number(figure.best), bounds=bounds)


def measured(measure: Measure, figure: str) -> str:
    """A figure with what it counts, e.g. "12 to 19 killed"."""
    return _(_MEASURED[measure]).format(figure=figure)


def size_words(measure: Measure) -> str:
    """What the size and the number of a mark stand for, if that is a figure."""
    return _("size and number: {measure}, the best figure of each event, else its lowest").format(
        measure=label(measure)
    )


def several_marks() -> str:
    """Why the figures of marks do not add up to the totals."""
    return _("An event at several marks counts at each of them, in the totals once.")


def sum_words(measure: Measure, total: FigureSum) -> str:
    """A sum over events, e.g. "12 to 19 killed"; "at least 12 killed" if an event has an open end."""
    return measured(measure, sum_bounds(total))


def sum_bounds(total: FigureSum) -> str:
    """The range of a sum, e.g. "12 to 19"; "at least 12" if an event has an open end."""
    return bounds_words(total.low, None if total.open_events else total.high)


def sum_in_events(measure: Measure, total: FigureSum) -> str:
    """A sum and the number of events that have a figure, e.g. "12 to 19 killed in 16 events"."""
    events = plural("{n} event", "{n} events", total.events)
    return _("{figures} in {events}").format(figures=sum_words(measure, total), events=events)


def sum_note(measure: Measure, total: FigureSum, events: int) -> str:
    """The same for print, e.g. "Killed: 12 to 19 in 16 of 46 events; 30 without a figure"."""
    text = plural(
        "{measure}: {figure} in {some} of {n} event",
        "{measure}: {figure} in {some} of {n} events",
        events,
    ).format(
        measure=sentence_case(label(measure)),
        figure=sum_bounds(total),
        some=number(total.events),
    )
    without = events - total.events
    if not without:
        return text
    return _("{sum}; {rest}").format(sum=text, rest=_without_figure(without))


def _without_figure(events: int) -> str:
    return plural("{n} without a figure", "{n} without a figure", events)


def figures_in_words(measure: Measure, total: FigureSum | None, events: int) -> list[str]:
    """The sum of a measure over events, and how many of them have no figure of it."""
    if total is None:
        return [_("{measure}: no figure").format(measure=label(measure))] if events else []
    words = [sum_words(measure, total)]
    without = events - total.events
    if without:
        words.append(_without_figure(without))
    return words


def range_words(measure: Measure, low: int | None, high: int | None) -> str:
    """A filter by the range of a measure, e.g. "with 3 to 10 killed"."""
    return _("with {figures}").format(figures=measured(measure, bounds_words(low, high)))


def estimate_words(estimate: Estimate, side: Named | None) -> str:
    """An estimate of a claim, e.g. "3 to 5 killed (civilians)"; `side` is the actor it counts."""
    text = measured(estimate.measure, figure_words(estimate_figure(estimate)))
    who = _who(estimate, side)
    return _("{figure} ({who})").format(figure=text, who=comma(who)) if who else text


def _who(estimate: Estimate, side: Named | None) -> Sequence[str]:
    named = [isolate(name_of(side))] if side else [isolate(estimate.side)] if estimate.side else []
    return named if named or estimate.counted is Counted.EVERYONE else [label(estimate.counted)]
