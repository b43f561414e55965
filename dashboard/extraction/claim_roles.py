"""Cues of claims: the roles that words have in a claim, and a word or phrase with its role."""

from dataclasses import dataclass
from enum import StrEnum


class ClaimRole(StrEnum):
    """What a claim cue says about the events of its clause."""

    DENIAL = "denial"
    DOUBT = "doubt"
    DENIAL_AFTER = "denial_after"
    DOUBT_AFTER = "doubt_after"
    NEWS = "news"
    MAIN_VERB = "main_verb"
    COMPLEMENT = "complement"
    TOLL = "toll"
    RESPONSIBILITY = "responsibility"
    OBJECT = "object"
    SILENCE = "silence"
    OCCURRENCE = "occurrence"
    EXECUTION = "execution"
    WAS = "was"
    NEGATION = "negation"
    IRREALIS = "irrealis"
    ORDER = "order"
    BACKGROUND = "background"
    REPORT = "report"
    CONTINUATION = "continuation"
    BOUNDARY = "boundary"
    THAT = "that"
    AGAIN = "again"
    TIME = "time"
    TAKES_PLACE = "takes_place"
    SOURCE = "source"
    ANAPHORA = "anaphora"
    FROM = "from"
    TO = "to"
    NEAR = "near"
    DIRECTION = "direction"
    AGAINST = "against"
    AGENT = "agent"
    CONTRAST = "contrast"
    RELATIVE = "relative"
    THIS = "this"
    MEMBER = "member"
    WEAPON = "weapon"
    POSSESSION = "possession"
    LINK = "link"
    QUANTITY = "quantity"
    CASUALTY = "casualty"
    ANNOUNCEMENT = "announcement"
    CONTROL = "control"
    WITH = "with"
    REASON = "reason"
    SUPPORT = "support"
    SEPARATE = "separate"
    MEDIATION = "mediation"
    CLAIMED = "claimed"
    STATIONED = "stationed"
    FIRING = "firing"
    GROUP = "group"
    GROUP_REFERENCE = "group_reference"
    FORCE_REFERENCE = "force_reference"
    NOT_GROUP = "not_group"
    ORDINAL = "ordinal"
    OFFICE = "office"
    STATED = "stated"
    EXPOSED = "exposed"


@dataclass(frozen=True, slots=True)
class ClaimCue:
    """A word or phrase that governs (before), qualifies (after) or opens (start) a clause.

    If there are `needs`, one of them must be near it; none of `avoids` may be near it.
    """

    role: ClaimRole
    words: tuple[str, ...]
    where: str
    needs: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
