"""One whole event as JSON: with its places, actors, claims, and all that they refer to.

Exported files include it, so that the program reads its own files back with nothing lost.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from dashboard.model.actor import Actor
from dashboard.model.article import Article, Outlet, Speaker
from dashboard.model.capture import ExportedProof
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim, Event, EventActor, EventPlace, EventRelation
from dashboard.model.place import FeatureClass, Gazetteer, PlacePrecision
from dashboard.model.verification import EventJudgements, VerifiedPart

VERSION = 1


class ExportedPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place without its outline; coordinates in degrees (EPSG:4326), `None` for areas without any."""

    place_id: str
    name_en: str
    name_ar: str
    feature_class: FeatureClass
    within: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    uncertainty_m: int
    precision: PlacePrecision
    sources: str
    doubt: str | None
    tier: int


class ExportedEvent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event and all that it refers to; articles are without their texts.

    `coarsened` has place and role of each place that was made less precise for sharing. `judgements` is
    unset if there are none, as in files of programs that had none.
    """

    version: int = VERSION
    event: Event
    dataset: str
    reviewed: bool
    places: tuple[EventPlace, ...]
    actors: tuple[EventActor, ...]
    claims: tuple[Claim, ...]
    gazetteer: tuple[ExportedPlace, ...]
    coarsened: tuple[tuple[str, str], ...] = ()
    parties: tuple[Actor, ...]
    outlets: tuple[Outlet, ...]
    speakers: tuple[Speaker, ...]
    articles: tuple[Article, ...]
    judgements: EventJudgements | msgspec.UnsetType = msgspec.UNSET
    proof: tuple[ExportedProof, ...] | msgspec.UnsetType = msgspec.UNSET

    @property
    def judged(self) -> EventJudgements:
        """The judgements, none if unset."""
        return EventJudgements() if self.judgements is msgspec.UNSET else self.judgements

    @property
    def proven(self) -> tuple[ExportedProof, ...]:
        """The proof of claims, none if unset."""
        return () if self.proof is msgspec.UNSET else self.proof


@dataclass(frozen=True, slots=True)
class EventChildren:
    """The rows of one event; `coarsened` as in ExportedEvent.

    `relations` are those of this event to others that are exported with it.
    """

    places: tuple[EventPlace, ...]
    actors: tuple[EventActor, ...]
    claims: tuple[Claim, ...]
    coarsened: tuple[tuple[str, str], ...] = ()
    relations: tuple[EventRelation, ...] = ()


def exported_event(
    corpus: Corpus, event: Event, dataset: str, children: EventChildren
) -> ExportedEvent:
    """The record of an event of the corpus."""
    lexicon, articles = corpus.lexicon, _articles(corpus, children.claims)
    claims = _named_claims(event.event_id, corpus, children.claims)
    speaker_ids = [key for claim in claims for key in (claim.speaker_id, claim.via_id) if key]
    speakers = [lexicon.speakers[key] for key in dict.fromkeys(speaker_ids)]
    actor_ids = [row.actor_id for row in children.actors]
    actor_ids += [speaker.affiliation for speaker in speakers if speaker.affiliation]
    outlet_ids = [article.outlet_id for article in articles]
    outlet_ids += [speaker.outlet_id for speaker in speakers if speaker.outlet_id]
    return ExportedEvent(
        event=event,
        dataset=dataset,
        reviewed=event.event_id not in corpus.unreviewed,
        places=children.places,
        actors=children.actors,
        claims=claims,
        gazetteer=tuple(_places(corpus.gazetteer, children.places)),
        coarsened=children.coarsened,
        parties=tuple(_with_larger(lexicon.actors, actor_ids)),
        outlets=tuple(lexicon.outlets[key] for key in dict.fromkeys(outlet_ids)),
        speakers=tuple(speakers),
        articles=tuple(
            replace(article, article_id=name, text="")
            for article, name in zip(
                articles, dict.fromkeys(claim.article_id for claim in claims), strict=True
            )
        ),
        judgements=_judgements(corpus, event.event_id, claims, children),
        proof=tuple(
            replace(corpus.proof[claim.claim_id], claim_id=named.claim_id)
            for claim, named in zip(children.claims, claims, strict=True)
            if claim.claim_id in corpus.proof
        )
        or msgspec.UNSET,
    )


def _judgements(
    corpus: Corpus, event_id: str, claims: Sequence[Claim], children: EventChildren
) -> EventJudgements | msgspec.UnsetType:
    """The judgements of an event, its outlets and its claims, and its relations; unset if none."""
    known = corpus.judgements
    ids = {claim.claim_id for claim in claims}
    verifications, lapsed = (
        tuple(
            row if row.claim_id in ids else replace(row, claim_id=None)
            for part in VerifiedPart
            if (row := rows.get((event_id, part)))
        )
        for rows in (known.verifications, known.lapsed)
    )
    outlets = dict.fromkeys(it.outlet_id for it in _articles(corpus, children.claims))
    judged = EventJudgements(
        verifications,
        tuple(it for key in outlets if (it := known.source(event_id, key))),
        tuple(known.claims[it.claim_id] for it in claims if it.claim_id in known.claims),
        children.relations,
        lapsed,
    )
    return msgspec.UNSET if judged == EventJudgements() else judged


def _articles(corpus: Corpus, claims: Iterable[Claim]) -> list[Article]:
    return [corpus.articles[key] for key in dict.fromkeys(claim.article_id for claim in claims)]


def _named_claims(event_id: str, corpus: Corpus, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims; those of rows of datasets with ids that no other workspace uses for another row."""
    named = []
    for number, claim in enumerate(claims, start=1):
        of_row = not corpus.articles[claim.article_id].sha256
        name = f"{event_id}:{number}"
        named.append(replace(claim, claim_id=name, article_id=name) if of_row else claim)
    return tuple(named)


def _places(gazetteer: Gazetteer, rows: Iterable[EventPlace]) -> Iterator[ExportedPlace]:
    """The places of the rows and all that contain them."""
    direct = [row.place_id for row in rows]
    ids = [key for place_id in direct for key in (place_id, *gazetteer.containers(place_id))]
    for key in dict.fromkeys(ids):
        place = gazetteer.places[key]
        known = not place.geometry.is_empty
        yield ExportedPlace(
            place_id=key,
            name_en=place.name_en,
            name_ar=place.name_ar,
            feature_class=place.feature_class,
            within=place.within,
            latitude=place.lat if known else None,
            longitude=place.lon if known else None,
            uncertainty_m=place.uncertainty_m,
            precision=place.precision,
            sources=place.sources,
            doubt=place.doubt,
            tier=place.tier,
        )


def _with_larger(actors: Mapping[str, Actor], ids: Iterable[str]) -> Iterator[Actor]:
    """The actors and the larger parties that they are part of, each once."""
    seen: set[str] = set()
    for key in ids:
        at: str | None = key
        while at is not None and at not in seen:
            seen.add(at)
            yield actors[at]
            at = actors[at].part_of
