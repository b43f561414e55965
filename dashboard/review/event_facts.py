"""What two events are compared by: places, days, kind, parties, words and figures of each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dashboard.model.corpus import Corpus, Lexicon
from dashboard.model.estimate import Figure, Measure
from dashboard.model.event import Claim, Event, EventActor, EventGroup, EventPlace
from dashboard.model.event_tables import CURATED
from dashboard.model.listed_places import names_of_places
from dashboard.model.place import Place
from dashboard.text.normalise import fold

# Words of fewer letters are mostly particles.
_SHORTEST_WORD = 4
_YEARS = re.compile(r"\s*\(\d{4}-(\d{4})?\)$")
Row = TypeVar("Row", EventPlace, EventActor, Claim)


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One event of a dataset. `parties` are the ids of the largest parties that the lexicon knows.

    `names` are the folded names of its places, `words` those of its quotes, `english` those of their
    translations.
    """

    event: Event
    dataset: str
    group: EventGroup
    places: Mapping[str, Place]
    names: frozenset[str]
    parties: frozenset[str]
    articles: frozenset[str]
    words: frozenset[str]
    english: frozenset[str]
    figures: Mapping[Measure, Figure] = field(default_factory=dict)

    @property
    def points(self) -> Iterator[Place]:
        """Its places that have coordinates."""
        return (place for place in self.places.values() if not place.geometry.is_empty)


def facts_of(
    corpus: Corpus, datasets: Mapping[str, str] | None = None, known: Lexicon | None = None
) -> dict[str, EventFacts]:
    """The facts of all events of a corpus by id.

    `datasets` has the dataset of each event, if not all are curated. Parties are those of `known`, the
    lexicon without what imported rows added; a name of it stands for its party.
    """
    lexicon, events = known or corpus.lexicon, corpus.events
    parties_by_name = _parties_by_name(lexicon)
    places, actors = _by_event(events.places), _by_event(events.actors)
    claims = _by_event(events.claims)
    names: dict[str, set[str]] = defaultdict(set)
    for name in names_of_places(corpus.gazetteer, {row.place_id for row in events.places}):
        names[name.place_id].add(fold(name.name))
    figures = corpus.figures()
    facts = {}
    for key, event in events.events.items():
        at = {row.place_id: corpus.gazetteer.places[row.place_id] for row in places[key]}
        called = {fold(name) for place in at.values() for name in (place.name_en, place.name_ar)}
        # The title of a row without words of its own is made of its kind and parties.
        claimed = [claim for claim in claims[key] if claim.quote != event.title_en]
        quotes = [claim.quote for claim in claimed]
        english = [claim.gloss_en or claim.quote for claim in claimed]
        # Place and day are compared by themselves.
        of_places = {word for name in called for word in name.split()}
        facts[key] = EventFacts(
            event,
            (datasets or {}).get(key, CURATED),
            corpus.lexicon.kinds[event.kind].group,
            at,
            frozenset(called.union(*(names[place_id] for place_id in at)) - {""}),
            frozenset(_known(corpus, lexicon, parties_by_name, (r.actor_id for r in actors[key]))),
            frozenset(claim.article_id for claim in claims[key]),
            _words(quotes) - of_places,
            _words(english) - of_places,
            figures.get(key, {}),
        )
    return facts


def _words(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(
        word for text in texts for word in fold(text).split() if len(word) >= _SHORTEST_WORD
    )


def _known(
    corpus: Corpus, lexicon: Lexicon, by_name: Mapping[str, str], ids: Iterable[str]
) -> Iterator[str]:
    """The largest parties of these actors: an army and its ministry are one party."""
    for actor_id in ids:
        known = actor_id if actor_id in lexicon.actors else by_name.get(fold(actor_id))
        if known is not None:
            yield corpus.top_party(known)


def _parties_by_name(lexicon: Lexicon) -> Mapping[str, str]:
    """The party of each folded name that only one has, at any time and in any country."""
    ids: dict[str, set[str]] = defaultdict(set)
    for name in lexicon.actor_names:
        if not (name.valid_from or name.valid_to or name.countries):
            ids[fold(name.name)].add(name.actor_id)
    for actor in lexicon.actors.values():
        acled = actor.acled_name or ""
        # UCDP writes "Government of Turkey", ACLED "Government of Turkey (2016-)".
        for text in {actor.name_en, acled, _YEARS.sub("", acled)}:
            ids[fold(text)].add(actor.actor_id)
    return {name: next(iter(keys)) for name, keys in ids.items() if name and len(keys) == 1}


def _by_event(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.event_id].append(row)
    return grouped
