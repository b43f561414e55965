"""Clitics: the short words that Arabic writes joined to a word, e.g. "وبقرية" = و + ب + قرية.

Proclitics come before a word, always in this order: conjunction, preposition, article. Enclitics are
pronouns after it. All are given as folded text has them (`text.normalise.fold`).
Source: Habash, "Introduction to Arabic Natural Language Processing" (2010), chapter 4.
"""

from collections.abc import Sequence
from itertools import product

from dashboard.text.by_word import cached_by_word

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


@cached_by_word
def bases(word: str) -> Sequence[str]:
    """The word, then what is left of it behind each chain that it begins with.

    E.g. "وبقريه" -> "وبقريه", "بقريه", "قريه". Only a lexicon can say which of them is the word.
    """
    return tuple(word[len(chain) :] for chain in CHAINS if word.startswith(chain))


@cached_by_word
def definite_base(word: str) -> str | None:
    """What is left of the word behind a chain with the article, e.g. "للقريه" -> "قريه"; else `None`."""
    return next((word[len(c) :] for c in DEFINITE_CHAINS if word.startswith(c)), None)
