"""The roles of actors and places in an event, e.g. "انسحبت القوات الروسية من عين عيسى إلى تل السمن"."""

from collections.abc import Iterator, Sequence

from dashboard.actors.find import ActorMention
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.scene import PlaceArgument, Scene
from dashboard.extraction.sentence import EventHit, Sentence, is_verb
from dashboard.model.event import ActorRole, PartyRoles, PlaceRole
from dashboard.model.suggestion import SuggestedActor, SuggestedPlace
from dashboard.text.clitics import TO
from dashboard.text.prepared import PreparedText

# The adjective is among so many words after the noun: "artillery shelling, Turkish".
_ADJECTIVES = 2
# The word that gives the role of an actor or of a place is among so many words before its name.
_REACH, _PLACE_REACH = 3, 4


def place_roles(
    sentence: Sentence, places: Sequence[PlaceArgument], scene: Scene, hit: EventHit, cues: Cues
) -> tuple[SuggestedPlace, ...]:
    """The places with their roles, each once."""
    arguments: dict[str, SuggestedPlace] = {}
    for place in places:
        role = PlaceRole.AT
        if scene.names(place):
            role = _place_role(sentence, place, hit, cues)
        mention = place.mention
        arguments.setdefault(
            place.place_id,
            SuggestedPlace(place.place_id, role, mention.surface, mention.start, mention.end),
        )
    return tuple(arguments.values())


def _place_role(sentence: Sentence, place: PlaceArgument, hit: EventHit, cues: Cues) -> PlaceRole:
    before = [word.text for word in sentence.words[max(0, place.at - _PLACE_REACH) : place.at]]
    for word in reversed(before):
        if hit.form.cue.kind.movement:
            if word in cues.words[ClaimRole.FROM]:
                return PlaceRole.FROM
            if word in cues.words[ClaimRole.TO]:
                return PlaceRole.TO
        if word in cues.words[ClaimRole.NEAR]:
            return PlaceRole.NEAR
    return PlaceRole.AT


def actor_roles(
    text: PreparedText, scene: Scene, hit: EventHit, cues: Cues
) -> list[tuple[int, SuggestedActor]]:
    """The parties of the event's clause with their roles, each party once.

    "Turkish shelling" names who does it, and comes first.
    """
    sentence = scene.sentence
    clause = sentence.clauses[hit.at]
    numbers = scene.actor_index.in_clauses(clause, clause)
    if not numbers:
        numbers = scene.actor_index.in_clauses(clause - 1, clause + 1)[:2]
    near = scene.actors[numbers.start : numbers.stop]
    arguments = dict(_by_nationality(text, sentence, hit, cues))
    initiated = bool(arguments)
    for at, mention in near:
        role = _actor_role(sentence, at, hit, cues, initiated=initiated)
        initiated = initiated or role is ActorRole.INITIATOR
        arguments.setdefault(mention.actor_id, (at, _suggested(mention, role)))
    return list(arguments.values())


def _by_nationality(
    text: PreparedText, sentence: Sentence, hit: EventHit, cues: Cues
) -> Iterator[tuple[str, tuple[int, SuggestedActor]]]:
    kind = hit.form.cue.kind
    # States talk by their governments, not by their forces.
    if is_verb(hit) or kind.of_words:
        return
    clause = sentence.clauses[hit.at]
    for at in range(hit.at + 1, min(hit.at + 1 + _ADJECTIVES, len(sentence.words))):
        word = sentence.words[at]
        actor_id = cues.nationalities.get(word.text)
        if actor_id and sentence.clauses[at] == clause:
            role = ActorRole.PARTY if kind.parties is PartyRoles.MUTUAL else ActorRole.INITIATOR
            start, end = text.folded.span(word.start, word.end)
            yield actor_id, (at, SuggestedActor(actor_id, role, start, end))


def _suggested(mention: ActorMention, role: ActorRole) -> SuggestedActor:
    return SuggestedActor(mention.actor_id, role, mention.start, mention.end)


def _actor_role(
    sentence: Sentence, at: int, hit: EventHit, cues: Cues, *, initiated: bool
) -> ActorRole:
    parties = hit.form.cue.kind.parties
    if parties is PartyRoles.MUTUAL:
        return ActorRole.PARTY
    if parties is PartyRoles.CROWD and at > hit.at:
        return ActorRole.TARGET
    before = [word.text for word in sentence.words[max(hit.at, at - _REACH, 0) : at]]
    pairs = {" ".join(before[i : i + 2]) for i in range(len(before))}
    if pairs & cues.words[ClaimRole.AGENT] or set(before) & cues.words[ClaimRole.AGENT]:
        return ActorRole.INITIATOR
    against = set(before) & cues.words[ClaimRole.AGAINST]
    # "The shelling by (ل) forces", but "the arrest of (ل) members".
    objective = sentence.words[at].text.startswith(TO) and at > hit.at and not hit.form.cue.li_agent
    return ActorRole.TARGET if against or objective or initiated else ActorRole.INITIATOR
