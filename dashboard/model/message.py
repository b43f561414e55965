"""Messages stored with their parameters, e.g. "reckoned from publication on {date}" and a day.

A reason or a log entry is stored when a text is read or a decision is taken, and is shown later to
readers of any language, so the message is stored untranslated and its values apart from it.
"""

import re
from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import Annotated, TypeAlias

import msgspec

MAX_DEPTH = 64
_PLACEHOLDER = re.compile(r"{(\w+)}")
# A name that the data have in English and in Arabic, e.g. of a kind of event.
Names: TypeAlias = tuple[str, str]


class Message(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An English message with named placeholders, e.g. "{number} km away", and their values.

    Days are apart from the other values, as JSON has no type for them. A message may be the value of
    another. `str()` is the English text.
    """

    msgid: Annotated[str, msgspec.Meta(min_length=1)] = msgspec.field(name="message")
    parameters: "dict[str, str | int | Names | Message]" = {}
    dates: dict[str, date] = {}

    def __hash__(self) -> int:
        """Equal messages have equal texts; the values, which are dicts, have no hash."""
        return hash(self.msgid)

    def __str__(self) -> str:
        """The English text; days are ISO dates."""
        return self.fill(self.msgid, _english, date.isoformat)

    def fill(
        self,
        template: str,
        show_value: "Callable[[str | int | Names | Message], str]",
        show_day: Callable[[date], str],
    ) -> str:
        """Put the shown values in place of each `{name}` of `template`.

        Values are never read as templates, unlike by `str.format`. Of messages that are nested deeper
        than any of the program, e.g. in a damaged file, the template is returned as it is.
        """
        if self.depth > MAX_DEPTH:
            return template
        values = {name: show_value(value) for name, value in self.parameters.items()}
        values |= {name: show_day(value) for name, value in self.dates.items()}
        return _PLACEHOLDER.sub(lambda name: values.get(name[1], name[0]), template)

    @property
    def depth(self) -> int:
        """The number of messages nested in each other, this one included."""
        depth, nested = 0, [self]
        while nested:
            depth += 1
            values = chain.from_iterable(each.parameters.values() for each in nested)
            nested = [value for value in values if isinstance(value, Message)]
        return depth


# A message of the program, or a text by a person, which is shown as it is. In JSON the first is an
# object and the second a string, so that no text can be taken for a message.
StoredText: TypeAlias = Message | str


def message(msgid: str, **values: StoredText | int | Names | date) -> Message:
    """A message with the values of its placeholders; `msgid` is a literal, for the catalogue."""
    if not values:
        return Message(msgid)
    dates = {name: value for name, value in values.items() if isinstance(value, date)}
    others = {name: value for name, value in values.items() if not isinstance(value, date)}
    return Message(msgid, others, dates)


def joined(first: StoredText, *others: StoredText) -> StoredText:
    """Several reasons as one, in English with a semicolon between them."""
    return Message(_BOTH, {"first": first, "second": joined(*others)}) if others else first


def _english(value: StoredText | int | Names) -> str:
    return value[0] if isinstance(value, tuple) else str(value)


_BOTH = message("{first}; {second}").msgid
