"""A sentence as words and clauses, e.g. "انسحبت القوات، بينما بقيت الشرطة" -> two clauses."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import chain, islice, pairwise

from dashboard.dates.lexicon import load_words
from dashboard.extraction.claim_roles import ClaimCue, ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.event_cues import Shape
from dashboard.extraction.event_hits import RELATIVES, find_events
from dashboard.extraction.nearby import NEEDS_AFTER, NEEDS_BEFORE, is_near, one_of
from dashboard.extraction.sentence import IN_STATEMENT, ClaimHit, Sentence, is_verb_cue
from dashboard.text.clitics import AND, TO, bases
from dashboard.text.normalise import fold
from dashboard.text.prepared import PreparedText
from dashboard.text.words import Word, numbers_where

# What may stand in a gap between words and ends a clause; quotes and brackets do not.
_BREAK = re.compile(r"[,;:.!?\n]")
_COMMA = ","
_TIMED = frozenset({"قبل", "بعد"})
# So many words between two commas may be a day alone.
_LONGEST_ENCLOSED = 4
# "Among them two children" between commas.
_AMONG = frozenset({"بينهم", "بينها", "معظمهم", "غالبيتهم", "اغلبهم", "بعضهم", "جميعهم"})
# "The armed wing of": whose it is.
WINGS = frozenset(map(fold, ("الجناح", "الذراع")))
# After "which", they belong to the name of a party.
_LEADS = frozenset(map(fold, ("تقوده", "تقودها", "يقوده", "يقودها", "يتزعمها", "تتزعمه", "يتزعمه")))
_ON = fold("على")
# After "on", what opens an aside: "on condition that", "on the ground".
_ON_WORDS = "أن أنه أنها إثر خلفية الرغم حد صعيد الأقل الأرض وقع هامش ضوء الأثر الفور الصعيد"
_ON_PHRASES = frozenset(map(fold, _ON_WORDS.split()))
# And so many "with the support of" somebody.
_LONGEST_HELPER = 8
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
# "The organisation was not able to verify": the negation is so many words before the doubt at most.
_DOUBT_NEEDS_BEFORE = 8
_DOUBTS = frozenset({ClaimRole.DOUBT, ClaimRole.DOUBT_AFTER})
# "The ministry scoffed at the claims", "considered that the news of a raid are lies": the words that a
# denial needs are so many words after it, or before it, at most.
_DENIAL_NEEDS_AFTER, _JUDGED_NEEDS_BEFORE = 10, 20
_AMID_NEEDS_AFTER = 2
# Begin a part of a sentence that is on another subject.
_OPENING = frozenset({ClaimRole.CONTRAST, ClaimRole.CONTINUATION})
# The name of who makes a statement has so many words at most.
_LONGEST_LABEL = 8
# What separates town and agency in a dateline.
_DATELINE = re.compile(r"[-–—/]")


def parse(
    text: PreparedText, start: int, end: int, cues: Cues, *, counts: bool = False
) -> Sentence | None:
    """The sentence original[start:end]; `None` if nothing in it is an event or a stance.

    One that `counts` people may be of an act that another sentence names too.
    """
    folded = text.folded.text
    words = tuple(text.words_in(start, end))
    texts = tuple([word.text for word in words])
    claims = tuple(hit for hit in _claims(texts, cues) if not _is_led(texts, hit))
    states = counts or _states(claims)
    if cues.events.keys().isdisjoint(texts) and not states:
        return None
    breaks = _breaks(folded, words)
    clauses = _clauses(folded, words, breaks, claims, cues)
    events = tuple(find_events(texts, clauses, cues))
    if not events and not states:
        return None
    parts = _parts(len(words), claims)
    label = _label(folded, words, claims)
    colons = tuple([at for at in breaks if ":" in _gap(folded, words, at)])
    return Sentence(words, texts, clauses, parts, events, claims, label, colons)


def _is_led(words: Sequence[str], hit: ClaimHit) -> bool:
    """Whether "which" only tells who leads a party: "the coalition which Saudi Arabia leads"."""
    return words[hit.at] in RELATIVES and not _LEADS.isdisjoint(words[hit.at + 1 : hit.at + 2])


def _states(claims: Sequence[ClaimHit]) -> bool:
    return any(hit.cue.role in _STATING for hit in claims)


def _breaks(folded: str, words: Sequence[Word]) -> list[int]:
    """The numbers of the words before which a clause may end."""
    if not words:
        return []
    starts = [word.start for word in words]
    signs = _BREAK.finditer(folded, words[0].end, words[-1].start)
    return list(dict.fromkeys([bisect_right(starts, sign.start()) for sign in signs]))


def _label(folded: str, words: Sequence[Word], claims: Sequence[ClaimHit]) -> int:
    """The number of words before a colon that opens the sentence, if no verb reports in them.

    A dateline ("صنعاء - سبأ:", "بغداد/ واع:") names no speaker.
    """
    few = words[: _LONGEST_LABEL + 1]
    colon = folded.find(":", few[0].end, few[-1].start) if len(few) > 1 else -1
    if colon < 0 or any(words[hit.at].start < colon and is_verb_cue(hit) for hit in claims):
        return 0
    if _DATELINE.search(folded, few[0].end, colon):
        return 0
    return sum(word.start < colon for word in few)


def _claims(words: Sequence[str], cues: Cues) -> Iterator[ClaimHit]:
    singles, phrases = cues.claims, cues.phrases
    for at in numbers_where(map(cues.claim_words.__contains__, words)):
        word = words[at]
        if word in phrases and at + 1 < len(words):
            for cue in phrases[word].get(words[at + 1], ()):
                rest = words[at + 2 : at + len(cue.words)]
                if rest == cue.words[2:] and _claim_fits(cue, at, words):
                    yield ClaimHit(cue, at, len(cue.words))
        for cue in singles.get(word, ()):
            if _claim_fits(cue, at, words):
                yield ClaimHit(cue, at, 1)


def _claim_fits(cue: ClaimCue, at: int, words: Sequence[str]) -> bool:
    """Whether a word that the cue needs is near it, and none that it avoids."""
    if cue.avoids and is_near(one_of(cue.avoids), words, at, NEEDS_BEFORE, NEEDS_AFTER):
        return False
    return not cue.needs or is_near(one_of(cue.needs), words, at, *_needs_reach(cue.role))


def _needs_reach(role: ClaimRole) -> tuple[int, int]:
    """How far before and after a cue of a role a word that it needs is looked for."""
    if role is ClaimRole.DENIAL_AFTER:
        return _JUDGED_NEEDS_BEFORE, NEEDS_AFTER
    if role is ClaimRole.BOUNDARY:
        # "Amid reports of", not "amid the town".
        return 0, _AMID_NEEDS_AFTER
    if role in {ClaimRole.DENIAL, ClaimRole.REPORT}:
        return NEEDS_BEFORE, _DENIAL_NEEDS_AFTER
    return _DOUBT_NEEDS_BEFORE if role in _DOUBTS else NEEDS_BEFORE, NEEDS_AFTER


def _clauses(
    folded: str,
    words: Sequence[Word],
    breaks: Sequence[int],
    claims: Sequence[ClaimHit],
    cues: Cues,
) -> tuple[int, ...]:
    agents = cues.words[ClaimRole.AGENT]
    opens = {
        hit.at
        for hit in claims
        if hit.cue.role is ClaimRole.BOUNDARY
        # "By" is "from before", and "two years ago" is "before two years": neither opens a clause.
        and " ".join([word.text for word in words[max(0, hit.at - 1) : hit.at + 1]]) not in agents
        and not _opens_time(words, hit.at)
    }
    opens |= set(breaks) - set(_enclosed(folded, words, breaks, opens, cues))
    opens -= {at for at in breaks if _is_object(folded, words, at)}
    opens |= set(_after_relative(words, claims, opens, cues))
    return _numbers(opens, len(words))


def _after_relative(
    words: Sequence[Word], claims: Sequence[ClaimHit], opens: AbstractSet[int], cues: Cues
) -> Iterator[int]:
    """The acts of a verb before a relative clause: "the town was, which they hold, shelled"."""
    exposed = cues.words[ClaimRole.EXPOSED]
    verbs = [at for at, word in enumerate(words) if word.text in exposed]
    if not verbs:
        return
    starts = sorted({0, *opens, len(words)})
    for relative in (hit.at for hit in claims if hit.cue.role is ClaimRole.RELATIVE):
        # The clause before the relative one, from `first` on, and what follows the pronoun.
        first = starts[max(0, bisect_right(starts, relative - 1) - 1)]
        end = starts[min(bisect_right(starts, relative), len(starts) - 1)]
        verb = bisect_right(verbs, relative) - 1
        if verb < 0 or verbs[verb] < first:
            continue
        acts = (
            at
            for at in range(relative + 1, end)
            if words[at].text.startswith(TO)
            and any(form.shape is Shape.NOUN for form in cues.events.get(words[at].text, ()))
        )
        yield from islice(acts, 1)


def _numbers(opens: AbstractSet[int], length: int) -> tuple[int, ...]:
    """The numbers of what begins at each of some words, for all words of a sentence, from 0 on."""
    starts = [0, *sorted(opens - {0}), length]
    runs = [[number] * (last - first) for number, (first, last) in enumerate(pairwise(starts))]
    return tuple(chain.from_iterable(runs))


def _opens_time(words: Sequence[Word], at: int) -> bool:
    """Whether "before" or "after" the word is a span of time: "after hours", "three days ago"."""
    after = words[at + 1 : at + 2]
    return words[at].text in _TIMED and any(
        word.text.isdigit() or word.text in _time_words() for word in after
    )


@cache
def _time_words() -> frozenset[str]:
    roles = load_words().roles
    names = ("unit", "unit_dual", "unit_plural", "number", "few", "about", "part", "time_of_day")
    return frozenset(word for name in names for word in roles[name])


def _enclosed(
    folded: str,
    words: Sequence[Word],
    breaks: Sequence[int],
    opens: AbstractSet[int],
    cues: Cues,
) -> Iterator[int]:
    """The commas around a day, a helper or a statement: "the forces shelled, this morning, the town"."""
    support, stated = cues.words[ClaimRole.SUPPORT], cues.words[ClaimRole.STATED]
    for first, last in pairwise(breaks):
        enclosed = words[first:last]
        if len(enclosed) > _LONGEST_HELPER or first in opens:
            continue
        if _COMMA not in _gap(folded, words, first) or _COMMA not in _gap(folded, words, last):
            continue
        few = len(enclosed) <= _LONGEST_ENCLOSED
        day = few and any(is_day_word(word.text) for word in enclosed)
        statement = (
            enclosed[0].text in IN_STATEMENT and enclosed[1:2] and enclosed[1].text in stated
        )
        if day or statement or enclosed[0].text in support or _is_aside(enclosed[0].text):
            yield first
            if last not in opens:
                yield last


def _is_aside(word: str) -> bool:
    """Whether a word opens an aside on the party before it: "among them", "the armed wing of"."""
    return word in WINGS or word.removeprefix(AND) in _AMONG


def _is_object(folded: str, words: Sequence[Word], at: int) -> bool:
    """Whether a word after a comma is what a noun needs: "the control of X, over the town"."""
    after = words[at + 1].text if at + 1 < len(words) else ""
    on = words[at].text == _ON and after not in _ON_PHRASES
    return on and _COMMA in _gap(folded, words, at)


def _gap(folded: str, words: Sequence[Word], at: int) -> str:
    """What is between a word and the one before it."""
    return folded[words[at - 1].end : words[at].start]


@cache
def _day_words() -> frozenset[str]:
    """Words by which a text names a day relative to that of its publication, or a day of the week."""
    roles = load_words().roles
    return frozenset((*roles["weekday"], *roles["day_offset"]))


def is_day_word(word: str) -> bool:
    """Whether the word, behind its clitics, names a day: "Friday", "yesterday"."""
    return any(base in _day_words() for base in bases(word))


def _parts(length: int, claims: Sequence[ClaimHit]) -> tuple[int, ...]:
    return _numbers({hit.at for hit in claims if hit.cue.role in _OPENING}, length)
