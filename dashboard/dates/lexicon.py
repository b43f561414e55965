"""Load the words of dates by role, e.g. month: "شباط" -> 2, from data/lexicon/date_words.csv."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.normalise import fold

_FILE = DATA / "lexicon" / "date_words.csv"


@dataclass(frozen=True, slots=True)
class _DateWord:
    role: str
    word: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class DateWords:
    """Role -> folded word -> its value, as in the table."""

    roles: Mapping[str, Mapping[str, str]]

    def value(self, role: str, word: str) -> str:
        """The value of a word in a role; raises KeyError if the word does not have this role."""
        return self.roles[role][word]

    def number(self, role: str, word: str) -> int:
        """The value as a whole number."""
        return int(self.roles[role][word])

    def one_of(self, *roles: str) -> str:
        """A pattern for any word of these roles."""
        return alternatives(word for role in roles for word in self.roles[role])


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, so that a prefix does not match before it."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def load_words(path: Path = _FILE) -> DateWords:
    """Read the table once; raises DataError if it is faulty."""
    roles: dict[str, dict[str, str]] = defaultdict(dict)
    for row in load_records(path, _DateWord):
        roles[row.role][fold(row.word)] = row.value
    return DateWords(dict(roles))
