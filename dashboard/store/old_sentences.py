"""English sentences of workspaces of versions 1 and 2 as messages, for the step to version 3.

These versions stored reasons and log entries as sentences, e.g. "told by a verb" -> the message
"reported by a verb". A sentence that none of the patterns matches, e.g. of a person, stays text.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from dashboard.model.message import Message, Names, StoredText, joined
from dashboard.model.rows import load_records

# Today's message of each sentence, and the names of the kinds of events that were suggested then.
_SENTENCES = Path(__file__).with_name("old_sentences.csv")
_KINDS = Path(__file__).with_name("old_kinds.csv")
_VALUES = {"date": "[0-9]{4}-[0-9]{2}-[0-9]{2}", "number": "[0-9]{1,9}", "year": "[0-9]{1,9}"}
# The placeholders of which the value is a sentence.
_NESTED = frozenset({"part", "rest", "what"})
# Longer sentences and deeper nesting are no log entries that were written in earnest.
_MAX_DEPTH, _MAX_LENGTH, _MAX_PARTS = 4, 2_000, 48
_BETWEEN = "; "


# Which sentences each field had; analysts typed their own into some of these fields too.
_REASON = frozenset({"reason"})
_PUBLISHED = frozenset({"reason", "published_reason"})
_WHY = frozenset({"why"})


@dataclass(frozen=True, slots=True)
class _Sentence:
    field: str
    sentence: str
    message: str


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: str
    name_ar: str


def message_of(sentence: str, fields: frozenset[str] = _PUBLISHED, depth: int = 0) -> StoredText:
    """The message that `sentence` was written from; the sentence itself if there is none.

    Only patterns of these `fields` are tried. `depth` is the number of sentences that contain this one.
    """
    if depth > _MAX_DEPTH or len(sentence) > _MAX_LENGTH:
        return sentence
    whole = _whole(sentence, fields, depth)
    if whole is not None:
        return whole
    parts = sentence.split(_BETWEEN)
    converted = [_whole(part, fields, depth) or part for part in parts]
    # Reasons of readings were joined; a person's text of an action may have a semicolon too.
    if fields == _WHY or len(parts) > _MAX_PARTS or converted == parts:
        return sentence
    return joined(*converted)


@cache
def _expressions(fields: frozenset[str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """A regular expression and the message of each pattern, those with most fixed text first."""
    rows = [row for row in load_records(_SENTENCES, _Sentence, "sentence") if row.field in fields]
    rows.sort(key=lambda row: len(re.sub(r"{\w+}", "", row.sentence)), reverse=True)
    return tuple((_expression(row.sentence), row.message) for row in rows)


@cache
def _kinds() -> dict[str, str]:
    return {row.kind: row.name_ar for row in load_records(_KINDS, _Kind, "kind")}


def _expression(pattern: str) -> re.Pattern[str]:
    def group(placeholder: re.Match[str]) -> str:
        return f"(?P<{placeholder[1]}>{_VALUES.get(placeholder[1], '.+?')})"

    return re.compile(re.sub(r"\\{(\w+)\\}", group, re.escape(pattern)), re.DOTALL)


@lru_cache(maxsize=65_536)
def _whole(sentence: str, fields: frozenset[str], depth: int) -> Message | None:
    for expression, msgid in _expressions(fields):
        if match := expression.fullmatch(sentence):
            values = match.groupdict()
            days = {"date": values.pop("date")} if "date" in values else {}
            with suppress(ValueError, KeyError):  # a day or a kind that there is not
                return Message(
                    msgid,
                    {name: _value(name, value, fields, depth) for name, value in values.items()},
                    {name: date.fromisoformat(value) for name, value in days.items()},
                )
    return None


def _value(name: str, text: str, fields: frozenset[str], depth: int) -> StoredText | int | Names:
    if name == "kind":
        return text, _kinds()[text]
    if name in {"number", "year"}:
        return int(text)
    return message_of(text, fields, depth + 1) if name in _NESTED else text


def convert_text(field: str, text: bytes | None) -> str | None:
    """The JSON of a sentence of the log, `field` is "what" or "why"; `None` if damaged. For SQL."""
    if text is None:
        return None
    try:
        sentence = text.decode()
    except UnicodeDecodeError:
        return None
    return msgspec.json.encode(message_of(sentence, frozenset({field}))).decode()


def convert_record(kind: bytes, value: bytes | None) -> str | None:
    """The JSON of a record with its sentences as messages; `None` if there are none. For SQL.

    Of a damaged record it is `None` too.
    """
    convert = _CONVERT.get(kind)
    if value is None or convert is None:
        return None
    try:
        fields = msgspec.json.decode(value)
        convert(fields)
    except (msgspec.MsgspecError, LookupError, TypeError, AttributeError, ValueError):
        return None
    return msgspec.json.encode(fields).decode()


def _convert_article(fields: Any) -> None:
    article = fields["article"]
    article["published_reason"] = message_of(article["published_reason"])


def _convert_event(fields: Any) -> None:
    event = fields["event"]
    event["date_reason"] = message_of(event["date_reason"], _REASON)
    for place in fields["places"]:
        place["note"] = place["note"] and message_of(place["note"], _REASON)


def _convert_suggestion(fields: Any) -> None:
    suggestion = fields["suggestion"]
    suggestion["date_reason"] = message_of(suggestion["date_reason"], _REASON)
    suggestion["reasons"] = [message_of(reason, _REASON) for reason in suggestion["reasons"]]
    fields["why"] = message_of(fields["why"], _WHY)


_CONVERT: dict[bytes, Callable[[Any], None]] = {
    b"article": _convert_article,
    b"event": _convert_event,
    b"suggestion": _convert_suggestion,
}
