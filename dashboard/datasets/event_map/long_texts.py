"""Texts that are too long for a cell of Excel: whole in a further sheet, in parts."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.text.escape import defuse, undefuse

# The columns of that sheet; `row` is the number of the row in its sheet, from 1.
LONG_TEXTS = ("sheet", "row", "column", "part", "text")
Key = tuple[str, int, str]


def long_texts(rows: Iterable[Sequence[object]]) -> Mapping[Key, str]:
    """The cells with long texts by sheet, row and column; rows that are no part are left out."""
    parts: dict[Key, dict[int, str]] = {}
    for sheet, row, column, part, text in rows:
        if isinstance(row, int | float) and isinstance(part, int | float):
            key = (str(sheet), int(row), str(column))
            parts.setdefault(key, {})[int(part)] = undefuse(str(text))
    return {
        key: defuse("".join(text for _part, text in sorted(numbered.items())))
        for key, numbered in parts.items()
    }
