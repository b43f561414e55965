"""Questions about values of a table that its check did not understand, e.g. what "Kinetic event" is.

A question stays after its answer, so that it can be corrected.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import streamlit as st

from dashboard.datasets.formats.answers import Answers, DateCells, DateNumbers, ZeroCoordinates
from dashboard.datasets.formats.notices import OTHER_VALUES, NoticeKind
from dashboard.language.messages import N_, _, plural
from dashboard.language.names import both_names, name_of
from dashboard.language.words import isolate
from dashboard.model.corpus import Corpus
from dashboard.model.event import EventKind
from dashboard.model.place import Place
from dashboard.text.escape import escape_markdown
from dashboard.ui.state.session import SessionValue

# Names of kinds that are asked about; a table with more has another text in that column.
_MOST_KINDS = 30
_DATE_NUMBERS: dict[str, str] = {
    DateNumbers.SPREADSHEET_1900: N_("days of a spreadsheet since 1900"),
    DateNumbers.SPREADSHEET_1904: N_("days of a spreadsheet since 1904"),
    DateNumbers.UNIX_SECONDS: N_("seconds since 1970"),
    DateNumbers.UNIX_MILLISECONDS: N_("milliseconds since 1970"),
}
_DATE_CELLS: dict[str, str] = {
    DateCells.RIGHT: N_("They are right"),
    DateCells.SWAPPED: N_("Day and month are swapped in them"),
}
_ZERO: dict[str, str] = {
    ZeroCoordinates.NONE: N_("No coordinates"),
    ZeroCoordinates.POINT: N_("A point at sea in the Gulf of Guinea"),
}
_CHANGED_IDS: dict[str, str] = {
    "update": N_("The same events: update them"),
    "add": N_("Other events: add them"),
}
_LIKE_ROWS: dict[str, str] = {
    "replace": N_("Corrections: put them in the place of those events"),
    "add": N_("Other events: add them"),
}
# The question and the choices by field of `Answers`.
_QUESTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "date_numbers": (N_("Numbers in the column of dates, as {example}, are"), _DATE_NUMBERS),
    "date_cells": (
        N_("Date cells beside dates as text: a spreadsheet may have read {example} wrongly"),
        _DATE_CELLS,
    ),
    "zero_coordinates": (N_("Coordinates 0, 0 are"), _ZERO),
    "changed_ids": (
        N_("Rows whose id the dataset has for another day or place, as {example}, are"),
        _CHANGED_IDS,
    ),
    "like_rows": (
        N_("Rows without an id that are like an event of the dataset, as {example}, are"),
        _LIKE_ROWS,
    ),
}


@dataclass
class Asked:
    """What the checks of one file did not understand.

    `kinds` are numbers of rows by name of a kind, `places` the ids of the places that have a name.
    `options` has the other questions, by field of `Answers`, with an example or a number.
    """

    file: str
    kinds: dict[str, int] = field(default_factory=dict)
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)

    def add(self, report: Mapping[str, Any]) -> None:
        """Add what a check reports."""
        by_notice = {
            NoticeKind.NUMBER_AS_DATE: "date_numbers",
            NoticeKind.DATE_CELL: "date_cells",
            NoticeKind.ZERO_COORDINATES: "zero_coordinates",
        }
        for kind, _column, value, meaning, count in report.get("notices", ()):
            if value == OTHER_VALUES:
                continue
            if kind == NoticeKind.SEVERAL_PLACES and meaning:
                self.places.setdefault(value, tuple(meaning.split()))
            elif kind == NoticeKind.UNKNOWN_KIND:
                self.kinds.setdefault(value, count)
            elif kind in by_notice:
                self.options.setdefault(by_notice[NoticeKind(kind)], value)
        written = report.get("written") or {}
        for count_name, option in (
            ("changed_ids_added", "changed_ids"),
            ("like_rows_added", "like_rows"),
        ):
            if written.get(count_name):
                examples = written.get("examples", {}).get(count_name, ())
                self.options.setdefault(option, ", ".join(map(str, examples)))


_ASKED = SessionValue[Asked | None]("import_asked", None)


def asked_about(file: str) -> Asked:
    """What was asked about this version of a file so far; another file begins anew."""
    asked = _ASKED.get()
    if asked is None or asked.file != file:
        asked = Asked(file)
        _ASKED.set(asked)
    return asked


def value_answers(asked: Asked, corpus: Corpus, before: Answers) -> Answers:
    """Show the questions; returns the answers, and those `before` to what is not asked."""
    if not (asked.kinds or asked.places or asked.options):
        return before
    with st.container(border=True, key="import_values"):
        heading = _("Questions about the values")
        st.markdown(f"**{heading}**")
        st.caption(
            _("What you do not answer is imported as unknown: without a kind, a date or a place.")
        )
        kinds = dict(before.kinds) | _kinds(asked, corpus.lexicon.kinds)
        places = dict(before.places) | _places(asked, corpus.gazetteer.places)
        options = {name: _option(name, example) for name, example in asked.options.items()}
    given = {name: value for name, value in options.items() if value}
    return msgspec.structs.replace(before, kinds=kinds, places=places, **given)


def _kinds(asked: Asked, kinds: Mapping[str, EventKind]) -> dict[str, str]:
    """Show a select box for each name of a kind, the most frequent first."""
    ordered = sorted(asked.kinds.items(), key=lambda item: -item[1])
    chosen = {}
    for row in range(0, min(len(ordered), _MOST_KINDS), 2):
        for column, (name, count) in zip(st.columns(2), ordered[row : row + 2], strict=False):
            rows = plural("{n} row", "{n} rows", count)
            chosen[name] = column.selectbox(
                f"{isolate(escape_markdown(name))} ({rows})",
                sorted(kinds, key=lambda kind: name_of(kinds[kind])),
                index=None,
                format_func=lambda kind: name_of(kinds[kind]),
                placeholder=_("Unknown kind"),
                key=f"import_kind_{asked.file}_{name}",
            )
    if (more := len(ordered) - _MOST_KINDS) > 0:
        st.caption(plural("and {n} more value", "and {n} more values", more))
    return {name: kind for name, kind in chosen.items() if kind}


def _places(asked: Asked, places: Mapping[str, Place]) -> dict[str, str]:
    """Show a select box for each name that several places have."""
    chosen = {}
    for name, ids in list(asked.places.items())[:_MOST_KINDS]:
        chosen[name] = st.selectbox(
            _("Place of {name}").format(name=isolate(escape_markdown(name))),
            [place_id for place_id in ids if place_id in places],
            index=None,
            format_func=lambda place_id: _place_label(places[place_id]),
            placeholder=_("Without a place"),
            key=f"import_place_{asked.file}_{name}",
        )
    return {name: place_id for name, place_id in chosen.items() if place_id}


def _place_label(place: Place) -> str:
    """The name of a place and its coordinates, as others of the name are near to it at times."""
    return f"{both_names(place)} ({place.lat:.3f}, {place.lon:.3f})"


def _option(name: str, example: str) -> str | None:
    label, choices = _QUESTIONS[name]
    return st.selectbox(
        _(label).format(example=isolate(escape_markdown(example))),
        list(choices),
        index=None,
        format_func=lambda choice: _(choices[choice]),
        placeholder=_("choose"),
        key=f"import_option_{name}",
    )
