"""Questions about values of a table that its check did not understand, e.g. what "Kinetic event" is.

A question stays after its answer, so that it can be corrected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import streamlit as st

from dashboard.datasets.formats.answers import (
    NO_ANSWERS,
    Answers,
    DateCells,
    DateNumbers,
    ZeroCoordinates,
)
from dashboard.datasets.formats.notices import OTHER_VALUES, NoticeKind
from dashboard.language.labels import sentence_case
from dashboard.language.messages import N_, _, plural
from dashboard.language.names import both_names, name_of
from dashboard.language.words import from_left, isolate
from dashboard.model.corpus import Corpus
from dashboard.model.event import EventKind
from dashboard.model.place import Place
from dashboard.text.escape import escape_markdown
from dashboard.ui.data.name_fields import NameFields
from dashboard.ui.state.session import SessionValue, choice_field

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
# The question, with an example and without, and the choices by field of `Answers`.
_QUESTIONS: dict[str, tuple[str, str, dict[str, str]]] = {
    "date_numbers": (
        N_("Numbers in the column of dates, as {example}, are"),
        N_("Numbers in the column of dates are"),
        _DATE_NUMBERS,
    ),
    "date_cells": (
        N_("Date cells beside dates as text: a spreadsheet may have read {example} wrongly"),
        N_("Date cells beside dates as text: a spreadsheet may have read them wrongly"),
        _DATE_CELLS,
    ),
    "zero_coordinates": (N_("Coordinates 0, 0 are"), N_("Coordinates 0, 0 are"), _ZERO),
    "changed_ids": (
        N_("Rows whose id the dataset has for another day or place, as {example}, are"),
        N_("Rows whose id the dataset has for another day or place are"),
        _CHANGED_IDS,
    ),
    "like_rows": (
        N_("Rows without an id that are like an event of the dataset, as {example}, are"),
        N_("Rows without an id that are like an event of the dataset are"),
        _LIKE_ROWS,
    ),
}


@dataclass
class Asked:
    """What the checks of one file did not understand, and the answers so far.

    `kinds` are numbers of rows by name of a kind, `places` the ids of the places that have a name.
    `options` has the other questions, by field of `Answers`, with an example or a number. `earlier` are
    the answers of an earlier import, with which the answers begin: to kinds and places by name, and to
    the other questions by field of `Answers`.
    """

    file: str
    kinds: dict[str, int] = field(default_factory=dict)
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    earlier: Answers = NO_ANSWERS
    kind_answers: dict[str, str] = field(default_factory=dict)
    place_answers: dict[str, str] = field(default_factory=dict)
    option_answers: dict[str, str] = field(default_factory=dict)

    def add(self, report: Mapping[str, Any]) -> None:
        """Add what a check reports."""
        by_notice = {
            NoticeKind.NUMBER_AS_DATE: "date_numbers",
            NoticeKind.DATE_CELL: "date_cells",
            NoticeKind.ZERO_COORDINATES: "zero_coordinates",
        }
        notices = (*report.get("open", ()), *report.get("notices", ()))
        for kind, _column, value, meaning, count in notices:
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

    def begin_with(self, earlier: Answers) -> None:
        """Take the answers of an earlier import; those of another one before are dropped."""
        if earlier != self.earlier:
            self.drop_earlier()
            self.earlier = earlier
            self.kind_answers |= earlier.kinds
            self.place_answers |= earlier.places
            self.option_answers |= _options_of(earlier)

    def drop_earlier(self) -> None:
        """Drop the answers to all that an earlier import has answers to."""
        for answers, earlier in (
            (self.kind_answers, self.earlier.kinds),
            (self.place_answers, self.earlier.places),
            (self.option_answers, _options_of(self.earlier)),
        ):
            for name in earlier:
                answers.pop(name, None)

    def answers(self) -> Answers:
        """All answers."""
        fields = {
            "kinds": self.kind_answers,
            "places": self.place_answers,
            **self.option_answers,
        }
        return msgspec.convert(fields, Answers)


_ASKED = SessionValue[Asked | None]("import_asked", None)


def asked_about(file: str) -> Asked:
    """What was asked about this version of a file so far; another file begins anew."""
    asked = _ASKED.get()
    if asked is None or asked.file != file:
        asked = Asked(file)
        _ASKED.set(asked)
    return asked


def value_answers(asked: Asked, corpus: Corpus, earlier: Answers) -> Answers:
    """Show the questions, and the answers of an earlier import to be changed; returns all answers."""
    asked.begin_with(earlier)
    earlier_options = _options_of(earlier)
    new = (
        [name for name in asked.kinds if name not in earlier.kinds],
        [name for name in asked.places if name not in earlier.places],
        [name for name in asked.options if name not in earlier_options],
    )
    if any(new):
        with st.container(border=True, key="import_values"):
            heading = _("Questions about the values")
            st.markdown(f"**{heading}**")
            st.caption(
                _(
                    "What you do not answer is imported as unknown: without a kind, a date or a place."
                )
            )
            _fields(asked, corpus, "new", *new)
    if total := len(earlier.kinds) + len(earlier.places) + len(earlier_options):
        label = plural(
            "{n} answer of an earlier import is used",
            "{n} answers of an earlier import are used",
            total,
        )
        with st.expander(label, key="import_earlier"):
            _fields(asked, corpus, "earlier", earlier.kinds, earlier.places, earlier_options)
            st.button(_("Use none of them"), key="import_drop", on_click=asked.drop_earlier)
    return asked.answers()


def _options_of(answers: Answers) -> dict[str, str]:
    """The answers to questions that are not about one name, by field of `Answers`."""
    given = {name: getattr(answers, name) for name in _QUESTIONS}
    return {name: str(value) for name, value in given.items() if value}


def _fields(
    asked: Asked,
    corpus: Corpus,
    key: str,
    kinds: Iterable[str],
    places: Iterable[str],
    options: Iterable[str],
) -> None:
    """Show the fields of these names and questions."""
    _kind_fields(asked, corpus.lexicon.kinds, key, kinds).draw()
    _place_fields(asked, corpus.gazetteer.places, key, places).draw()
    for name in options:
        _option(asked, name)


def _kind_fields(
    asked: Asked, kinds: Mapping[str, EventKind], key: str, names: Iterable[str]
) -> NameFields:
    """A field for each name of a kind, the most frequent first."""
    labels = {}
    for name in sorted(names, key=lambda name: -asked.kinds.get(name, 0)):
        rows = plural("{n} row", "{n} rows", asked.kinds.get(name, 0))
        labels[name] = f"{_plain(name)} ({rows})" if name in asked.kinds else _plain(name)
    ordered = sorted(kinds, key=lambda kind: name_of(kinds[kind]))
    return NameFields(
        f"import_kind_{key}_{asked.file}",
        labels,
        lambda _name: ordered,
        lambda kind: sentence_case(name_of(kinds[kind])),
        _("Unknown kind"),
        asked.kind_answers,
        ordered,
    )


def _place_fields(
    asked: Asked, places: Mapping[str, Place], key: str, names: Iterable[str]
) -> NameFields:
    """A field for each name that several places have."""
    labels = {name: _("Place of {name}").format(name=_plain(name)) for name in names}

    def choices(name: str) -> list[str]:
        # Of an earlier answer the other places are not known before the next check without it.
        ids = dict.fromkeys((*asked.places.get(name, ()), asked.earlier.places.get(name, "")))
        return [place_id for place_id in ids if place_id in places]

    return NameFields(
        f"import_place_{key}_{asked.file}",
        labels,
        choices,
        lambda place_id: _place_label(places[place_id]),
        _("Without a place"),
        asked.place_answers,
    )


def _plain(name: str) -> str:
    return isolate(escape_markdown(name))


def _place_label(place: Place) -> str:
    """The name of a place and its coordinates, as others of the name are near to it at times."""
    return f"{both_names(place)} {from_left(f'({place.lat:.3f}, {place.lon:.3f})')}"


def _option(asked: Asked, name: str) -> None:
    with_example, without, choices = _QUESTIONS[name]
    example = asked.options.get(name, "")
    label = _(with_example).format(example=_plain(example)) if example else _(without)

    def answer(choice: str | None) -> None:
        if choice:
            asked.option_answers[name] = choice
        else:
            asked.option_answers.pop(name, None)

    st.selectbox(
        label,
        list(choices),
        index=None,
        format_func=lambda choice: _(choices[choice]),
        placeholder=_("choose"),
        **choice_field(f"import_option_{name}", asked.option_answers.get(name), answer, choices),
    )
