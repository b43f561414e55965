"""The words around a name that classify it: kind words, uses other than a location, furniture.

The rows are in data/lexicon/, each with an example; this module only reads them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from dashboard.model.place import FeatureClass
from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.normalise import fold
from dashboard.text.zones import Furniture

_FOLDER = DATA / "lexicon"


class MentionUse(StrEnum):
    """What a place name means; only a location is a place of an event."""

    LOCATION = "location"
    METONYM = "metonym"
    PARTY_NAME = "party_name"
    TITLE = "title"
    OUTLET = "outlet"
    TIME_ZONE = "time_zone"
    SCENARIO = "scenario"
    OPERATION_NAME = "operation_name"
    FURNITURE = "furniture"
    DATELINE = "dateline"
    REPORTER_SEAT = "reporter_seat"
    ROAD_END = "road_end"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word for the class of the name after it; `number` is "many" if a list of names may follow."""

    word: str
    number: str
    classes: tuple[str, ...]
    singular: str


@dataclass(frozen=True, slots=True)
class _UseWords:
    use: MentionUse
    words_before: str


@dataclass(frozen=True, slots=True)
class _UseWord:
    role: str
    word: str


@dataclass(frozen=True, slots=True)
class _CountryWord:
    country_id: str
    word: str


@dataclass(frozen=True, slots=True)
class _Word:
    word: str


@dataclass(frozen=True, slots=True)
class _Capital:
    place_id: str
    country_id: str


# Compared by identity, so that it can be a key of a cache.
@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """All context words, folded.

    `capitals` has the country of each; `ordinary_names` are names of places that are ordinary words
    or names of persons, too.
    """

    kind_words: Mapping[str, KindWord]
    uses: Mapping[str, MentionUse]
    use_words: Mapping[str, frozenset[str]]
    country_words: Mapping[str, str]
    locatives: frozenset[str]
    capitals: Mapping[str, str]
    furniture: tuple[Furniture, ...]
    not_misspelt: frozenset[str]
    ordinary_names: frozenset[str]


def load_context(folder: Path = _FOLDER) -> Context:
    """Read the context tables in `folder`; raises DataError if one is faulty."""
    kinds = load_records(folder / "place_kind_words.csv", KindWord, classes=list(FeatureClass))
    uses = load_records(folder / "place_contexts.csv", _UseWords)
    return Context(
        kind_words={
            fold(kind.word): replace(kind, word=fold(kind.word), singular=fold(kind.singular))
            for kind in kinds
        },
        uses={fold(row.words_before): row.use for row in uses},
        use_words=_by_role(load_records(folder / "place_use_words.csv", _UseWord)),
        country_words={
            fold(row.word): row.country_id
            for row in load_records(folder / "country_words.csv", _CountryWord)
        },
        locatives=_words(folder / "place_locatives.csv"),
        capitals={
            row.place_id: row.country_id for row in load_records(folder / "capitals.csv", _Capital)
        },
        furniture=tuple(load_records(folder / "page_furniture.csv", Furniture)),
        not_misspelt=_words(folder / "not_misspelt.csv"),
        ordinary_names=_words(folder / "ordinary_names.csv"),
    )


def _by_role(rows: Iterable[_UseWord]) -> Mapping[str, frozenset[str]]:
    words: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        words[row.role].add(fold(row.word))
    return {role: frozenset(found) for role, found in words.items()}


def _words(path: Path) -> frozenset[str]:
    return frozenset(fold(row.word) for row in load_records(path, _Word))
