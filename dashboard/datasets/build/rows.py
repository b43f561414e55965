"""What importers tell of events: plain rows, whose cells are text but for dates and coordinates."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

# Between the values of a cell that holds several; no source writes it.
BETWEEN = "\x1f"
# What an importer tells of an event; everything but dates and coordinates is text, "" if unknown.
ROWS = (
    "event_id", "kind", "title", "notes", "date_start", "date_end", "date_precision", "lat", "lon",
    "place", "place_precision", "uncertainty_m", "country", "admin1", "admin2", "admin3",
    "initiators", "targets", "parties", "outlets", "url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What names lead to: ids of the lexicon and the gazetteer, by folded name.

    A name that is not among them is its own id: what a dataset calls somebody is kept as it is. An area
    goes by its level (0 is a country, 3 a subdistrict), `BETWEEN`, and its name.
    """

    actors: Mapping[str, str]
    outlets: Mapping[str, str]
    areas: Mapping[str, str]
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose rows they are: the dataset, its number, and who is behind every claim of it.

    `origin` is `None` where each outlet speaks for itself.
    """

    dataset: str
    number: int
    origin: str | None


def stable_hash(text: str) -> str:
    """Twelve letters that stand for a text, the same on every machine."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
