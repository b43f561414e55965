"""Find the column of kinds of events by its values, e.g. a column "What happened" with "clash"."""

from collections.abc import Mapping

import pandas as pd

from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.sheet import cell_text
from dashboard.datasets.formats.unknown_words import is_unknown

_SAMPLE = 1_000
# Titles and notes may begin with a kind; a name of a kind is short.
_MOST_CHARACTERS = 60


def with_kind_column(
    columns: Mapping[str, str], sample: pd.DataFrame, codes: Crosswalk
) -> dict[str, str]:
    """The roles with a column of kinds, if no name of a column says it: one of mostly known kinds.

    It may have been taken for the titles, as a column "Event".
    """
    if "kind" in columns or "kind2" in columns:
        return dict(columns)
    used = {column for role, column in columns.items() if role != "title"}
    for name in map(str, sample.columns):
        if name not in used and _has_kinds(sample[name], codes):
            others = {role: column for role, column in columns.items() if column != name}
            return others | {"kind": name}
    return dict(columns)


def _has_kinds(cells: pd.Series, codes: Crosswalk) -> bool:
    """Whether more than half of the distinct values are names of kinds, and none is long."""
    texts = {cell_text(cell) for cell in cells.head(_SAMPLE).tolist()}
    given = [text for text in texts if not is_unknown(text)]
    if not given or max(map(len, given)) > _MOST_CHARACTERS:
        return False
    return 2 * sum(codes.kind_by_name(text) is not None for text in given) > len(given)
