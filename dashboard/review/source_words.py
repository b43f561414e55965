"""The words of an article that name its speakers and its outlet, as analysts corrected them.

A correction of a claim's speaker or of an article's outlet is stored with its words, so that they are
proposed as a name for other articles (`learned_names.py`).
"""

import re
from collections.abc import Collection, Iterator
from functools import cache

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import load_cues
from dashboard.extraction.reader import Reading
from dashboard.model.article import Speaker
from dashboard.model.corpus import Corpus
from dashboard.model.learned import LearnedKind
from dashboard.model.records import Correction
from dashboard.text.normalise import fold, normalise
from dashboard.text.stated_outlet import OutletIndex
from dashboard.text.words import words_of

# The source of a speaker that an article's words made (`claims.new_speaker`).
_FROM_ARTICLE = "article "
_DIGIT = re.compile(r"\d")


def speaker_correction(
    corpus: Corpus, article_id: str, near: int, before: Speaker | None, after: Speaker | None
) -> Correction | None:
    """The words of the article for a claim's speaker, as whom an analyst meant; `None` if it has none.

    They are those that reading found for the speaker `before`, else the name of a new speaker. `near` is
    where the claim begins. Words for nobody in particular ("a medical source") are no name.
    """
    if after is None or after == before:
        return None
    text = corpus.articles[article_id].text
    for wording in _wordings(corpus, before, after):
        span = _nearest(text, wording, near)
        if span is not None and not _is_unnamed(wording):
            return Correction(article_id, *span, LearnedKind.SPEAKER.value, after.speaker_id)
    return None


def outlet_correction(text: str, article_id: str, words: str, outlet_id: str) -> Correction | None:
    """The first of these words of an article, as the name of its outlet; `None` if it lacks them."""
    span = _nearest(text, words, 0)
    if span is None:
        return None
    return Correction(article_id, *span, LearnedKind.OUTLET.value, outlet_id)


def outlet_wordings(text: str, reading: Reading) -> tuple[str, ...]:
    """What may name the outlet where an article says who publishes it, e.g. in its dateline.

    Neither known outlets nor places, parties and dates.
    """
    mentions = (reading.places, reading.actors, reading.dates)
    known = [(each.start, each.end) for kind in mentions for each in kind]
    parts = (
        (start, end)
        for start, end in _outlets().unknown_in_dateline(normalise(text))
        if not any(first < end and start < last for first, last in known)
    )
    wordings = (" ".join(text[start:end].split()) for start, end in parts)
    return tuple(dict.fromkeys(each for each in wordings if not _DIGIT.search(each)))


def _wordings(corpus: Corpus, before: Speaker | None, after: Speaker) -> Iterator[str]:
    if before is not None and before.source.startswith(_FROM_ARTICLE):
        yield before.name_ar
    if after.speaker_id not in corpus.lexicon.speakers or after.source.startswith(_FROM_ARTICLE):
        yield from dict.fromkeys((after.name_ar, after.name_en))


def _nearest(text: str, wording: str, near: int) -> tuple[int, int] | None:
    """The span of whole words of the text that is nearest to an offset."""
    pattern = r"\s+".join(map(re.escape, wording.split()))
    if not pattern:
        return None
    found = re.finditer(rf"(?<!\w){pattern}(?!\w)", text)
    return min((match.span() for match in found), key=lambda at: abs(at[0] - near), default=None)


def _is_unnamed(wording: str) -> bool:
    return any(word.text in _unnamed() for word in words_of(fold(wording)))


@cache
def _unnamed() -> Collection[str]:
    """The folded words for "source", "sources"."""
    return load_cues().words[ClaimRole.SOURCE]


@cache
def _outlets() -> OutletIndex:
    return OutletIndex()
