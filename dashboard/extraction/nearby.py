"""Words that a cue needs or avoids near it, e.g. "raid" after "launched"."""

import re
from collections.abc import Sequence
from functools import cache, partial

from dashboard.text.by_word import ByWord
from dashboard.text.clitics import AND, CHAINS, DEFINITE_CHAINS

# Words before and after a cue among which a word that it needs is looked for.
NEEDS_BEFORE, NEEDS_AFTER = 4, 7
_PROCLITICS = "|".join((*DEFINITE_CHAINS, *CHAINS))
_SHORT = 4


def is_near(is_one: ByWord[bool], words: Sequence[str], at: int, before: int, after: int) -> bool:
    """Whether one of the words on both sides of a word, so many before and after it, is wanted."""
    wanted = is_one.__getitem__
    return any(map(wanted, words[max(0, at - before) : at])) or any(
        map(wanted, words[at + 1 : at + 1 + after])
    )


@cache
def one_of(wanted: tuple[str, ...]) -> ByWord[bool]:
    """Whether a word begins as one wanted, behind clitics or not; short words must be equal."""
    short = "|".join(re.escape(word) for word in wanted if len(word) < _SHORT)
    long = "|".join(re.escape(word) for word in wanted if len(word) >= _SHORT)
    forms = [f"{AND}?(?:{short})ا?\\Z"] if short else []
    forms += [f"(?:{_PROCLITICS})(?:{long})"] if long else []
    return ByWord(partial(_matches, "|".join(forms)))


def _matches(pattern: str, word: str) -> bool:
    return _compiled(pattern).match(word) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
