"""The tags of the HXL standard 1.1 for columns of exported tables: rows of data/lexicon/hxl_tags.csv."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dashboard.model.rows import load_records
from dashboard.settings import DATA


@dataclass(frozen=True, slots=True)
class HxlTag:
    """The tag of a column, e.g. "#geo+lat" of `latitude`."""

    column: str
    tag: str
    source: str


@cache
def _tags() -> Mapping[str, str]:
    rows = load_records(DATA / "lexicon" / "hxl_tags.csv", HxlTag, "column")
    return {row.column: row.tag for row in rows}


def hxl_tags(columns: Sequence[str]) -> list[str]:
    """A tag for each column, "" for columns without one: HXL does not need all of them."""
    return [_tags().get(column, "") for column in columns]
