"""Clitics: the short words that Arabic writes joined to a word, e.g. "وبقرية" = و + ب + قرية.

Proclitics come before a word, always in this order: conjunction, preposition, article. Enclitics are
pronouns after it. All are given as folded text has them (`text.normalise.fold`).
Source: Habash, "Introduction to Arabic Natural Language Processing" (2010), chapter 4.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache, wraps
from itertools import product
from typing import TypeVar, cast

# Conjunction proclitics: "and"; "and so, then".
AND, THEN = "و", "ف"
CONJUNCTIONS = (AND, THEN)
# Preposition proclitics: "in, at, by"; "as, like"; "to, for, of".
IN, AS, TO = "ب", "ك", "ل"
PREPOSITIONS = (IN, AS, TO)
# The definite article, and what "to" and the article become when they meet: ل + القرية = للقرية.
ARTICLE, TO_THE = "ال", "لل"
# The particle before an imperfect verb that makes it a future one: سيقصف, "will shell".
FUTURE = "س"
# Enclitic pronouns of the third person: him/his and her; and their plural and dual.
SINGULAR_PRONOUNS = ("ه", "ها")
PRONOUNS = (*SINGULAR_PRONOUNS, "هم", "هما")

# All chains of a conjunction and a preposition, each of them optional; the first chain is empty.
CHAINS = tuple(map("".join, product(("", *CONJUNCTIONS), ("", *PREPOSITIONS))))
# The same chains with the article: "ال", "بال", "كال", "لل", "وال", ...
DEFINITE_CHAINS = tuple(
    chain.removesuffix(TO) + TO_THE if chain.endswith(TO) else chain + ARTICLE for chain in CHAINS
)
# What may stand before a name or number that is looked for without its article. Not the contracted
# "لل": a name that has the article, "الحي", is looked for as "للحي" too.
PROCLITICS = frozenset(CHAINS) | {chain + ARTICLE for chain in CHAINS}


_F = TypeVar("_F", bound=Callable[..., object])
# Longer ones are no words, and are not cached.
_LONGEST = 40


def cached_by_word(function: _F) -> _F:
    """The function of a word with its results cached: a few thousand words are most of all articles."""
    cached = lru_cache(maxsize=65_536)(function)

    @wraps(function)
    def call(word: str, *others: Hashable) -> object:
        return cached(word, *others) if len(word) <= _LONGEST else function(word, *others)

    return cast("_F", call)


def bases(word: str) -> Sequence[str]:
    """The word, then what is left of it behind each chain that it begins with.

    E.g. "وبقريه" -> "وبقريه", "بقريه", "قريه". Only a lexicon can say which of them is the word.
    """
    # Most words begin with another letter.
    return _bases(word) if word[:1] in _FIRST_LETTERS else (word,)


@cached_by_word
def _bases(word: str) -> Sequence[str]:
    return tuple(word[len(chain) :] for chain in CHAINS if word.startswith(chain))


_FIRST_LETTERS = frozenset((*CONJUNCTIONS, *PREPOSITIONS))


@cached_by_word
def definite_base(word: str) -> str | None:
    """What is left of the word behind a chain with the article, e.g. "للقريه" -> "قريه"; else `None`."""
    return next((word[len(c) :] for c in DEFINITE_CHAINS if word.startswith(c)), None)
