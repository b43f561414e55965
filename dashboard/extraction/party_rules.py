"""The tables by which the roles of parties are read."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from dashboard.extraction.cues import Cues
from dashboard.extraction.sentence import EventHit, is_verb
from dashboard.model.event import ActorRole
from dashboard.model.suggestion import SuggestedActor


@dataclass(frozen=True, slots=True)
class PartyRules:
    """The tables by which roles are read; `civilians` and `crowds` are ids of parties.

    Neither bears arms, and crowds act: they protest, block roads and attack.
    """

    cues: Cues
    civilians: AbstractSet[str] = frozenset()
    crowds: AbstractSet[str] = frozenset()
    observers: AbstractSet[str] = frozenset()

    def attack(
        self, hit: EventHit, actors: Sequence[tuple[int, SuggestedActor]]
    ) -> tuple[str, Sequence[tuple[int, SuggestedActor]]]:
        """The kind of the act with its parties: a fight with civilians alone is an attack on them."""
        kind, attack = hit.form.cue.kind, hit.form.cue.kind.on_civilians
        targets = [actor for _, actor in actors if actor.role is ActorRole.TARGET]
        harmed = targets and all(actor.actor_id in self.civilians for actor in targets)
        if not attack or not is_verb(hit) or not harmed or len(actors) != len(targets) + 1:
            return kind.kind, actors
        sides = {ActorRole.PARTY: ActorRole.INITIATOR}
        return attack, [
            (at, replace(actor, role=sides.get(actor.role, actor.role))) for at, actor in actors
        ]
