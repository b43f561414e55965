"""The actors of an event in ACLED's columns, with their types where these follow from our data.

Parties of the lexicon have a type, and states a country: Turkish forces in Syria are "External/Other
forces".
Whether an armed group is a rebel group or a militia is a judgement that nobody made here: it is blank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboard.model.rows import load_records
from dashboard.settings import DATA

Row = Mapping[str, Any]
# In the order of ACLED's interaction codes; source: ACLED Codebook (2023 and later), "inter" codes.
INTER = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters",
    "Protesters", "Civilians", "External/Other forces",
)  # fmt: skip
ACTOR_COLUMNS = frozenset((
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
))  # fmt: skip
# Types of parties that are a state's, of which the country decides.
_STATE = frozenset({"state_force", "government", "security_service"})


@dataclass(frozen=True, slots=True)
class AcledActorType:
    """ACLED's type for a type of party, at home and abroad; in events of `event_type`, or of any."""

    type: str
    event_type: str | None
    at_home: str
    abroad: str
    source: str


@dataclass(frozen=True, slots=True)
class StateCountry:
    """The country of a party that is a state."""

    actor_id: str
    country: str
    source: str


@cache
def _types() -> Mapping[tuple[str, str | None], AcledActorType]:
    path = DATA / "lexicon" / "acled_actor_types.csv"
    rows = load_records(path, AcledActorType, "type", "event_type")
    return {(row.type, row.event_type): row for row in rows}


@cache
def _countries() -> Mapping[str, str]:
    rows = load_records(DATA / "lexicon" / "state_countries.csv", StateCountry, "actor_id")
    return {row.actor_id: row.country for row in rows}


def acled_sides(actors: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The actors of both sides: initiators (or parties), and targets (or the other parties)."""
    first = [row for row in actors if row["role"] in {"initiator", "party"}]
    second = [row for row in actors if row["role"] == "target"]
    if not second and len(first) > 1:
        first, second = first[:1], first[1:]
    return first, second


def acled_actors(actors: Sequence[Row], event_type: str, country: str) -> dict[str, object]:
    """The columns of actors; the first of each side is its actor, the others are associated.

    `country` is that of the event, "" if it is not known.
    """
    first, second = acled_sides(actors)
    inter1, inter2 = (
        acled_actor_type(side[0], event_type, country) if side else "" for side in (first, second)
    )
    return {
        "actor1": first[0]["name_en"] if first else None,
        "assoc_actor_1": "; ".join(row["name_en"] for row in first[1:]) or None,
        "inter1": inter1,
        "actor2": second[0]["name_en"] if second else None,
        "assoc_actor_2": "; ".join(row["name_en"] for row in second[1:]) or None,
        "inter2": inter2,
        "interaction": interaction(inter1, inter2) if inter2 or not second else "",
    }


def acled_actor_type(actor: Row, event_type: str, country: str) -> str:
    """ACLED's type of an actor; "" if it does not follow from our data."""
    type_ = _types().get((actor["type"], event_type)) or _types().get((actor["type"], None))
    if type_ is None:
        return ""
    if actor["type"] not in _STATE:
        return type_.at_home
    home = _countries().get(actor["top_party"])
    if home is None or not country:
        return ""
    return type_.at_home if home == country else type_.abroad


def interaction(inter1: str, inter2: str) -> str:
    """Both types in the order of their codes, e.g. "State forces-Civilians"; of one, "Rioters only"."""
    known = sorted(filter(None, (inter1, inter2)), key=INTER.index)
    if not inter1:
        return ""
    return "-".join(known) if len(known) > 1 else f"{known[0]} only"
