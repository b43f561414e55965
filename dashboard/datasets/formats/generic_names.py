"""Names of a type of actor, e.g. "Rioters (Syria)": whoever acted there, not one organisation."""

import re
from dataclasses import dataclass
from functools import cache

from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.normalise import fold

# The country, or the years, that ACLED adds to a name.
_ADDED = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class GenericName:
    """A name of a type of actor, without a country."""

    name: str
    source: str


@cache
def _names() -> frozenset[str]:
    rows = load_records(DATA / "lexicon" / "generic_actor_names.csv", GenericName, "name")
    return frozenset(fold(row.name) for row in rows)


def is_generic(name: str) -> bool:
    """Whether a name means a type of actor, with or without a country, e.g. "Protesters (Iraq)"."""
    return fold(_ADDED.sub("", name)).strip() in _names()


def organisation_name(name: str | None) -> str | None:
    """The name, or `None` for a generic one, which is of no actor in particular."""
    return None if name is None or is_generic(name) else name
