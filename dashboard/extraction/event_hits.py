"""The event cues of a sentence, e.g. in "شنت طائرات غارات" the verb "launched" -> an air strike.

Several kinds may have one word: "attacked" by an aircraft is an air strike, by a bomb an explosion.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.event_cues import FirstParty, Form, Shape
from dashboard.extraction.nearby import is_near
from dashboard.extraction.sentence import (
    ADJECTIVE_ENDINGS,
    EventHit,
    follows_preposition,
    is_that,
)
from dashboard.text.by_word import ByWord
from dashboard.text.clitics import ARTICLE, CHAINS, DEFINITE_CHAINS, PRONOUNS
from dashboard.text.words import numbers_where

# A word that a cue needs is among so many words of its clause before and after it.
_BEFORE, _AFTER = 4, 10
# And so many before one with a pronoun for its object.
_OBJECT_BEFORE = 14
# A preposition that a verb needs is among so many words after it: "took, at dawn, control of".
_PREPOSITIONS = frozenset({"علي", "عليها", "عليه", "عليهما", "عليهم", "الي", "من", "عن"})
_PREPOSITION_REACH = 12
RELATIVES = frozenset({"الذي", "التي", "الذين", "والذي", "والتي"})
_AVOIDS_BEFORE, _AVOIDS_AFTER = 2, 2
# The subject may stand between a verb and its object: "the forces published a statement".
_AVOIDS_AFTER_VERB = 5
# The word after "party" belongs to a name: "the Workers' Party" names no workers.
_PARTY = frozenset(chain + "حزب" for chain in CHAINS)
# A verb before a word in its clause is among so many words.
_VERB_REACH = 12
_VERBS = frozenset(
    {ClaimRole.REPORT, ClaimRole.CONTINUATION, ClaimRole.DENIAL, ClaimRole.MAIN_VERB}
)
# "Of the air" after a base, a defence or a service, so many words before it, is no aircraft.
_OF_AIR = frozenset({"جوي", "جويه", "الجوي", "الجويه"})
_BASES = frozenset(
    chain + noun
    for chain in (*CHAINS, *DEFINITE_CHAINS)
    for noun in ("قاعده", "قواعد", "دفاع", "دفاعات", "مخابرات", "استخبارات")
)
_BASE_REACH = 3
# The ending of an indefinite noun that is an object.
_ACCUSATIVE = "ا"
# A reading that needs no other word comes after all that do.
_FARTHEST = 100


def find_events(words: Sequence[str], clauses: Sequence[int], cues: Cues) -> Iterator[EventHit]:
    """The cues in order, one reading of each word: the one whose needed words are nearest."""
    known = cues.events
    for at in numbers_where(map(known.__contains__, words)):
        readings = known[words[at]]
        counted = _is_counted(words, at)
        if len(readings) == 1 and not counted:
            # Nothing is to be compared.
            if _distance(readings[0], at, words, clauses) is not None:
                yield EventHit(readings[0], at)
            continue
        forms = [form for form in readings if form.shape is Shape.NOUN or not counted]
        fits = [(_distance(form, at, words, clauses), form) for form in forms]
        fitting = [(distance, form) for distance, form in fits if distance is not None]
        if fitting:
            nearest = min(map(_rank, fitting))
            best = [fit[1] for fit in fitting if _rank(fit) == nearest]
            yield EventHit(_verb_or_noun(best, at, words, clauses, cues), at)


def _is_counted(words: Sequence[str], at: int) -> bool:
    """Whether a number before it makes it a noun: "30 students", written as "both demanded" is."""
    return at > 0 and words[at].endswith(_ACCUSATIVE) and words[at - 1].isdigit()


def _rank(fit: tuple[int, Form]) -> tuple[int, int]:
    """The nearest needed word is best; of two as near, the reading that needs more."""
    distance, form = fit
    return distance, -len(form.cue.needs)


def _verb_or_noun(
    forms: Sequence[Form], at: int, words: Sequence[str], clauses: Sequence[int], cues: Cues
) -> Form:
    """Of a verb and a noun that are written alike, the noun after a preposition or after a verb."""
    nouns = [form for form in forms if form.shape is Shape.NOUN]
    if not nouns or len(nouns) == len(forms):
        return forms[0]
    before = [n for n in range(max(0, at - _VERB_REACH), at) if clauses[n] == clauses[at]]
    opens = max((n + 1 for n in before if is_that(words[n])), default=0)
    verbs = any(_is_verb(words[n], cues) for n in before if n >= opens)
    verb = next(form for form in forms if form.shape is not Shape.NOUN)
    # "An exchange" in the accusative is written as "both exchanged" is, which is rare.
    as_object = words[at].endswith(_ACCUSATIVE) and not verb.cue.word.endswith(_ACCUSATIVE)
    noun = follows_preposition(words, at) or verbs or as_object or _has_adjective(verb, at, words)
    return nouns[0] if noun else verb


def _has_adjective(form: Form, at: int, words: Sequence[str]) -> bool:
    """Whether an adjective follows the word for an attack, which is then a noun."""
    word = words[at + 1] if at + 1 < len(words) else ""
    return form.cue.li_agent and word.endswith(ADJECTIVE_ENDINGS) and not word.startswith(ARTICLE)


def _is_verb(word: str, cues: Cues) -> bool:
    """Whether the word can only be a verb: one of an event, or one that reports, denies or continues."""
    forms = cues.events.get(word, ())
    if forms:
        return all(form.shape is not Shape.NOUN for form in forms)
    return any(
        cue.role in _VERBS and (cue.role is not ClaimRole.REPORT or cue.where == "verb")
        for cue in cues.claims.get(word, ())
    )


def _distance(form: Form, at: int, words: Sequence[str], clauses: Sequence[int]) -> int | None:
    """How many words away the first needed word is; `None` if one is missing or one is avoided."""
    cue = form.cue
    after = _AVOIDS_AFTER if form.shape is Shape.NOUN else _AVOIDS_AFTER_VERB
    if cue.avoided is not None and is_near(cue.avoided, words, at, _AVOIDS_BEFORE, after):
        return None
    if not cue.needs:
        return _FARTHEST
    inside, reach = _clause_around(at, words, clauses), _BEFORE
    if cue.first_party is FirstParty.TARGET and _has_object(words[at], cue.word):
        # "A young man was killed, when they targeted him with shots": who it is stands before it.
        inside, reach = range(bisect_left(clauses, clauses[at] - 1), inside.stop), _OBJECT_BEFORE
    distances: list[int] = []
    for wanted, is_one in zip(cue.needs, cue.needed, strict=True):
        within = range(max(inside.start, at - reach), inside.stop)
        nearest = _nearest(is_one, at, words, within, preposition=_PREPOSITIONS.issuperset(wanted))
        if nearest is None:
            return None
        distances.append(nearest)
    return distances[0]


def _clause_around(at: int, words: Sequence[str], clauses: Sequence[int]) -> range:
    """The words of the clause; of a relative one also those of the clause before it.

    "The curfew which they imposed": what a relative clause is about stands before it.
    """
    first = bisect_left(clauses, clauses[at])
    if words[first] in RELATIVES:
        first = bisect_left(clauses, clauses[at] - 1)
    return range(first, bisect_right(clauses, clauses[at]))


def _has_object(word: str, cue: str) -> bool:
    """Whether a pronoun is on the word of a cue, whose own last letters may be those of one."""
    return word.endswith(PRONOUNS) and not word.endswith(cue)


def _is_of_base(words: Sequence[str], at: int) -> bool:
    """Whether "of the air" is part of a name: "the air base", "air force intelligence"."""
    return words[at] in _OF_AIR and not _BASES.isdisjoint(words[max(0, at - _BASE_REACH) : at])


def _nearest(
    is_one: ByWord[bool], at: int, words: Sequence[str], inside: range, *, preposition: bool
) -> int | None:
    """The distance of the nearest word that is wanted, in the clause of the cue."""
    first = at if preposition else inside.start
    last = min(inside.stop, at + (_PREPOSITION_REACH if preposition else _AFTER) + 1)
    distances = [
        abs(other - at)
        for other in range(first, last)
        if is_one[words[other]]
        and other != at
        and not (other and words[other - 1] in _PARTY)
        and not _is_of_base(words, other)
    ]
    return min(distances, default=None)
