"""The words around a name that classify it: kind words, uses other than a location, furniture.

The rows are in data/lexicon/, each with an example; this module only reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dashboard.model.place import FeatureClass
from dashboard.model.rows import Row, build_records, read_table
from dashboard.settings import DATA
from dashboard.text.normalise import fold
from dashboard.text.zones import Furniture, ZoneKind

_FOLDER = DATA / "lexicon"


class MentionUse(StrEnum):
    """What a place name stands for; only a location is a place of an event."""

    LOCATION = "location"
    METONYM = "metonym"
    PARTY_NAME = "party_name"
    TITLE = "title"
    OUTLET = "outlet"
    TIME_ZONE = "time_zone"
    SCENARIO = "scenario"
    OPERATION_NAME = "operation_name"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word for the class of the name after it; `many` if a list of names may follow."""

    word: str
    many: bool
    classes: frozenset[FeatureClass]
    singular: str


# Compared by identity, so that it can be a key of a cache.
@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """All context words, folded."""

    kind_words: Mapping[str, KindWord]
    uses: Mapping[str, MentionUse]
    locatives: frozenset[str]
    capitals: frozenset[str]
    furniture: tuple[Furniture, ...]
    not_misspelt: frozenset[str]


def load_context(folder: Path = _FOLDER) -> Context:
    """Read the context tables in `folder`; faulty rows are left out."""
    kinds = read_table(folder / "place_kind_words.csv", ("word", "number", "classes", "singular"))
    uses = read_table(folder / "place_contexts.csv", ("use", "words_before"))
    furniture = read_table(folder / "page_furniture.csv", ("phrase", "zone", "extent"))
    return Context(
        kind_words={word.word: word for word in build_records(kinds, _kind_word)},
        uses=dict(build_records(uses, _use)),
        locatives=_words(folder / "place_locatives.csv", "word"),
        capitals=frozenset(
            row.text("place_id") for row in read_table(folder / "capitals.csv", ("place_id",)).rows
        ),
        furniture=tuple(build_records(furniture, _furniture)),
        not_misspelt=_words(folder / "not_misspelt.csv", "word"),
    )


def _words(path: Path, column: str) -> frozenset[str]:
    return frozenset(fold(row.text(column)) for row in read_table(path, (column,)).rows)


def _kind_word(row: Row) -> KindWord:
    return KindWord(
        word=fold(row.text("word")),
        many=row.text("number") == "many",
        classes=frozenset(FeatureClass(name) for name in row.text("classes").split()),
        singular=fold(row.text("singular")),
    )


def _use(row: Row) -> tuple[str, MentionUse]:
    return fold(row.text("words_before")), MentionUse(row.text("use"))


def _furniture(row: Row) -> Furniture:
    return Furniture(row.text("phrase"), ZoneKind(row.text("zone")), row.text("extent") == "rest")
