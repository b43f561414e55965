"""The changes of a log entry as an HTML table: record, field, before, after."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import msgspec

from dashboard.browser.links import href
from dashboard.browser.record_names import name_by_id, record_label
from dashboard.language.messages import N_, _, plural
from dashboard.language.stored_text import translate
from dashboard.language.words import without_isolates
from dashboard.model.corpus import Corpus
from dashboard.model.message import Message
from dashboard.model.records import Difference, Table
from dashboard.text.escape import escape

# On a page. An entry for 100 articles changes hundreds of records: the first ones are enough.
_MOST_ROWS = 60
_MOST_TEXT = 300
# The last part of fields that have the id of a record.
_REFERENCE = re.compile(r"(^|\.)(kind|value|\w*_id)$")
_HEADINGS = (N_("Record"), N_("Field"), N_("Before"), N_("After"))


def differences_html(
    differences: Sequence[Difference], corpus: Corpus, *, whole: bool = False
) -> str:
    """One row per field that changed, with the names of records in place of their ids.

    A page has the first rows, with texts cut, and says how many rows are left out; the events of its
    rows are links. `whole` has all rows, also each field of a record that was added or removed, and
    ids after the names; it is printed, so it has no links.
    """
    rows = [row for difference in differences for row in _rows(difference, corpus, whole=whole)]
    shown = rows if whole else rows[:_MOST_ROWS]
    body = "".join(_row_html(row, whole=whole) for row in shown)
    note = ""
    if left := len(rows) - len(shown):
        more = plural("and {n} more row", "and {n} more rows", left)
        note = f"<p class='muted'>{more}</p>"
    head = "".join(f"<th>{_(name)}</th>" for name in _HEADINGS)
    return (
        f'<table class="changes"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}'
    )


def _row_html(row: tuple[str, str, str, str], *, whole: bool) -> str:
    record, field, *values = row
    before, after = (escape(value if whole else _cut(value)) for value in values)
    return (
        f'<tr><td><bdi>{record}</bdi></td><td dir="ltr">{escape(field)}</td>'
        f"<td><bdi>{before}</bdi></td><td><bdi>{after}</bdi></td></tr>"
    )


def _rows(
    difference: Difference, corpus: Corpus, *, whole: bool
) -> Iterator[tuple[str, str, str, str]]:
    name = _record_html(difference, corpus, whole=whole)
    if difference.before is None or difference.after is None:
        yield name, "", _whole(difference.before), _whole(difference.after)
        if not whole:
            return
    before, after = _flat(difference.before or {}), _flat(difference.after or {})
    for field in sorted(before.keys() | after.keys()):
        old, new = before.get(field, ""), after.get(field, "")
        if old != new:
            shown = [_named(field, value, corpus, whole=whole) for value in (old, new)]
            yield name, field, shown[0], shown[1]


def _record_html(difference: Difference, corpus: Corpus, *, whole: bool) -> str:
    """The name of a record; an event that is here now is a link, so that one leads to the other."""
    name, record_id = escape(record_label(difference, corpus)), difference.record_id
    if whole:
        return f"{name} ({escape(record_id)})"
    if difference.kind is Table.EVENT and record_id in corpus.events.events:
        return f'<a href="{href("review", event=record_id)}">{name}</a>'
    return name


def _named(field: str, value: str, corpus: Corpus, *, whole: bool) -> str:
    """The name in place of the id of a record; `whole` has the id too, so that nothing is lost.

    Only in fields that refer to records: a text that somebody typed may look like an id.
    """
    name = name_by_id(corpus, value) if _REFERENCE.search(field) else ""
    if name and whole:
        return f"{name} ({value})"
    return name or value


def _whole(record: Mapping[str, object] | None) -> str:
    return "—" if record is None else _("added") if record else ""


def _flat(record: Mapping[str, object]) -> dict[str, str]:
    return dict(_fields("", record))


def _fields(path: str, value: object) -> Iterator[tuple[str, str]]:
    if (stored := _message(value)) is not None:
        # Escaping shows controls of direction as codes; the cell is isolated as a whole.
        yield path, without_isolates(translate(stored))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _fields(f"{path}.{key}" if path else str(key), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _fields(f"{path}[{number}]", inner)
    elif value is not None:
        yield path, str(value)


def _message(value: object) -> Message | None:
    with suppress(msgspec.ValidationError):
        return msgspec.convert(value, Message)
    return None


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]} …"
