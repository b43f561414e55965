"""The words of a single file that the page of the program does not have."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.export.coarsen import LABELS, Coarseness
from dashboard.language.messages import _, plural, plural_forms
from dashboard.language.numbers import in_digits, number
from dashboard.language.words import arrow, day, isolate
from dashboard.settings import PROGRAM

# A browser draws so many events in about a second after each click; more are for the program itself.
MOST_EVENTS = 5_000


def too_many_events() -> str:
    """Why there is no file of so many events, and what to do."""
    text = _("One page has at most {most} events: use narrower filters, or another format.")
    return text.format(most=number(MOST_EVENTS))


def single_file_words() -> str:
    """What the file is, for those who are about to write it."""
    return _(
        "Map, timeline, filters, list and evidence in one file, in both languages. A double click opens "
        "it in a browser, without this program and without a network. Captured files are not in it."
    )


def file_words() -> dict[str, object]:
    """The words of the file's own controls."""
    return {
        "language": _("Language"),
        "filters": _("Filters"),
        "search": _("Search text"),
        "placeholder": _("Search in English or Arabic"),
        "map": _("Map"),
        "events_list": _("Events"),
        "evidence": _("Evidence"),
        "back": _("Back to the list"),
        "reset": _("Reset"),
        "certain": _("Certain dates only"),
        "all_places": _("All places"),
        "print": _("Print"),
        "shown": plural_forms("Shown: {shown} of {n} event", "Shown: {shown} of {n} events"),
        "possible": _(" ({certain} within the dates, {possible} possibly)"),
        "unplaced": plural_forms("{n} of them not on the map", "{n} of them not on the map"),
        "undated": plural_forms(
            "{n} undated event left out by the dates", "{n} undated events left out by the dates"
        ),
        "here": plural_forms("{n} event at {places}", "{n} events at {places}"),
        "more": plural_forms("{n} more", "{n} more"),
        "more_places": plural_forms("{places} and {n} more", "{places} and {n} more"),
        "joined": _("{sum}; {rest}"),
        "nothing": _("No event matches. Widen or remove a filter, or use Reset."),
        "arrow": arrow(),
        "about": _("About this file"),
    }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a file does not have: places finer than `level`, so many captured files, and by choice.

    `authors` are the names of analysts, `grounds` the basemap or layers of files that the map shows,
    `shading` the squares coloured by numbers of events.
    """

    level: Coarseness
    captures: int = 0
    authors: bool = False
    grounds: bool = False
    shading: bool = False


def about_lines(made: datetime, version: str, left_out: LeftOut) -> list[str]:
    """When and from what the file was made, what it has and what was left out, a sentence each."""
    time = f"{day(made.date())} {in_digits(f'{made:%H:%M}')} UTC"
    return [
        _("Made on {time} by Event map {program}, from version {version} of the data.").format(
            time=isolate(time), program=isolate(PROGRAM), version=isolate(version)
        ),
        _(
            "It opens without a server and asks nothing of any network. It does not follow the data."
        ),
        *left_out_lines(left_out),
    ]


def left_out_lines(left_out: LeftOut) -> list[str]:
    """The credit of places and basemap, and what a file to hand over does not have."""
    lines = [
        _("Places and basemap: GeoNames (CC BY 4.0), Natural Earth, WDBII."),
        _less_precise(left_out.level),
    ]
    if left_out.grounds:
        lines.append(_("Left out: the basemap and the layers that come from files."))
    if left_out.shading:
        lines.append(
            _("Left out: squares coloured by numbers of events. The map of this file has marks.")
        )
    if files := left_out.captures:
        lines.append(plural("Left out: {n} captured file.", "Left out: {n} captured files.", files))
    if left_out.authors:
        lines.append(
            _("Left out: the names of analysts. What they wrote is unchanged, and may have names.")
        )
    return lines


def _less_precise(level: Coarseness) -> str:
    if level is Coarseness.ORIGINAL:
        return _("Left out: the articles, except for the sentences of the claims.")
    text = _(
        "Places are less precise than in the data ({level}). Titles, summaries and quotations are as "
        "they were, and may name places. Left out: filters by place and searched words, articles except "
        "for the quoted words, columns of imported rows, and the grounds of judgements."
    )
    return text.format(level=isolate(_(LABELS[level])))
