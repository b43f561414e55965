"""The columns of the event rows that importers produce; cells are text, except dates and coordinates."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.model.event import EventKind

# Separates the values in a cell with several; no source has this character.
SEPARATOR = "\x1f"
# Columns of an event row; everything but dates and coordinates is text, "" if unknown. `estimates` and
# `source_columns` are JSON: a list of `model.estimate.Estimate`, and the row's cells by column;
# `source_values` are these cells alone, for full text search.
# `place_source` is given only if the gazetteer placed the row by its name (`model.place`).
ROW_COLUMNS = (
    "event_id", "kind", "title", "notes", "date_start", "date_end", "date_precision", "lat", "lon",
    "place", "place_precision", "uncertainty_m", "country", "admin1", "admin2", "admin3",
    "initiators", "targets", "parties", "outlets", "url", "estimates", "source_columns",
    "source_values", "place_source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownIds:
    """Ids of the lexicon and the gazetteer by folded name, and the group of each kind of event.

    A name that is in none of the mappings is used as the id. The key of an area is its level (0 is a
    country, 3 a subdistrict), `SEPARATOR`, and its folded name. `events` are the ids of curated events,
    `actor_names` the folded names of actors in articles, of which one may mean several actors.
    """

    actors: Mapping[str, str]
    outlets: Mapping[str, str]
    areas: Mapping[str, str]
    groups: Mapping[str, str]
    kinds: Mapping[str, EventKind] = field(default_factory=dict)
    events: frozenset[str] = frozenset()
    actor_names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowSource:
    """The dataset that rows belong to: its id, its number, and the origin of all its claims.

    `origin` is `None` if each outlet is an origin.
    """

    dataset: str
    number: int
    origin: str | None


def stable_hash(text: str) -> str:
    """A hash of a text as 12 hexadecimal digits, the same on every machine."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
