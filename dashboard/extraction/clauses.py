"""A sentence as words and clauses, e.g. "انسحبت القوات، بينما بقيت الشرطة" -> two clauses."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

from dashboard.extraction.cues import ClaimCue, ClaimRole, Cues, EventCue, Form, Shape
from dashboard.text.clitics import AND, CHAINS, DEFINITE_CHAINS
from dashboard.text.normalise import fold
from dashboard.text.prepared import PreparedText

_WORD = re.compile(r"\w+")
# What may stand in a gap between words and ends a clause; quotes and brackets do not.
_BREAK = re.compile(r"[,;:.!?\n]")
# Words before and after a cue among which a word that it needs is looked for.
_NEEDS_BEFORE, _NEEDS_AFTER = 4, 7
_PROCLITICS = "|".join((*DEFINITE_CHAINS, *CHAINS))
_SHORT = 4
_VERB_ROLES = frozenset(
    {ClaimRole.REPORT, ClaimRole.CONTINUATION, ClaimRole.DENIAL, ClaimRole.MAIN_VERB}
)
# "And", "so", written as one word with the verb after them.
_JOINING = ("و", "ف")
# "For its part" may stand within a clause: "denied, for its part, the raid".
_PARENTHESES = frozenset({"من", "الي"})
_ADVERBIALS = frozenset(map(fold, ("بعد", "قبل", "إثر", "عقب", "جراء", "بسبب", "نتيجة", "رغم", "وسط", "خلال", "ردا")))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClaimHit:
    """A claim cue at the word with number `at`, `length` words long."""

    cue: ClaimCue
    at: int
    length: int


@dataclass(frozen=True, slots=True)
class EventHit:
    """An event cue at the word with number `at`."""

    form: Form
    at: int


# Without slots, as cached properties need a dict.
@dataclass(frozen=True)
class Sentence:
    """The words of one sentence with their cues, both in the order of the text.

    `clauses[i]` is the clause of word i, `parts[i]` the part of the sentence on one subject:
    a new one begins at "while", "but", "he added". Neither number ever falls from word to word.
    """

    words: tuple[Word, ...]
    clauses: tuple[int, ...]
    parts: tuple[int, ...]
    events: tuple[EventHit, ...]
    claims: tuple[ClaimHit, ...]

    def of(self, role: ClaimRole) -> Sequence[ClaimHit]:
        """The claim cues of a role, in order."""
        return self._by_role.get(role, ())

    def between(self, role: ClaimRole, low: int, high: int) -> Sequence[ClaimHit]:
        """The claim cues of a role from word `low` to before word `high`."""
        return _within(self.of(role), low, high)

    def last_before(self, role: ClaimRole, at: int) -> ClaimHit | None:
        """The last claim cue of a role before word `at`."""
        hits = self.of(role)
        number = bisect_left(hits, at, key=_at)
        return hits[number - 1] if number else None

    def events_between(self, low: int, high: int) -> Sequence[EventHit]:
        """The event cues from word `low` to before word `high`."""
        return _within(self.events, low, high)

    def last_verb_before(self, at: int) -> EventHit | None:
        """The last event cue before word `at` that is a verb."""
        number = bisect_left(self._verbs, at, key=_at)
        return self._verbs[number - 1] if number else None

    def clause_span(self, clause: int) -> tuple[int, int]:
        """The numbers of the first and the last word of a clause."""
        return bisect_left(self.clauses, clause), bisect_right(self.clauses, clause) - 1

    @cached_property
    def event_words(self) -> frozenset[int]:
        """The numbers of the words that are event cues."""
        return frozenset(hit.at for hit in self.events)

    @cached_property
    def main_verbs(self) -> Sequence[int]:
        """The numbers of the words that are verbs of main clauses: after "and", or after a break.

        A verb after "that", "which" or "what" is none.
        """
        verbs = {hit.at: hit.form.cue.word for hit in self._verbs}
        verbs |= {hit.at: _verb_of(hit) for hit in self.claims if _is_verb_cue(hit)}
        return sorted(at for at, word in verbs.items() if self._opens_main_clause(at, word))

    def main_verb_between(self, low: int, high: int) -> bool:
        """Whether a verb of a main clause is from word `low` to before word `high`."""
        return bisect_left(self.main_verbs, low) < bisect_left(self.main_verbs, high)

    def _opens_main_clause(self, at: int, word: str) -> bool:
        if not at or self.clauses[at] != self.clauses[at - 1]:
            return True
        text = self.words[at].text
        # "وصل" begins with a letter of its own, "ووصل" with the conjunction.
        return text[0] in _JOINING and (text[0] != word[0] or text[1] == word[0])

    @cached_property
    def reports(self) -> frozenset[int]:
        """The numbers of the words that report what somebody says."""
        roles = (ClaimRole.REPORT, ClaimRole.CONTINUATION)
        return frozenset(hit.at for role in roles for hit in self.of(role))

    @cached_property
    def contrasts(self) -> Sequence[int]:
        """The numbers of the words that open a contrast ("while", "but")."""
        return [
            hit.at for hit in self.of(ClaimRole.CONTRAST) if hit.cue.words[0] not in _PARENTHESES
        ]

    @cached_property
    def adverbials(self) -> frozenset[int]:
        """The numbers of the words that open a clause of time or cause ("after", "because of")."""
        words = self.of(ClaimRole.BOUNDARY)
        return frozenset(hit.at for hit in words if hit.cue.words[0] in _ADVERBIALS)

    @cached_property
    def relative_clauses(self) -> frozenset[int]:
        """The numbers of the clauses with a relative pronoun ("which", "who")."""
        return frozenset(self.clauses[hit.at] for hit in self.of(ClaimRole.RELATIVE))

    @cached_property
    def _by_role(self) -> Mapping[ClaimRole, Sequence[ClaimHit]]:
        by_role: dict[ClaimRole, list[ClaimHit]] = defaultdict(list)
        for hit in self.claims:
            by_role[hit.cue.role].append(hit)
        return by_role

    @cached_property
    def _verbs(self) -> Sequence[EventHit]:
        return [hit for hit in self.events if is_verb(hit)]

    def word_at(self, position: int) -> int:
        """The number of the word at or before an offset of the folded text; -1 if none."""
        return bisect_right(self.words, position, key=lambda word: word.start) - 1


_Hit = TypeVar("_Hit", ClaimHit, EventHit)


def _verb_of(hit: ClaimHit) -> str:
    """The first word of the cue without "and", with which cues that continue a report are given."""
    word = hit.cue.words[0]
    return word.removeprefix(_JOINING[0]) if hit.cue.role is ClaimRole.CONTINUATION else word


def _is_verb_cue(hit: ClaimHit) -> bool:
    """Whether a claim cue is a verb that can be the verb of a main clause."""
    role = hit.cue.role
    return role in _VERB_ROLES and (role is not ClaimRole.REPORT or hit.cue.where == "verb")


def _at(hit: ClaimHit | EventHit) -> int:
    return hit.at


def _within(hits: Sequence[_Hit], low: int, high: int) -> Sequence[_Hit]:
    return hits[bisect_left(hits, low, key=_at) : bisect_left(hits, high, key=_at)]


def parse(text: PreparedText, start: int, end: int, cues: Cues) -> Sentence | None:
    """The sentence original[start:end]; `None` if nothing in it is an event or a stance."""
    folded = text.folded.text
    first, last = map(text.folded.folded_offset, (start, end))
    words = tuple(Word(m[0], *m.span()) for m in _WORD.finditer(folded, first, last))
    claims = tuple(_claims(words, cues))
    events = tuple(_events(words, cues))
    if not events and not any(
        hit.cue.role in {ClaimRole.DENIAL, ClaimRole.DOUBT, ClaimRole.REPORT} for hit in claims
    ):
        return None
    return Sentence(words, _clauses(folded, words, claims), _parts(words, claims), events, claims)


def _claims(words: Sequence[Word], cues: Cues) -> Iterator[ClaimHit]:
    for at, word in enumerate(words):
        for cue in cues.claims.get(word.text, ()):
            following = tuple(other.text for other in words[at + 1 : at + len(cue.words)])
            if following == cue.words[1:] and _claim_fits(cue, at, words):
                yield ClaimHit(cue, at, len(cue.words))


def _claim_fits(cue: ClaimCue, at: int, words: Sequence[Word]) -> bool:
    """Whether a word that the cue needs is near it, and none that it avoids."""
    if not cue.needs and not cue.avoids:
        return True
    near = _around(words, at, _NEEDS_BEFORE, _NEEDS_AFTER)
    if cue.avoids and _any_of(cue.avoids).search(near):
        return False
    return not cue.needs or bool(_any_of(cue.needs).search(near))


def _events(words: Sequence[Word], cues: Cues) -> Iterator[EventHit]:
    for at, word in enumerate(words):
        fitting = [f for f in cues.events.get(word.text, ()) if _fits(f.cue, at, words)]
        if fitting:
            # Of several readings of one word the surest is one that needs certain words beside it.
            yield EventHit(max(fitting, key=lambda form: bool(form.cue.needs)), at)


def _fits(cue: EventCue, at: int, words: Sequence[Word]) -> bool:
    if cue.avoids and _any_of(cue.avoids).search(_around(words, at, 1, 2)):
        return False
    if not cue.needs:
        return True
    return bool(_any_of(cue.needs).search(_around(words, at, _NEEDS_BEFORE, _NEEDS_AFTER)))


def _around(words: Sequence[Word], at: int, before: int, after: int) -> str:
    """The words on both sides of a word, without it, each between two spaces."""
    near = (*words[max(0, at - before) : at], *words[at + 1 : at + 1 + after])
    return f" {'  '.join(word.text for word in near)} "


@cache
def _any_of(wanted: tuple[str, ...]) -> re.Pattern[str]:
    """Finds a word that begins as one wanted, behind clitics or not; short words must be equal."""
    short = "|".join(re.escape(word) for word in wanted if len(word) < _SHORT)
    long = "|".join(re.escape(word) for word in wanted if len(word) >= _SHORT)
    forms = [f"{AND}?(?:{short})ا? "] if short else []
    forms += [f"(?:{_PROCLITICS})(?:{long})"] if long else []
    return re.compile(f" (?:{'|'.join(forms)})")


def _clauses(folded: str, words: Sequence[Word], claims: Sequence[ClaimHit]) -> tuple[int, ...]:
    opens = {hit.at for hit in claims if hit.cue.role is ClaimRole.BOUNDARY}
    numbers: list[int] = []
    number = 0
    for at, word in enumerate(words):
        gap = folded[words[at - 1].end : word.start] if at else ""
        if at and (at in opens or _BREAK.search(gap)):
            number += 1
        numbers.append(number)
    return tuple(numbers)


def _parts(words: Sequence[Word], claims: Sequence[ClaimHit]) -> tuple[int, ...]:
    roles = {ClaimRole.CONTRAST, ClaimRole.CONTINUATION}
    opens = sorted({hit.at for hit in claims if hit.cue.role in roles and hit.at})
    return tuple(bisect_right(opens, at) for at in range(len(words)))


def is_verb(hit: EventHit) -> bool:
    """Whether the cue is a verb, not a verbal noun."""
    return hit.form.shape is not Shape.NOUN
