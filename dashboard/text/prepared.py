"""A preprocessed text: folded, divided into words and zones and split into sentences, each once."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from dashboard.text.normalise import Normalised, normalise
from dashboard.text.sentences import Span, sentence_among, sentences, sentences_in
from dashboard.text.words import Word, words_between, words_of
from dashboard.text.zones import Furniture, Zone, ZoneKind, zones

_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class PreparedText:
    """A text with its folded copy, its words, zones and sentences: the input of all extraction rules.

    Words have offsets in the folded copy; zones and sentences are spans of the original text. All are in
    order, end excluded.
    """

    folded: Normalised
    words: tuple[Word, ...]
    zones: tuple[Zone, ...]
    sentences: tuple[Span, ...]

    @property
    def original(self) -> str:
        """The text as it was written."""
        return self.folded.original

    def words_in(self, start: int, end: int) -> Sequence[Word]:
        """The words of original[start:end]."""
        folded = self.folded
        return words_between(self.words, folded.folded_offset(start), folded.folded_offset(end))

    def zone_at(self, offset: int) -> ZoneKind:
        """The kind of the zone that contains the character at `offset` of the original."""
        return self.zones[bisect_right(self.zones, offset, key=_START) - 1].kind

    def sentence_at(self, start: int, end: int) -> Span:
        """The span of the sentence, or run of sentences, that contains original[start:end]."""
        return sentence_among(self.sentences, start, end)

    def sentences_of(self, kind: ZoneKind) -> Iterator[Span]:
        """The sentences in the zones of a kind; one that crosses the end of its zone is cut there.

        A line separator such as U+2028 ends a zone, but not a sentence.
        """
        for zone in self.zones:
            if zone.kind is kind:
                yield from sentences_in(self.original, self.sentences, zone.start, zone.end)


def prepare(text: str, furniture: Sequence[Furniture]) -> PreparedText:
    """Fold a text, divide it into words and zones and split it into sentences.

    `furniture` are the phrases that begin a line of page furniture.
    """
    folded = normalise(text)
    return PreparedText(folded, words_of(folded.text), zones(folded, furniture), sentences(text))
