"""Names that analysts' corrections taught: wordings of places and parties for the next articles."""

from dataclasses import dataclass
from enum import StrEnum


class LearnedKind(StrEnum):
    """What a learned name is of."""

    PLACE = "place"
    ACTOR = "actor"


class LearnedStatus(StrEnum):
    """The decision on a name that a correction proposed."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class LearnedName:
    """A wording for a place or a party, decided by an analyst; articles are read with accepted ones.

    `meaning_id` is the id of the place or the party, `lang` an ISO 639 code, `source` where the wording
    is from. `proposed` is the wording of the correction, of which `wording` may be a part.
    """

    kind: LearnedKind
    wording: str
    meaning_id: str
    status: LearnedStatus
    lang: str
    source: str
    proposed: str
