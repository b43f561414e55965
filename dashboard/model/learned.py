"""Names that analysts' corrections taught: wordings of places, parties, speakers and outlets."""

from dataclasses import dataclass
from enum import StrEnum


class LearnedKind(StrEnum):
    """What a learned name is of."""

    PLACE = "place"
    ACTOR = "actor"
    SPEAKER = "speaker"
    OUTLET = "outlet"


class LearnedStatus(StrEnum):
    """The decision on a name that a correction proposed."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class LearnedName:
    """A wording, decided by an analyst, for what has the id `meaning_id`; accepted ones are read.

    `lang` is an ISO 639 code, `source` where the wording is from. `proposed` is the wording of the
    correction, of which `wording` may be a part. Of a speaker or an outlet, `meaning` is its name and
    `affiliation` the id of the party that the speaker speaks for: a team that lacks it can add it.
    """

    kind: LearnedKind
    wording: str
    meaning_id: str
    status: LearnedStatus
    lang: str
    source: str
    proposed: str
    meaning: str = ""
    affiliation: str | None = None
