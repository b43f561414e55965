"""What analysts corrected in forms only: the words of the article, and what they are a name of.

E.g. a suggestion that was read at Raqqa and accepted at Tell Abyad: the words read as Raqqa are
proposed as a name of Tell Abyad, as those of a corrected mention are. The mention itself stays as it was
read, since an event may be elsewhere although its words were read right. Events made by hand and edited
seed events are compared with the reading of the words that they quote (`form_words.py`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial

from dashboard.extraction.reader import Reading
from dashboard.extraction.unlisted_parties import UNLISTED
from dashboard.model.corpus import Corpus
from dashboard.model.learned import LearnedKind
from dashboard.model.place import SHARP
from dashboard.model.records import (
    Correction,
    EventRecord,
    SuggestionRecord,
    Table,
    UnknownPlaceRecord,
    UnknownStatus,
)
from dashboard.model.suggestion import SuggestionStatus
from dashboard.review.form_words import FormWords, Span, of_event, of_suggestion
from dashboard.review.rereading import read_article
from dashboard.store.workspace import Workspace

ReadArticle = Callable[[str], Reading]


def form_corrections(
    workspace: Workspace, corpus: Corpus, read: ReadArticle | None = None
) -> Iterator[Correction]:
    """A correction for each event of which one place or one party was replaced by another.

    The words are those in a sentence of its claims that were read as the place that is gone; if nothing
    or only an area is gone, the one name there that the gazetteer lacks. An area that was replaced by a
    place in it, or the other way round, is no other reading of its words. The words of a party are those
    of one that the list of parties lacks. `read` returns the reading of an article by its id.
    """
    events = workspace.all(Table.EVENT)
    now = {key: item.value for key, item in events.items() if isinstance(item.value, EventRecord)}
    for words, event_id in _words(workspace, corpus, now, read):
        yield from _place_correction(corpus, words, {row.place_id for row in now[event_id].places})
        yield from _party_correction(words, {row.actor_id for row in now[event_id].actors})


def _words(
    workspace: Workspace,
    corpus: Corpus,
    now: Mapping[str, EventRecord],
    read: ReadArticle | None,
) -> Iterator[tuple[FormWords, str]]:
    """What the forms of accepted suggestions and of other events were filled from, with event ids."""
    suggested = set()
    unknown = _unknown_spans(workspace)
    for stored in workspace.all(Table.SUGGESTION, status=SuggestionStatus.ACCEPTED.value).values():
        record = stored.value
        if not isinstance(record, SuggestionRecord) or record.article_id not in corpus.articles:
            continue
        event_id = record.event_id or ""
        suggested.add(event_id)
        if event_id in now and event_id in corpus.events.events:
            yield of_suggestion(record, corpus, unknown.get(record.article_id, ())), event_id
    reading_of = read or partial(read_article, corpus, workspace)
    seeds = workspace.before_changes(Table.EVENT)
    for event_id, record in now.items():
        if event_id in corpus.events.events and event_id not in suggested:
            before = seeds.get(event_id)
            seed = before if isinstance(before, EventRecord) else None
            for words in of_event(record, seed, corpus, reading_of):
                yield words, event_id


def _place_correction(
    corpus: Corpus, words: FormWords, now: Collection[str]
) -> Iterator[Correction]:
    replaced = _replaced(words.places, now)
    if replaced is None:
        return
    gone, added = replaced
    if gone is not None and _contains(corpus, gone, added):
        return
    place = corpus.gazetteer.places.get(gone or "")
    sharp = place is not None and place.precision in SHARP
    unknown = [] if sharp else words.unknown_places
    found = tuple(_correction(words, unknown, LearnedKind.PLACE, added))
    read = words.places[gone] if gone is not None else ()
    yield from found or _correction(words, read, LearnedKind.PLACE, added)


def _party_correction(words: FormWords, now: Collection[str]) -> Iterator[Correction]:
    replaced = _replaced(words.parties, now)
    if replaced is not None and replaced[0] in (None, UNLISTED) and UNLISTED not in now:
        yield from _correction(words, words.unlisted_parties, LearnedKind.ACTOR, replaced[1])


def _correction(
    words: FormWords, spans: Collection[Span], kind: LearnedKind, meaning_id: str
) -> Iterator[Correction]:
    """The correction of the one of these spans that is in a sentence of the claims."""
    quoted = [span for span in spans if any(a <= span[0] < b for a, b in words.sentences)]
    if len(quoted) == 1:
        yield Correction(words.article_id, *quoted[0], kind.value, meaning_id)


def _replaced(before: Collection[str], now: Collection[str]) -> tuple[str | None, str] | None:
    """The id that is gone, if one is, and the one that is new; `None` if it is not only these."""
    gone = [key for key in before if key not in now]
    added = [key for key in now if key not in before]
    if len(added) != 1 or len(gone) > 1:
        return None
    return (gone[0] if gone else None), added[0]


def _contains(corpus: Corpus, one: str, other: str) -> bool:
    """Whether one of two places is in the other."""
    gazetteer = corpus.gazetteer
    if one not in gazetteer.places or other not in gazetteer.places:
        return False
    return one in gazetteer.containers(other) or other in gazetteer.containers(one)


def _unknown_spans(workspace: Workspace) -> Mapping[str, list[Span]]:
    """Where the names are that the gazetteer lacks, by article."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for stored in workspace.all(Table.UNKNOWN_PLACE, status=UnknownStatus.QUEUED.value).values():
        if isinstance(stored.value, UnknownPlaceRecord):
            spans[stored.value.article_id].append((stored.value.start, stored.value.end))
    return spans
