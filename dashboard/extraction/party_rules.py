"""The tables by which the roles of parties are read."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from dashboard.extraction.cues import Cues


@dataclass(frozen=True, slots=True)
class PartyRules:
    """The tables by which roles are read; `civilians` and `crowds` are ids of parties.

    Neither bears arms, and crowds act: they protest, block roads and attack.
    """

    cues: Cues
    civilians: AbstractSet[str] = frozenset()
    crowds: AbstractSet[str] = frozenset()
    observers: AbstractSet[str] = frozenset()
