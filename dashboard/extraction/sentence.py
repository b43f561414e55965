"""A sentence with its words, clauses and cues: events, claims, and the verbs of its main clauses."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, TypeVar

from dashboard.extraction.claim_roles import ClaimCue, ClaimRole
from dashboard.extraction.event_cues import Form, Shape
from dashboard.text.clitics import AND, CONJUNCTIONS, PRONOUNS
from dashboard.text.lazy import lazy_property
from dashboard.text.normalise import fold
from dashboard.text.words import Word

_VERB_ROLES = frozenset(
    {ClaimRole.REPORT, ClaimRole.CONTINUATION, ClaimRole.DENIAL, ClaimRole.MAIN_VERB}
)
_ANY = (("اي",), ("ايه",))
# "For its part" may stand within a clause: "denied, for its part, the raid".
_PARENTHESES = frozenset({"من", "الي"})
_ADVERBIALS = frozenset(
    map(fold, ("بعد", "قبل", "إثر", "عقب", "جراء", "بسبب", "نتيجة", "رغم", "وسط", "خلال", "ردا"))
)
# "A day after", in so many words.
_AFTER_BEFORE, _FROM, _SPAN_REACH = frozenset({"بعد", "قبل"}), "من", 4
# Endings of adjectives of relation: "Russian", "of the air".
ADJECTIVE_ENDINGS = ("ي", "يه", "ين", "ان")
_PREPOSITIONS = """في من إلى على عن بعد قبل جراء إثر خلال نتيجة عقب لغاية لحين بشأن حول ضد دون بدون
عند عبر بهدف بغية بقصد بسبب أجل مع لدى"""
_BEFORE_NOUNS = frozenset(map(fold, _PREPOSITIONS.split()))
# "In" a statement, "by" a declaration: right before the noun.
IN_STATEMENT = frozenset({"في", "عبر", "خلال"})
# "That" opens what is said; a pronoun on it is who says it: "said that it had shelled".
THAT = frozenset({"ان", "بان", "لان"})
_THAT_FORMS = THAT | {that + pronoun for that in THAT for pronoun in PRONOUNS}


class ClaimHit(NamedTuple):
    """A claim cue at the word with number `at`, `length` words long."""

    cue: ClaimCue
    at: int
    length: int


class EventHit(NamedTuple):
    """An event cue at the word with number `at`."""

    form: Form
    at: int


# Without slots, as cached properties need a dict.
@dataclass(frozen=True)
class Sentence:
    """The words of one sentence with their cues, both in the order of the text.

    `texts` are those of the words, `clauses[i]` is the clause of word i, `parts[i]` the part of the
    sentence on one subject: a new one begins at "while", "but", "he added". Neither number ever falls
    from word to word.
    `label` is the number of words before the colon of "The ministry: …", 0 if there is none.
    `colons` are the numbers of the words that follow a colon, as in "he wrote: we did not".
    """

    words: tuple[Word, ...]
    texts: tuple[str, ...]
    clauses: tuple[int, ...]
    parts: tuple[int, ...]
    events: tuple[EventHit, ...]
    claims: tuple[ClaimHit, ...]
    label: int = 0
    colons: tuple[int, ...] = ()

    def of(self, role: ClaimRole) -> Sequence[ClaimHit]:
        """The claim cues of a role, in order."""
        return self._by_role.get(role, ())

    def between(self, role: ClaimRole, low: int, high: int) -> Sequence[ClaimHit]:
        """The claim cues of a role from word `low` to before word `high`."""
        hits = self._by_role.get(role)
        return _within(hits, low, high) if hits else ()

    def last_before(self, role: ClaimRole, at: int) -> ClaimHit | None:
        """The last claim cue of a role before word `at`."""
        hits = self._by_role.get(role)
        number = bisect_left(hits, at, key=_at) if hits else 0
        return hits[number - 1] if hits and number else None

    def events_between(self, low: int, high: int) -> Sequence[EventHit]:
        """The event cues from word `low` to before word `high`."""
        return _within(self.events, low, high)

    def last_verb_before(self, at: int) -> EventHit | None:
        """The last event cue before word `at` that is a verb."""
        number = bisect_left(self._verbs, at, key=_at)
        return self._verbs[number - 1] if number else None

    def clause_span(self, clause: int) -> tuple[int, int]:
        """The numbers of the first and the last word of a clause."""
        first = bisect_left(self.clauses, clause)
        return first, bisect_right(self.clauses, clause, first) - 1

    @lazy_property
    def event_words(self) -> frozenset[int]:
        """The numbers of the words that are event cues."""
        return frozenset(hit.at for hit in self.events)

    @lazy_property
    def main_verbs(self) -> Sequence[int]:
        """The numbers of the words that are verbs of main clauses: after "and", or after a break.

        A verb after "that", "which" or "what" is none.
        """
        verbs = {hit.at: hit.form.cue.word for hit in self._verbs}
        verbs |= {hit.at: _verb_of(hit) for hit in self.claims if is_verb_cue(hit)}
        return sorted(at for at, word in verbs.items() if self._opens_main_clause(at, word))

    def main_verb_between(self, low: int, high: int) -> bool:
        """Whether a verb of a main clause is from word `low` to before word `high`."""
        return bisect_left(self.main_verbs, low) < bisect_left(self.main_verbs, high)

    def _opens_main_clause(self, at: int, word: str) -> bool:
        if self.texts[at + 1 : at + 2] in _ANY:
            # "Denied, in a statement, launching any raids": the word is written as "launched" is.
            return False
        if not at or self.clauses[at] != self.clauses[at - 1]:
            return True
        text = self.words[at].text
        # "وصل" begins with a letter of its own, "ووصل" with the conjunction.
        return text[0] in CONJUNCTIONS and (text[0] != word[0] or text[1] == word[0])

    @lazy_property
    def reports(self) -> frozenset[int]:
        """The numbers of the words that report what somebody says."""
        roles = (ClaimRole.REPORT, ClaimRole.CONTINUATION)
        return frozenset(hit.at for role in roles for hit in self.of(role))

    @lazy_property
    def contrasts(self) -> Sequence[int]:
        """The numbers of the words that open a contrast ("while", "but")."""
        return [
            hit.at for hit in self.of(ClaimRole.CONTRAST) if hit.cue.words[0] not in _PARENTHESES
        ]

    @lazy_property
    def adverbials(self) -> frozenset[int]:
        """The numbers of the words that open a clause of time or cause ("after", "because of")."""
        words = self.of(ClaimRole.BOUNDARY)
        return frozenset(hit.at for hit in words if hit.cue.words[0] in _ADVERBIALS)

    @lazy_property
    def times_after(self) -> Sequence[int]:
        """The numbers of the words that open "a day after", "weeks before", where "from" follows."""
        return [
            at
            for at, word in enumerate(self.texts)
            if word in _AFTER_BEFORE and _FROM in self.texts[at + 1 : at + _SPAN_REACH]
        ]

    @lazy_property
    def relative_clauses(self) -> frozenset[int]:
        """The numbers of the clauses with a relative pronoun ("which", "who")."""
        return frozenset(self.clauses[hit.at] for hit in self.of(ClaimRole.RELATIVE))

    @lazy_property
    def _by_role(self) -> Mapping[ClaimRole, Sequence[ClaimHit]]:
        by_role: dict[ClaimRole, list[ClaimHit]] = defaultdict(list)
        for hit in self.claims:
            by_role[hit.cue.role].append(hit)
        return by_role

    @lazy_property
    def _verbs(self) -> Sequence[EventHit]:
        return [hit for hit in self.events if is_verb(hit)]

    def word_at(self, position: int) -> int:
        """The number of the word at or before an offset of the folded text; -1 if none."""
        return bisect_right(self._starts, position) - 1

    @lazy_property
    def _starts(self) -> Sequence[int]:
        return [word.start for word in self.words]


_Hit = TypeVar("_Hit", ClaimHit, EventHit)
_at = attrgetter("at")


def _verb_of(hit: ClaimHit) -> str:
    """The first word of the cue without "and", with which cues that continue a report are given."""
    word = hit.cue.words[0]
    return word.removeprefix(AND) if hit.cue.role is ClaimRole.CONTINUATION else word


def is_verb_cue(hit: ClaimHit) -> bool:
    """Whether a claim cue is a verb that can be the verb of a main clause."""
    role = hit.cue.role
    return role in _VERB_ROLES and (role is not ClaimRole.REPORT or hit.cue.where == "verb")


def _within(hits: Sequence[_Hit], low: int, high: int) -> Sequence[_Hit]:
    first = bisect_left(hits, low, key=_at)
    return hits[first : bisect_left(hits, high, first, key=_at)] if low < high else ()


def is_verb(hit: EventHit) -> bool:
    """Whether the cue is a verb, not a verbal noun."""
    return hit.form.shape is not Shape.NOUN


def is_that(word: str) -> bool:
    """Whether the word is "that", with a pronoun or without."""
    return word in _THAT_FORMS


def follows_preposition(words: Sequence[str], at: int) -> bool:
    """Whether a preposition is right before the word, which is then no verb: "warned of launching"."""
    return at > 0 and words[at - 1] in _BEFORE_NOUNS
