"""All names by which the values of filters are found: aliases, wordings of texts, initials, values.

E.g. ("speakers", "sohr", "SOHR"), ("places", "ain_issa", "عين عيسى").
"""

from collections.abc import Container, Iterable, Iterator, Mapping

from dashboard.extraction.attribution import SpeakerIndex
from dashboard.model.corpus import Corpus
from dashboard.query.name_search import initials
from dashboard.text.stated_outlet import OutletIndex

Name = tuple[str, str, str]
# The filters whose values have names, and may have further ones in the lexicon.
SEARCHED = ("places", "actors", "outlets", "speakers", "kinds")


def all_names(corpus: Corpus, vocabulary: Mapping[str, Container[str]]) -> Iterator[Name]:
    """Field, value and name of each value that an event has."""
    lexicon = corpus.lexicon
    for field, names in (
        ("places", ((name.place_id, name.name) for name in corpus.gazetteer.names)),
        ("actors", _of_actors(corpus)),
        ("outlets", _of_outlets(corpus)),
        ("speakers", _of_speakers(corpus)),
        ("kinds", _both(lexicon.kinds)),
    ):
        known = vocabulary[field]
        yield from ((field, value, name) for value, name in names if value in known)
        if field != "places":
            yield from _own_names(field, known)


def place_names(corpus: Corpus) -> Iterator[Name]:
    """The names of all places of the gazetteer, which has many where no event is."""
    yield from (("places", name.place_id, name.name) for name in corpus.gazetteer.names)


def _own_names(field: str, known: Container[str]) -> Iterator[Name]:
    """Values that a dataset brought along are their own names."""
    if isinstance(known, Iterable):
        yield from ((field, str(value), str(value)) for value in known)


def _both(records: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The names of records in both languages, and their initials."""
    for value, record in records.items():
        for name in (getattr(record, "name_en", ""), getattr(record, "name_ar", "")):
            yield value, name
            yield value, initials(name)


def _of_actors(corpus: Corpus) -> Iterator[tuple[str, str]]:
    yield from _both(corpus.lexicon.actors)
    yield from ((name.actor_id, name.name) for name in corpus.lexicon.actor_names)


def _of_outlets(corpus: Corpus) -> Iterator[tuple[str, str]]:
    yield from _both(corpus.lexicon.outlets)
    index = OutletIndex()
    for value in corpus.lexicon.outlets:
        yield from ((value, name) for name in index.names_of(value))


def _of_speakers(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The names of speakers; one that is an outlet has its names, too."""
    yield from _both(corpus.lexicon.speakers)
    speakers, outlets = SpeakerIndex(), OutletIndex()
    for value, speaker in corpus.lexicon.speakers.items():
        own = speakers.names_of(value)
        other = outlets.names_of(speaker.outlet_id) if speaker.outlet_id else set()
        yield from ((value, name) for name in own | other)
