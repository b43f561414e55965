"""The words of an article from which the form of an event was filled: its places and parties as read.

Of an accepted suggestion these are in the suggestion. Of an event made by hand, and of an edited seed
event, the sentences that it quotes are read again, if they do not name what the event has now.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.extraction.reader import Reading
from dashboard.extraction.unlisted_parties import UNLISTED
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim
from dashboard.model.listed_places import names_of_places
from dashboard.model.records import EventRecord, SuggestionRecord
from dashboard.review.notes import OUTLET as NOTES
from dashboard.text.normalise import fold
from dashboard.text.sentences import sentence_at

Span = tuple[int, int]
_NOT_QUOTED: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class FormWords:
    """The places and parties that a form had at first, by id, each with its words in one article.

    `sentences` are those of the event's claims. `unknown_places` are names that the gazetteer lacks,
    `unlisted_parties` groups that the list of parties lacks.
    """

    article_id: str
    sentences: tuple[Span, ...]
    places: Mapping[str, Sequence[Span]]
    parties: Mapping[str, Sequence[Span]]
    unknown_places: Sequence[Span]
    unlisted_parties: Sequence[Span]


def of_suggestion(
    record: SuggestionRecord, corpus: Corpus, unknown_places: Sequence[Span]
) -> FormWords:
    """The words of a suggestion."""
    suggestion = record.suggestion
    text = corpus.articles[record.article_id].text
    parties = _by_id(text, ((each.actor_id, (each.start, each.end)) for each in suggestion.actors))
    return FormWords(
        record.article_id,
        tuple(sentence_at(text, claim.start, claim.end) for claim in suggestion.claims),
        # One place may be in two roles: its words of one role are as good as those of the other.
        {each.place_id: ((each.start, each.end),) for each in suggestion.places},
        parties,
        unknown_places,
        _groups(text, parties.get(UNLISTED, ())),
    )


def of_event(
    record: EventRecord,
    seed: EventRecord | None,
    corpus: Corpus,
    read: Callable[[str], Reading],
) -> Iterator[FormWords]:
    """The words of each article that an event quotes; `seed` is a seed event before it was edited.

    The form of an event made by hand was filled from the words of its first claim. Notes of analysts
    are not words of articles.
    """
    claims = record.claims if seed else record.claims[:1]
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        article = corpus.articles.get(claim.article_id)
        if article is not None and article.outlet_id != NOTES.outlet_id:
            by_article[claim.article_id].append(claim)
    for article_id, quoted in by_article.items():
        if not _names_all(record, seed, quoted, corpus):
            yield _read_again(article_id, quoted, seed, corpus, read(article_id))


def _read_again(
    article_id: str, claims: Sequence[Claim], seed: EventRecord | None, corpus: Corpus, it: Reading
) -> FormWords:
    text = corpus.articles[article_id].text
    spans = tuple((claim.start, claim.end) for claim in claims)
    if seed is not None:
        spans = tuple(sentence_at(text, *span) for span in spans)

    def quoted(start: int) -> bool:
        return any(first <= start < last for first, last in spans)

    places = _by_id(text, ((m.place_id, (m.start, m.end)) for m in it.places if quoted(m.start)))
    parties = _by_id(text, ((m.actor_id, (m.start, m.end)) for m in it.actors if quoted(m.start)))
    if seed is not None:
        places = {row.place_id: places.get(row.place_id, _NOT_QUOTED) for row in seed.places}
        parties = {row.actor_id: parties.get(row.actor_id, _NOT_QUOTED) for row in seed.actors}
    groups = (
        (actor.start, actor.end)
        for suggestion in it.suggestions
        for actor in suggestion.actors
        if actor.actor_id == UNLISTED
    )
    unknown = [(name.start, name.end) for name in it.unknown]
    return FormWords(article_id, spans, places, parties, unknown, _groups(text, groups))


def _names_all(
    record: EventRecord, seed: EventRecord | None, claims: Sequence[Claim], corpus: Corpus
) -> bool:
    """Whether the claims name what the event has now: reading them again would propose nothing.

    Places and parties of the seed event are no correction.
    """
    words = fold(" ".join(claim.quote for claim in claims))
    places = {row.place_id for row in record.places}
    actors = {row.actor_id for row in record.actors}
    if seed is not None:
        places -= {row.place_id for row in seed.places}
        actors -= {row.actor_id for row in seed.actors}
    named = {
        each.place_id
        for each in names_of_places(corpus.gazetteer, places)
        if fold(each.name) in words
    }
    known = (each for each in corpus.lexicon.actor_names if each.actor_id in actors)
    named |= {each.actor_id for each in known if fold(each.name) in words}
    return named >= places | actors


def _by_id(text: str, mentions: Iterable[tuple[str | None, Span]]) -> dict[str, tuple[Span, ...]]:
    """The spans of each id, the first of each wording; mentions that are nothing known are left out."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for key, span in mentions:
        if key is not None:
            spans[key].append(span)
    return {key: _each_wording(text, found) for key, found in spans.items()}


def _groups(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Those that are names: of one word is only a reference, "the group"."""
    return _each_wording(text, (span for span in spans if len(text[slice(*span)].split()) > 1))


def _each_wording(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The first span of each wording."""
    first: dict[str, Span] = {}
    for span in spans:
        first.setdefault(fold(text[slice(*span)]), span)
    return tuple(first.values())
