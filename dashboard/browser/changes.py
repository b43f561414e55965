"""The changes of a log entry as an HTML table: record, field, before, after."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import msgspec

from dashboard.language.messages import N_, _, plural
from dashboard.language.stored_text import translate
from dashboard.language.words import without_isolates
from dashboard.model.message import Message
from dashboard.model.records import Difference
from dashboard.text.escape import escape

# An entry for 100 articles changes hundreds of records: the first ones are enough.
_MOST_ROWS = 60
_MOST_TEXT = 300
_HEADINGS = (N_("Record"), N_("Field"), N_("Before"), N_("After"))


def differences_html(differences: Sequence[Difference]) -> str:
    """One row per field that changed."""
    rows = [row for difference in differences[:_MOST_ROWS] for row in _rows(difference)]
    body = "".join(
        f'<tr><td><bdi dir="ltr">{escape(record)}</bdi></td><td dir="ltr">{escape(field)}</td>'
        f"<td><bdi>{escape(_cut(before))}</bdi></td><td><bdi>{escape(_cut(after))}</bdi></td></tr>"
        for record, field, before, after in rows[:_MOST_ROWS]
    )
    more = len(differences) - _MOST_ROWS
    note = ""
    if more > 0:
        message = plural("and {n} more record", "and {n} more records", more)
        note = f"<p class='muted'>{message}</p>"
    head = "".join(f"<th>{_(name)}</th>" for name in _HEADINGS)
    return (
        f'<table class="changes"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}'
    )


def _rows(difference: Difference) -> Iterator[tuple[str, str, str, str]]:
    name = f"{difference.kind.value.replace('_', ' ')} {difference.record_id}"
    if difference.before is None or difference.after is None:
        yield name, "", _whole(difference.before), _whole(difference.after)
        return
    before, after = _flat(difference.before), _flat(difference.after)
    for field in sorted(before.keys() | after.keys()):
        old, new = before.get(field, ""), after.get(field, "")
        if old != new:
            yield name, field, old, new


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
