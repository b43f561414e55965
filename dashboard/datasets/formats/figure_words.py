"""Figures in words, e.g. "خمسة عشر" -> 15, "3 مدنيين" -> 3, "dozens" -> at least 24.

The words are those of articles (`data/lexicon/figure_words.csv`, `number_words.csv`), with the same
meaning: see docs/codebook.md, "Estimates".
"""

import re
from collections.abc import Sequence

from dashboard.extraction.figure_amounts import Amounts, begins_amount
from dashboard.extraction.figure_words import WordClass, lookup
from dashboard.model.estimate import Measure
from dashboard.text.clitics import AND
from dashboard.text.normalise import fold
from dashboard.text.numbers import begins_number
from dashboard.text.words import texts_of, words_of

# Signs may change a number, as in "5?" and "-5", or part two, as in "5 (2)".
_WORDS = re.compile(r"[^\W_]+(?: [^\W_]+)*\.?")
_DOZEN = "dozen"
_BEFORE_DOZEN = {"a": 1, "one": 1, "two": 2, "three": 3}

# The ending of the two of whom a noun speaks, as "قتيلان".
_DUAL = "ان"


def figure_in_words(text: str, measure: Measure) -> dict[str, int] | None:
    """The bounds "low", "best" and "high" that all words of a cell give; `None` if they give none.

    A word for another measure, as "5 wounded" in a column of the dead, gives none.
    """
    folded = " ".join(fold(text).split())
    # Folded, "7²" would be 72.
    raised = any(each.isnumeric() and not each.isdecimal() for each in text)
    if raised or not _WORDS.fullmatch(folded):
        return None
    words = list(texts_of(words_of(folded)))
    if len(words) == 2 and words[1] == _DOZEN and words[0] in _BEFORE_DOZEN:
        return {"best": 12 * _BEFORE_DOZEN[words[0]]}
    if (
        len(words) == 1
        and words[0].endswith(_DUAL)
        and lookup(words[0], WordClass.VICTIM) == measure
    ):
        return {"best": 2}
    if not _counts(words, measure):
        return None
    return _amount(words)


def _amount(words: Sequence[str]) -> dict[str, int] | None:
    """The bounds of the amount that is all of the words."""
    amounts = Amounts(words, [False] * len(words))
    at = next((at for at, word in enumerate(words) if begins_amount(word)), None)
    amount = None if at is None else amounts.amount(at)
    if amount is None or (amount.first, amount.last) != (0, len(words)):
        return None
    if amount.low == amount.high and amount.low is not None:
        return {"best": amount.low}
    bounds = {"low": amount.low, "high": amount.high}
    return {name: number for name, number in bounds.items() if number is not None}


def _counts(words: Sequence[str], measure: Measure) -> bool:
    """Whether all words may be of one amount of the measure.

    Not those with others whom "and" joins to them, or with a unit as "families".
    """
    return not any(
        (lookup(word, WordClass.VICTIM) or measure) != measure
        or (lookup(word, WordClass.VEHICLE) is not None and measure is not Measure.VEHICLES)
        or lookup(word, WordClass.UNIT) is not None
        or (word.startswith(AND) and not begins_number(word))
        for word in words
    )
