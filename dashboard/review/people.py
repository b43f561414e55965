"""The people whom a comment mentions, e.g. "@Rana, is this the bridge of 2017?" mentions Rana."""

import re
from collections.abc import Iterable, Iterator, Mapping

# Not that of an address of e-mail.
_AT = "(?<![A-Za-z0-9._%+-])@"
# The name of an account as the log has it: "Rana Haddad (rana@example.org)".
_WITH_ACCOUNT = re.compile(r"(.+) \(([^()]+)\)")


def mentioned(text: str, people: Iterable[str]) -> tuple[str, ...]:
    """The people whose names follow an @ in the text, in the order of the text.

    A name is the whole one, or that of the person or the account alone; of several names that fit the
    longest counts. Two people of one name are both mentioned. An address of e-mail is no mention.
    """
    called = _by_name(people)
    found = (called.get(each[1].lower(), ()) for each in _mentions(text, called))
    return tuple(dict.fromkeys(person for people_of_name in found for person in people_of_name))


def mention_spans(text: str, people: Iterable[str]) -> list[tuple[int, int]]:
    """Start and end of each mention of these people in the text, with its @."""
    return [each.span() for each in _mentions(text, _by_name(people))]


def not_mentioned(text: str, people: Iterable[str]) -> list[str]:
    """The words after an @ that are the name of none of these people, e.g. "@Ranna"."""
    starts = {start for start, _end in mention_spans(text, people)}
    found = re.finditer(rf"{_AT}\w+", text)
    return list(dict.fromkeys(each[0] for each in found if each.start() not in starts))


def _mentions(text: str, names: Iterable[str]) -> Iterator[re.Match[str]]:
    longest_first = sorted(names, key=len, reverse=True)
    if not longest_first:
        return iter(())
    either = "|".join(re.escape(name) for name in longest_first)
    return re.finditer(rf"{_AT}({either})(?!\w)", text, re.IGNORECASE)


def _by_name(people: Iterable[str]) -> Mapping[str, list[str]]:
    called: dict[str, list[str]] = {}
    for person in people:
        parts = _WITH_ACCOUNT.fullmatch(person)
        for name in (person, *(parts.groups() if parts else ())):
            if name.strip():
                called.setdefault(name.lower(), []).append(person)
    return called
