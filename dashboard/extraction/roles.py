"""The roles of places in an event, e.g. "انسحبت القوات من عين عيسى إلى تل السمن" -> from, to."""

from collections.abc import Sequence

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.scene import PlaceArgument, Scene
from dashboard.extraction.sentence import EventHit, Sentence
from dashboard.model.event import PlaceRole
from dashboard.model.suggestion import SuggestedPlace

# The word that gives the role of a place is among so many words before its name.
_PLACE_REACH = 4


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
