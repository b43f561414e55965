"""A suggestion as an event, e.g. shelling of Ain Issa by Turkish forces -> an EventRecord to accept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.model.article import Speaker
from dashboard.model.corpus import Corpus
from dashboard.model.event import ActorRole, Claim, Event, EventActor, EventPlace, PlaceRole, Stance
from dashboard.model.message import Names, StoredText, message
from dashboard.model.records import EventRecord, SuggestionRecord
from dashboard.model.suggestion import SuggestedClaim
from dashboard.model.when import When

# Long enough that two events of one kind, place and day never share an id by chance.
_HASH = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a suggestion that an analyst may correct before it becomes an event.

    `places` and `actors` are pairs of id and role. `stances` has one stance per claim of a suggestion,
    in order; `None` for a claim that is not of this event, which stays a suggestion of its own.
    """

    kind: str
    title_en: str
    title_ar: str
    when: When
    date_reason: StoredText
    places: tuple[tuple[str, PlaceRole], ...]
    actors: tuple[tuple[str, ActorRole], ...]
    stances: tuple[Stance | None, ...] = ()

    @property
    def titles(self) -> Names:
        """The titles in both languages, for the log."""
        return self.title_en, self.title_ar


def draft(record: SuggestionRecord, corpus: Corpus) -> Draft:
    """The uncorrected suggestion, with a neutral title in both languages."""
    suggestion = record.suggestion
    places = tuple((place.place_id, place.role) for place in suggestion.places)
    actors = tuple((actor.actor_id, actor.role) for actor in suggestion.actors)
    place_ids, actor_ids = [key for key, _ in places], [key for key, _ in actors]
    return Draft(
        kind=suggestion.kind,
        title_en=title(corpus, suggestion.kind, place_ids, actor_ids, arabic=False),
        title_ar=title(corpus, suggestion.kind, place_ids, actor_ids, arabic=True),
        when=suggestion.when,
        date_reason=suggestion.date_reason,
        places=places,
        actors=actors,
        stances=tuple(claim.stance for claim in suggestion.claims),
    )


def title(
    corpus: Corpus, kind: str, places: Sequence[str], actors: Sequence[str], *, arabic: bool
) -> str:
    """A short, neutral title, e.g. "Shelling: Turkish forces, SDF; Ain Issa"."""
    words = corpus.lexicon.kinds[kind]
    parties = [corpus.lexicon.actors[actor_id] for actor_id in actors]
    sites = [corpus.gazetteer.places[place_id] for place_id in places]
    comma, semicolon = ("، ", "؛ ") if arabic else (", ", "; ")
    parts = [
        comma.join(actor.name_ar if arabic else actor.name_en for actor in parties),
        comma.join(place.name_ar if arabic else place.name_en for place in sites),
    ]
    details = semicolon.join(part for part in parts if part)
    name = words.name_ar if arabic else words.name_en
    return f"{name}: {details}" if details else name


def as_event(
    record: SuggestionRecord, corrected: Draft, event_id: str | None = None
) -> tuple[EventRecord, tuple[Speaker, ...]]:
    """Convert a corrected suggestion into an event and the new speakers of its claims.

    With `event_id`, the claims refer to that existing event.
    """
    event_id = event_id or new_event_id(record, corrected)
    suggestion = record.suggestion
    surfaces = {place.place_id: place.surface for place in suggestion.places}
    pairs = [
        _claim(record, number, claim, stance, event_id)
        for number, (claim, stance) in enumerate(
            zip(suggestion.claims, corrected.stances, strict=True), start=1
        )
        if stance is not None
    ]
    event = Event(
        event_id=event_id,
        kind=corrected.kind,
        title_en=corrected.title_en,
        title_ar=corrected.title_ar,
        when=corrected.when,
        date_reason=corrected.date_reason,
        summary_en="",
    )
    places = tuple(
        EventPlace(
            event_id=event_id,
            place_id=place_id,
            role=role,
            article_id=record.article_id,
            surface=surfaces.get(place_id),
            note=None
            if place_id in surfaces
            else message("placed by an analyst, not by a name in the text"),
        )
        for place_id, role in corrected.places
    )
    actors = tuple(
        EventActor(event_id, actor_id, role, None) for actor_id, role in corrected.actors
    )
    speakers = {speaker.speaker_id: speaker for _, speaker in pairs if speaker}
    return (
        EventRecord(event, places, actors, tuple(claim for claim, _ in pairs)),
        tuple(speakers.values()),
    )


def event_draft(record: EventRecord) -> Draft:
    """The fields of an existing event, to be changed."""
    event = record.event
    return Draft(
        kind=event.kind,
        title_en=event.title_en,
        title_ar=event.title_ar,
        when=event.when,
        date_reason=event.date_reason,
        places=tuple(dict.fromkeys((row.place_id, row.role) for row in record.places)),
        actors=tuple(dict.fromkeys((row.actor_id, row.role) for row in record.actors)),
    )


def with_draft(record: EventRecord, fields: Draft) -> EventRecord:
    """The event with other fields; places and actors that stay keep their source and notes.

    Its claims are unchanged.
    """
    event_id = record.event.event_id
    places = {(row.place_id, row.role): row for row in reversed(record.places)}
    actors = {(row.actor_id, row.role): row for row in reversed(record.actors)}
    by_hand = message("placed by an analyst")
    same_reason = fields.date_reason == record.event.date_reason
    event = replace(
        record.event,
        kind=fields.kind,
        title_en=fields.title_en,
        title_ar=fields.title_ar,
        when=fields.when,
        date_reason=fields.date_reason,
        # The Arabic text of the old reason would be wrong for a new one.
        date_reason_ar=record.event.date_reason_ar if same_reason else "",
    )
    return EventRecord(
        event,
        tuple(
            places.get(pair) or EventPlace(event_id, *pair, None, None, by_hand)
            for pair in fields.places
        ),
        tuple(actors.get(pair) or EventActor(event_id, *pair, None) for pair in fields.actors),
        record.claims,
    )


def remaining(record: SuggestionRecord, corrected: Draft) -> SuggestionRecord | None:
    """The claims that are not of the corrected event, as a suggestion of their own; `None`: all are."""
    pairs = zip(record.suggestion.claims, corrected.stances, strict=True)
    claims = tuple(claim for claim, stance in pairs if stance is None)
    if not claims:
        return None
    return replace(
        record,
        suggestion_id=f"{record.suggestion_id}_b",
        suggestion=replace(record.suggestion, claims=claims),
    )


def new_event_id(record: SuggestionRecord, corrected: Draft) -> str:
    """A stable, readable id, e.g. "shelling_ain_issa_2020_12_27_1f0c9a3b"."""
    place = corrected.places[0][0] if corrected.places else "unlocated"
    first = corrected.when.start or corrected.when.end
    day = first.isoformat().replace("-", "_") if first else "undated"
    digest = hashlib.sha256(record.suggestion_id.encode()).hexdigest()[:_HASH]
    return f"{corrected.kind}_{place}_{day}_{digest}"


def _claim(
    record: SuggestionRecord, number: int, claim: SuggestedClaim, stance: Stance, event_id: str
) -> tuple[Claim, Speaker | None]:
    speaker = _new_speaker(record, claim)
    return (
        Claim(
            claim_id=f"{event_id}_{record.suggestion_id[-_HASH:]}_c{number}",
            event_id=event_id,
            article_id=record.article_id,
            via_id=None,
            speaker_id=claim.speaker_id or (speaker.speaker_id if speaker else None),
            stance=stance,
            start=claim.start,
            end=claim.end,
            quote=claim.quote,
            gloss_en="",
            note=None,
            estimates=claim.estimates if stance is Stance.ASSERTS else (),
            disputes=None if stance is Stance.ASSERTS else claim.disputes,
        ),
        speaker,
    )


def _new_speaker(record: SuggestionRecord, claim: SuggestedClaim) -> Speaker | None:
    """A new speaker if the lexicon lacks the one cited; one for all unnamed sources of an article."""
    if claim.speaker_id is not None or claim.speaker is None:
        return None
    key = claim.speaker_actor_id or f"{record.article_id}:{claim.speaker}"
    digest = hashlib.sha256(key.encode()).hexdigest()[:_HASH]
    return Speaker(
        speaker_id=f"speaker_{digest}",
        name_en=claim.speaker,
        name_ar=claim.speaker,
        type="organisation" if claim.speaker_actor_id else "unnamed",
        affiliation=claim.speaker_actor_id,
        outlet_id=None,
        source=f"article {record.article_id}",
    )


def with_claims(event: EventRecord, further: EventRecord) -> EventRecord:
    """The event with the claims of `further` that it lacks; all else is unchanged."""
    present = {(claim.article_id, claim.start, claim.end) for claim in event.claims}
    claims = tuple(
        claim
        for claim in further.claims
        if (claim.article_id, claim.start, claim.end) not in present
    )
    return replace(event, claims=(*event.claims, *claims))
