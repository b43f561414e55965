"""Names after a kind word that the gazetteer lacks, e.g. "قرية الدبس" -> "الدبس", to be queued."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress

from dashboard.gazetteer.context import Context, KindWord
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.model.place import FeatureClass
from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.by_word import ByKey
from dashboard.text.clitics import AND, ARTICLE, CONJUNCTIONS, DEFINITE_CHAINS, bases
from dashboard.text.normalise import Normalised, fold
from dashboard.text.prepared import PreparedText
from dashboard.text.sentences import Span
from dashboard.text.words import texts_of

_FILE = DATA / "lexicon" / "unknown_place_words.csv"
# Classes whose kind word is followed by the name of one place; "region" or "road" may be followed by
# other words.
_NAMED = frozenset({
    FeatureClass.CITY, FeatureClass.TOWN, FeatureClass.VILLAGE, FeatureClass.NEIGHBOURHOOD,
    FeatureClass.CAMP, FeatureClass.CROSSING, FeatureClass.AIRPORT, FeatureClass.MILITARY_BASE,
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
# Not across lines: the verb that begins a text is no name after "a town" at the end of its headline.
_GAP = re.compile(r"[^\S\r\n]*[\"'(]?[^\S\r\n]*")
_MIN_LETTERS, _MAX_LETTERS = 3, 14
# The most names of a list after "villages of".
_MAX_LIST = 8
# What follows a name of a list: a comma, "and". White space is never given back (++): a long run of it
# would be tried at each of its lengths.
_JOINT = re.compile(rf"[\"')]?(?:\s*+,\s*+{AND}?|\s++{AND}\s*+)")
# Longer words are not kind words.
_MAX_KIND = 40


@dataclass(frozen=True, slots=True)
class UnknownPlace:
    """A name that the gazetteer lacks; offsets are into the original, end excluded.

    `classes` are those that the kind word allows; `sentence` is the span of its sentence; `near`
    the ids of the places that are named in it.
    """

    start: int
    end: int
    surface: str
    kind_word: str
    classes: tuple[FeatureClass, ...]
    sentence: tuple[int, int]
    near: tuple[str, ...]


def find_unknown(
    text: PreparedText, index: PlaceIndex, known: Sequence[PlaceMention]
) -> tuple[UnknownPlace, ...]:
    """The names after a kind word that are not among `known`, the mentions in `text`."""
    folded = text.folded
    mask = _mask(known, len(text.original))
    near = _SentencePlaces(known)
    unknown: list[UnknownPlace] = []
    last_end = 0
    for start, end, kind in _kinds_in(text, index.context):
        if start < last_end:
            continue
        for low, high in _names(end, kind, mask, folded, index.context):
            if folded.indefinite(low, high):
                break
            last_end = high
            unknown.append(_unknown(text, folded.span(low, high), kind, near))
    return tuple(unknown)


class _SentencePlaces:
    """The known places by sentence, computed once per sentence."""

    def __init__(self, known: Sequence[PlaceMention]) -> None:
        self._known = known
        self._ids: dict[Span, tuple[str, ...]] = {}

    def ids(self, sentence: Span) -> tuple[str, ...]:
        """The ids of the known places that begin in a sentence, each once."""
        if sentence not in self._ids:
            low, high = (bisect_left(self._known, at, key=lambda m: m.start) for at in sentence)
            ids = (mention.place_id for mention in self._known[low:high])
            self._ids[sentence] = tuple(dict.fromkeys(place_id for place_id in ids if place_id))
        return self._ids[sentence]


@dataclass(frozen=True, slots=True)
class _Word:
    role: str
    word: str


@cache
def _words(role: str) -> frozenset[str]:
    return frozenset(fold(row.word) for row in load_records(_FILE, _Word) if row.role == role)


@cache
def _adjectives() -> frozenset[str]:
    """Adjectives in both genders, without the article."""
    return frozenset(form for word in _words("adjective") for form in (word, f"{word}ه"))


def _kinds_in(text: PreparedText, context: Context) -> Iterator[tuple[int, int, KindWord]]:
    """The kind words of a text with their folded spans; none of them is definite."""
    kinds = _KINDS[context]
    for word in compress(text.words, map(kinds.__getitem__, texts_of(text.words))):
        for start, end, kind in kinds[word.text]:
            yield word.start + start, word.start + end, kind


def _kinds_of(word: str, context: Context) -> Sequence[tuple[int, int, KindWord]]:
    """The kind words in a word, which may have digits: their spans in it, and what they are."""
    parts = [match for match in _WORD.finditer(word) if len(match[0]) <= _MAX_KIND]
    kinds = [(part, _kind(part[0], context)) for part in parts]
    return tuple((*part.span(), kind) for part, kind in kinds if kind is not None)


_KINDS = ByKey(_kinds_of)


def _kind(word: str, context: Context) -> KindWord | None:
    """The kind word that `word` is, with or without clitics; `None` if it is definite."""
    kinds = context.kind_words
    for base in bases(word):
        kind = kinds.get(base)
        if kind and not base.startswith(ARTICLE) and not _NAMED.isdisjoint(kind.classes):
            return kind
        if base in _words("trigger"):
            return KindWord(base, "one", (FeatureClass.VILLAGE,), singular=base)
    return None


def _is_kind(word: str, context: Context) -> bool:
    return any(base in context.kind_words for base in bases(word))


def _mask(known: Sequence[PlaceMention], length: int) -> bytearray:
    """One byte per character of the original, 1 within a known mention."""
    mask = bytearray(length)
    for mention in known:
        mask[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    return mask


def _names(
    after: int, kind: KindWord, mask: bytearray, folded: Normalised, context: Context
) -> Iterator[tuple[int, int]]:
    """The folded spans of the unknown names after a kind word: one, or those of a list."""
    text = folded.text
    is_part = kind.singular in _words("trigger")
    at = after
    for _ in range(_MAX_LIST if kind.number == "many" else 1):
        gap = _GAP.match(text, at)
        start = gap.end() if gap else at
        end = _known_end(start, mask, folded)
        if end is None:
            end = _name_end(text, start, context, lambda at: _known_end(at, mask, folded))
            if end is None or any(mask[folded.offsets[start] : folded.offsets[end - 1]]):
                return
            yield (after - len(kind.singular) if is_part else start), end
        joint = _JOINT.match(text, end)
        if joint is None:
            return
        at = joint.end()


def _known_end(start: int, mask: bytearray, folded: Normalised) -> int | None:
    """The end of the known name that begins at `start` or after a clitic of one or two letters."""
    for at in (start, start + 1, start + 2):
        if at < len(folded.offsets) and mask[folded.offsets[at]]:
            end = at
            while end < len(folded.offsets) and mask[folded.offsets[end]]:
                free = mask.find(0, folded.offsets[end])
                end = bisect_left(folded.offsets, free) if free > -1 else len(folded.offsets)
            return end
    return None


def _name_end(
    text: str, start: int, context: Context, known_end: Callable[[int], int | None]
) -> int | None:
    """The end of the name that begins at `start`; `None` if no name begins there.

    `known_end` returns the end of a known name that begins at a position, or `None`.
    """
    first = _WORD.match(text, start)
    if first is None or not _may_name(first.group()):
        return None
    # "Villages in the district of ...": another kind word begins no name.
    if first.group() not in _words("head") and _is_kind(first.group(), context):
        return None
    end = first.end()
    if first.group() in _words("head"):
        second = _next_word(text, end)
        if second is None or second.group() in _words("not_name"):
            return None
        end = second.end()
    last = _next_word(text, end)
    # "... East" is part of the name, "... east of Daraa", before a known name, is not.
    if last and last.group() in _words("tail") and known_end(last.end() + 1) is None:
        end = last.end()
    return end


def _next_word(text: str, at: int) -> re.Match[str] | None:
    return _WORD.match(text, at + 1) if at < len(text) and text[at] == " " else None


def _may_name(word: str) -> bool:
    if word in _words("head"):
        return True
    if not _MIN_LETTERS <= len(word) <= _MAX_LETTERS or not "\u0620" <= word[0] <= "\u064a":
        return False
    # Names have prepositions and nouns that begin like them: only a conjunction is removed.
    if any(word.removeprefix(clitic) in _words("not_name") for clitic in ("", *CONJUNCTIONS)):
        return False
    # "for the displaced": a preposition with the article begins no name.
    if word.startswith(DEFINITE_CHAINS) and not word.startswith(ARTICLE):
        return False
    return word.removeprefix(ARTICLE) not in _adjectives()


def _unknown(text: PreparedText, span: Span, kind: KindWord, near: _SentencePlaces) -> UnknownPlace:
    start, end = span
    sentence = text.sentence_at(start, end)
    return UnknownPlace(
        start=start,
        end=end,
        surface=text.original[start:end],
        kind_word=kind.word,
        classes=tuple(FeatureClass(name) for name in kind.classes if name in _NAMED),
        sentence=sentence,
        near=near.ids(sentence),
    )
