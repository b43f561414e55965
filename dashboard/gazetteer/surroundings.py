"""The context of a name in a text, e.g. "قرية" (village) or "قوات" (forces) before it.

The words are rows of data/lexicon/ (gazetteer/context.py); here are the rules on their positions.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.gazetteer.context import KindWord, MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.misspelt import misspelt
from dashboard.model.place import FeatureClass
from dashboard.text.clitics import AND, IN, bases
from dashboard.text.phrases import Match
from dashboard.text.prepared import PreparedText
from dashboard.text.sentences import Span
from dashboard.text.zones import FURNITURE, ZoneKind

# How far back, in folded characters, a list may have begun that a name continues.
_LIST_REACH = 90
# The length of the context before a name, in folded characters.
_REACH = 60
_WORD = re.compile(r"[^\W_]+")
_CLOCK = re.compile(r"\d{1,2}:\d{2}\s*$")
_JOINED = re.compile(r"[\s,\"'()]*")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in folded text with its context before it; `sentence` is a span of the original."""

    match: Match
    corrected: bool
    kind: KindWord | None
    use: MentionUse
    locative: bool
    sentence: Span


def match_names(text: PreparedText, index: PlaceIndex) -> list[NameMatch]:
    """All names of the gazetteer in the text, in order, with their context."""
    folded = text.folded
    exact = index.phrases.search(folded.text)
    matches = [(match, False) for match in exact]
    matches += [(match, True) for match in misspelt(text, index, exact)]
    matches.sort(key=lambda pair: pair[0].start)
    names: list[NameMatch] = []
    for match, corrected in matches:
        if folded.indefinite(match.start, match.end):
            continue
        at = folded.offsets[match.start]
        zone = text.zone_at(at)
        kind = _kind_before(folded.text, match, names, index)
        use = _use_of(folded.text, match, zone, kind, index)
        names.append(
            NameMatch(
                match=match,
                corrected=corrected,
                kind=kind,
                use=use,
                locative=use is MentionUse.LOCATION
                and (
                    _after_locative(folded.text, match, index)
                    or _joined_to(folded.text, match, names)
                ),
                sentence=text.sentence_at(at, at + 1),
            )
        )
    return names


def _words_before(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """The words before `start` within `_REACH`, in order, and the end of the last one."""
    words, beyond = _words_in(text[max(0, start - _REACH) : start])
    return words, start - beyond


# Several rules read the words before one name. The key is this short part, so that no whole text stays
# in the cache.
@lru_cache(maxsize=256)
def _words_in(part: str) -> tuple[tuple[str, ...], int]:
    """The words of a part of a text, and the number of characters after the last one, or 0."""
    words = list(_WORD.finditer(part))
    return tuple(word[0] for word in words), len(part) - words[-1].end() if words else 0


def _kind_before(
    text: str, match: Match, names: Sequence[NameMatch], index: PlaceIndex
) -> KindWord | None:
    """The kind word before the name, or before the list to which the name belongs."""
    start = match.start - len(match.prefix)
    words, end = _words_before(text, start)
    if words and not text[end:start].strip(" \"'("):
        kind = _as_kind(words[-1], index)
        if kind:
            return kind
    listed = names[-1] if names else None
    if listed is None or listed.kind is None or listed.kind.number != "many":
        return None
    between = text[listed.match.end : start]
    continues = match.prefix.startswith(AND) or between.strip() in {",", AND}
    return listed.kind if continues and len(between) < _LIST_REACH and "." not in between else None


def _as_kind(word: str, index: PlaceIndex) -> KindWord | None:
    """The kind word that `word` is; "the village" (القرية) names none, what follows describes it."""
    words = index.context.kind_words
    return next((words[base] for base in bases(word) if base in words), None)


def _use_of(
    text: str, match: Match, zone: ZoneKind, kind: KindWord | None, index: PlaceIndex
) -> MentionUse:
    """What the name means, by the first rule that applies."""
    start = match.start - len(match.prefix)
    if zone in FURNITURE:
        return MentionUse.FURNITURE
    if _CLOCK.search(text[max(0, start - 12) : start]) and not match.prefix:
        return MentionUse.TIME_ZONE
    by_words = None if match.prefix else _use_by_words(text, start, index)
    if by_words:
        return by_words
    if match.phrase.startswith(index.kind_prefixes):
        title = _use_by_words(text, start, index)
        return title if title is MentionUse.TITLE else MentionUse.LOCATION
    if kind is None and is_capital_or_country(match.phrase, index):
        # A capital or country is a government unless a word of place stands right before it.
        in_place = IN in match.prefix or _after_locative(text, match, index)
        return MentionUse.LOCATION if in_place else MentionUse.METONYM
    return MentionUse.LOCATION


def _use_by_words(text: str, start: int, index: PlaceIndex) -> MentionUse | None:
    """The use that the one to three words right before the name define."""
    words, end = _words_before(text, start)
    if not _JOINED.fullmatch(text, end, start):
        return None
    for length in (3, 2, 1):
        phrase = " ".join(words[-length:])
        for base in bases(phrase):
            use = index.context.uses.get(base)
            if use and len(words) >= length:
                return use
    return None


def is_capital_or_country(phrase: str, index: PlaceIndex) -> bool:
    """Whether a folded name can mean a capital or a country, and so its government."""
    return any(
        place_id in index.context.capitals
        or index.place(place_id).feature_class is FeatureClass.COUNTRY
        for place_id in index.by_name[phrase]
    )


def _after_locative(text: str, match: Match, index: PlaceIndex) -> bool:
    """Whether a word of place (in, to, north of ...) stands right before the name."""
    if match.prefix:
        return False
    words, end = _words_before(text, match.start)
    if not words or text[end : match.start].strip():
        return False
    return any(base in index.context.locatives for base in bases(words[-1]))


def _joined_to(text: str, match: Match, names: Sequence[NameMatch]) -> bool:
    """Whether "and" joins the name to the name right before it: رفح وخان يونس."""
    if not names or not match.prefix.startswith(AND) or names[-1].use is not MentionUse.LOCATION:
        return False
    return not text[names[-1].match.end : match.start - len(match.prefix)].strip(" ,\"'")
