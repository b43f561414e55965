"""Words that a cue needs or avoids near it, e.g. "raid" after "launched"."""

import re
from collections.abc import Sequence
from functools import cache

from dashboard.extraction.sentence import Word
from dashboard.text.clitics import AND, CHAINS, DEFINITE_CHAINS

# Words before and after a cue among which a word that it needs is looked for.
NEEDS_BEFORE, NEEDS_AFTER = 4, 7
_PROCLITICS = "|".join((*DEFINITE_CHAINS, *CHAINS))
_SHORT = 4


def words_around(words: Sequence[Word], at: int, before: int, after: int) -> str:
    """The words on both sides of a word, without it, each between two spaces."""
    near = (*words[max(0, at - before) : at], *words[at + 1 : at + 1 + after])
    return f" {'  '.join(word.text for word in near)} "


@cache
def any_of(wanted: tuple[str, ...]) -> re.Pattern[str]:
    """Finds a word that begins as one wanted, behind clitics or not; short words must be equal."""
    short = "|".join(re.escape(word) for word in wanted if len(word) < _SHORT)
    long = "|".join(re.escape(word) for word in wanted if len(word) >= _SHORT)
    forms = [f"{AND}?(?:{short})ا? "] if short else []
    forms += [f"(?:{_PROCLITICS})(?:{long})"] if long else []
    return re.compile(f" (?:{'|'.join(forms)})")
