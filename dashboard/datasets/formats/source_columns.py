"""The other columns of a source as they are, e.g. {"civilian_targeting": "Civilian targeting"}."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

import msgspec
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.build.arrow import repeated, to_text
from dashboard.datasets.files.chunks import EXTENT
from dashboard.datasets.formats.sheet import Sheet, text_series


def source_columns(sheet: Sheet, unchanged: Collection[str]) -> dict[str, pd.Series]:
    """The columns `source_columns` and `source_values` of event rows, both "" if all cells are blank.

    The first has the cells by column as JSON, the second the same without the names of the columns.
    Columns in `unchanged` are left out: other columns of the event rows have their cells as they are,
    except the cells that were not used.
    """
    others = [str(name) for name in sheet.frame if name not in unchanged and name != EXTENT]
    not_used = [name for name in sheet.not_used if name in unchanged and name in sheet.frame]
    cells = {name: sheet.text(name) for name in others}
    cells |= {name: sheet.text(name).where(sheet.not_used[name], "") for name in not_used}
    encoded = {name: _encoded(column) for name, column in cells.items()}
    size = len(sheet.frame)
    return {
        "source_columns": _objects(
            size, {f"{_json(name)}:": column for name, column in encoded.items()}.items()
        ),
        "source_values": _objects(size, [(" ", column) for column in encoded.values()]),
    }


def _json(text: str) -> str:
    return msgspec.json.encode(text).decode()


def _encoded(cells: pd.Series) -> pa.DictionaryArray:
    """The cells as JSON by distinct value, "" for a blank one."""
    texts = to_text(cells).dictionary_encode()
    values = [_json(text) if text else "" for text in texts.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(texts.indices, pa.array(values, pa.string()))


def _objects(size: int, columns: Iterable[tuple[str, pa.DictionaryArray]]) -> pd.Series:
    """The objects of `size` rows, "" for one without any cell; before each cell comes its text."""
    given = [column for column in columns if column[1].dictionary.to_pylist() != [""]]
    if not given:
        return text_series(repeated("", size))
    *others, (before, last) = given
    # If the last column has no blank cell, no object ends with a comma, and none is empty.
    filled = "" not in last.dictionary.to_pylist()
    members = [_members(*column, ",") for column in others]
    parts = ["{", *members, _members(before, last, "}" if filled else ",")]
    joined = pc.binary_join_element_wise(repeated("", size), *_merged(parts), "")
    if filled:
        return text_series(joined)
    objects = pc.binary_join_element_wise(pc.utf8_rtrim(joined, ","), "}", "")
    return text_series(pc.if_else(pc.equal(joined, "{"), "", objects))


def _members(before: str, cells: pa.DictionaryArray, after: str) -> pa.Array | str:
    """Each cell as a member of a JSON object; one text if all are the same.

    In many columns they are, and then joining costs nothing.
    """
    members = [f"{before}{cell}{after}" if cell else "" for cell in cells.dictionary.to_pylist()]
    return members[0] if len(members) == 1 else pa.array(members).take(cells.indices)


def _merged(parts: Iterable[pa.Array | str]) -> Iterator[pa.Array | str]:
    """The parts, of which texts that follow each other are one."""
    for are_texts, group in groupby(parts, lambda part: isinstance(part, str)):
        following = list(group)
        yield from ["".join(following)] if are_texts else following
