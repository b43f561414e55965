"""The other columns of a source as they are, e.g. {"civilian_targeting": "Civilian targeting"}."""

from collections.abc import Collection

import msgspec
import pandas as pd

from dashboard.datasets.files.chunks import EXTENT
from dashboard.datasets.formats.sheet import Sheet, join_columns


def source_columns(sheet: Sheet, unchanged: Collection[str]) -> pd.Series:
    """The column `source_columns` of event rows: the cells by column as JSON, "" if all are blank.

    Columns in `unchanged` are left out: other columns of the event rows have their cells as they are.
    """
    names = [name for name in sheet.frame if name not in unchanged and name != EXTENT]
    members = [_members(sheet, str(name)) for name in names]
    if not members:
        return pd.Series("", index=sheet.frame.index, dtype=object)
    joined = join_columns(*members, separator=",")
    return ("{" + joined + "}").where(joined != "", "")


def _members(sheet: Sheet, name: str) -> pd.Series:
    """The member of the JSON object for each cell of a column; "" for a blank cell."""
    codes, values = pd.factorize(sheet.text(name))
    key = msgspec.json.encode(name).decode()
    members = [f"{key}:{msgspec.json.encode(value).decode()}" if value else "" for value in values]
    return pd.Series(pd.array(members, dtype=object)[codes], index=sheet.frame.index, dtype=object)
