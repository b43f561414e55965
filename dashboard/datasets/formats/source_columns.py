"""The other columns of a source as they are, e.g. {"civilian_targeting": "Civilian targeting"}."""

from collections.abc import Collection

import msgspec
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.files.chunks import EXTENT
from dashboard.datasets.formats.sheet import Sheet


def source_columns(sheet: Sheet, unchanged: Collection[str]) -> pd.Series:
    """The column `source_columns` of event rows: the cells by column as JSON, "" if all are blank.

    Columns in `unchanged` are left out: other columns of the event rows have their cells as they are,
    except the cells that were not used.
    """
    others = [str(name) for name in sheet.frame if name not in unchanged and name != EXTENT]
    not_used = [name for name in sheet.not_used if name in unchanged and name in sheet.frame]
    members = [_members(name, sheet.text(name)) for name in others]
    members += [
        _members(name, sheet.text(name).where(sheet.not_used[name], "")) for name in not_used
    ]
    if not members:
        return pd.Series("", index=sheet.frame.index, dtype=object)
    joined = pc.binary_join_element_wise(*members, "")
    objects = pc.binary_join_element_wise("{", pc.utf8_rtrim(joined, ","), "}", "")
    cells = pc.if_else(pc.equal(joined, ""), "", objects)
    return pd.Series(cells.to_numpy(zero_copy_only=False), dtype=object)


def _members(name: str, cells: pd.Series) -> pa.Array:
    """The member of the JSON object for each cell of a column, with a comma; "" for a blank cell."""
    codes, values = pd.factorize(cells)
    key = msgspec.json.encode(name).decode()
    members = [f"{key}:{msgspec.json.encode(cell).decode()}," if cell else "" for cell in values]
    return pa.array(members, pa.string()).take(pa.array(codes))
