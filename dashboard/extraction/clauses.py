"""A sentence as words and clauses, e.g. "انسحبت القوات، بينما بقيت الشرطة" -> two clauses."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from dashboard.extraction.claim_roles import ClaimCue, ClaimRole
from dashboard.extraction.cues import Cues, EventCue
from dashboard.extraction.sentence import ClaimHit, EventHit, Sentence, Word, is_verb_cue
from dashboard.text.clitics import AND, CHAINS, DEFINITE_CHAINS
from dashboard.text.prepared import PreparedText

_WORD = re.compile(r"\w+")
# What may stand in a gap between words and ends a clause; quotes and brackets do not.
_BREAK = re.compile(r"[,;:.!?\n]")
# Words before and after a cue among which a word that it needs is looked for.
_NEEDS_BEFORE, _NEEDS_AFTER = 4, 7
_PROCLITICS = "|".join((*DEFINITE_CHAINS, *CHAINS))
_SHORT = 4
# A sentence with one of these may make a claim on an act that another sentence names.
_STATING = frozenset(
    {
        ClaimRole.DENIAL,
        ClaimRole.DOUBT,
        ClaimRole.REPORT,
        ClaimRole.DENIAL_AFTER,
        ClaimRole.DOUBT_AFTER,
    }
)
# The name of who makes a statement has so many words at most.
_LONGEST_LABEL = 8


def parse(text: PreparedText, start: int, end: int, cues: Cues) -> Sentence | None:
    """The sentence original[start:end]; `None` if nothing in it is an event or a stance."""
    folded = text.folded.text
    first, last = map(text.folded.folded_offset, (start, end))
    words = tuple(Word(m[0], *m.span()) for m in _WORD.finditer(folded, first, last))
    claims = tuple(_claims(words, cues))
    events = tuple(_events(words, cues))
    if not events and not any(hit.cue.role in _STATING for hit in claims):
        return None
    clauses, parts = _clauses(folded, words, claims), _parts(words, claims)
    label, colons = _label(folded, words, claims), tuple(_colons(folded, words))
    return Sentence(words, clauses, parts, events, claims, label, colons)


def _colons(folded: str, words: Sequence[Word]) -> Iterator[int]:
    """The numbers of the words right after a colon."""
    for at in range(1, len(words)):
        if ":" in folded[words[at - 1].end : words[at].start]:
            yield at


def _label(folded: str, words: Sequence[Word], claims: Sequence[ClaimHit]) -> int:
    """The number of words before a colon that opens the sentence, if no verb reports in them."""
    few = words[: _LONGEST_LABEL + 1]
    colon = folded.find(":", few[0].end, few[-1].start) if len(few) > 1 else -1
    if colon < 0 or any(words[hit.at].start < colon and is_verb_cue(hit) for hit in claims):
        return 0
    return sum(word.start < colon for word in few)


def _claims(words: Sequence[Word], cues: Cues) -> Iterator[ClaimHit]:
    following = (*(word.text for word in words[1:]), "")
    for at, (word, second) in enumerate(zip(words, following, strict=False)):
        for cue in cues.phrases.get((word.text, second), ()):
            rest = tuple(following[at + 1 : at + len(cue.words) - 1])
            if rest == cue.words[2:] and _claim_fits(cue, at, words):
                yield ClaimHit(cue, at, len(cue.words))
        for cue in cues.claims.get(word.text, ()):
            if _claim_fits(cue, at, words):
                yield ClaimHit(cue, at, 1)


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
