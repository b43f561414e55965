"""Parties to events, e.g. Syrian Democratic Forces; an outlet's loaded terms are their names."""

from dataclasses import dataclass
from datetime import date

from dashboard.model.place import NameStrength


@dataclass(frozen=True, slots=True)
class Actor:
    """A party under its neutral name; `part_of` is the id of the larger party, if any."""

    actor_id: str
    name_en: str
    name_ar: str
    type: str
    part_of: str | None
    acled_name: str | None
    source: str


@dataclass(frozen=True, slots=True)
class ActorName:
    """One wording for a party; `loaded` marks an outlet's loaded term, which is evidence.

    `valid_from` and `valid_to` bound the days on which the wording means this party: "the Syrian
    government" is another party from 8 December 2024 on. `None` is no bound. `countries` are the ids of
    the countries that an article must be on: "the coalition" of Yemen is not that of Syria. None is any.
    """

    actor_id: str
    name: str
    lang: str
    strength: NameStrength
    loaded: bool
    source: str
    valid_from: date | None = None
    valid_to: date | None = None
    countries: tuple[str, ...] = ()
