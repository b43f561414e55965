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

    Columns in `unchanged` are left out: other columns of the event rows have their cells as they are.
    """
    names = [name for name in sheet.frame if name not in unchanged and name != EXTENT]
    if not names:
        return pd.Series("", index=sheet.frame.index, dtype=object)
    joined = pc.binary_join_element_wise(*(_members(sheet, str(name)) for name in names), "")
    objects = pc.binary_join_element_wise("{", pc.utf8_rtrim(joined, ","), "}", "")
    cells = pc.if_else(pc.equal(joined, ""), "", objects)
    return pd.Series(cells.to_numpy(zero_copy_only=False), dtype=object)


def _members(sheet: Sheet, name: str) -> pa.Array:
    """The member of the JSON object for each cell of a column, with a comma; "" for a blank cell."""
    codes, values = pd.factorize(sheet.text(name))
    key = msgspec.json.encode(name).decode()
    members = [f"{key}:{msgspec.json.encode(cell).decode()}," if cell else "" for cell in values]
    return pa.array(members, pa.string()).take(pa.array(codes))
