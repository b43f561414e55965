"""The table contract: which columns the tables have that queries and views read.

Every table but `events` refers to an event by its position in `events` (column `event`, int), so
that a selection is a boolean array over positions.
"""

from dataclasses import dataclass

import pandas as pd

# Days are datetime64 without zone; NaT is an unknown end.
EVENTS = (
    "event_id",
    "kind",
    "group",
    "title_en",
    "title_ar",
    "date_start",
    "date_end",
    "date_precision",
    "attestation",
    "verification",
    "place_verification",
    "located",
    "reviewed",
    "dataset",
    "search",
)
EVENT_PLACES = ("event", "place_id", "role")
EVENT_ACTORS = ("event", "actor", "role")
CLAIMS = ("event", "claim_id", "article_id", "outlet", "speaker", "origin", "stance")
CONTAINMENT = ("event", "place")


@dataclass(frozen=True, slots=True)
class Tables:
    """The events as tables.

    `events` has a row an event, with a RangeIndex; `containment` a row for each event and each
    place that the event lies in, from its own places up to the country.
    """

    events: pd.DataFrame
    event_places: pd.DataFrame
    event_actors: pd.DataFrame
    claims: pd.DataFrame
    containment: pd.DataFrame

    def __post_init__(self) -> None:
        for name, columns in (
            ("events", EVENTS),
            ("event_places", EVENT_PLACES),
            ("event_actors", EVENT_ACTORS),
            ("claims", CLAIMS),
            ("containment", CONTAINMENT),
        ):
            missing = set(columns) - set(getattr(self, name).columns)
            if missing:
                raise ValueError(f"table {name} lacks {sorted(missing)}")
