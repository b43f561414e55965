"""The ids of rows; a row without one, or with one that a spreadsheet has cut, gets a hash of its cells.

Example: 182891173641581479 becomes 1.82891E+17 or 182891173641581000, which many rows may share.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.build.rows import SEPARATOR, stable_hash
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.sheet import Sheet
from dashboard.datasets.formats.unknown_words import are_unknown
from dashboard.engine.id_rules import NO_ID

# Scientific notation as spreadsheets write it, with the sign of the exponent: "1E10" may be an id.
_SCIENTIFIC = r"^-?\d(?:[.,]\d+)?[eE]\+\d+$"
# What a spreadsheet shows for a formula without a result, or a column that is too narrow.
_ERROR = r"^#(?:REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|BUSY|FIELD)[!?]?$|^#{2,}$"
_LONG = r"^\d{16,}$"
# Spreadsheets store the first 15 digits of a number, and show zeros for those behind.
_DIGITS = 15


def row_ids(sheet: Sheet, column: str) -> pd.Series:
    """The ids in a column; a hash, marked by NO_ID, for a row whose id is blank, "unknown" or cut."""
    ids = sheet.text(column)
    cut = _cut(sheet, column, ids)
    sheet.note(cut, column, NoticeKind.CUT_ID)
    missing = are_unknown(ids) | cut
    if not missing.any():
        return ids
    cells = [sheet.text(name)[missing] for name in sheet.frame.columns]
    hashed = [NO_ID + stable_hash(SEPARATOR.join(row)) for row in zip(*cells, strict=True)]
    ids = ids.copy()
    ids[missing] = hashed
    return ids


def are_rounded(ids: "pd.Series[str]") -> bool:
    """Whether some ids have more digits than a spreadsheet stores, and all those end in zeros."""
    long = ids[_match(ids, _LONG)]
    return bool(len(long)) and not long.str[_DIGITS:].str.strip("0").any()


def _cut(sheet: Sheet, column: str, ids: "pd.Series[str]") -> npt.NDArray[np.bool_]:
    """A mask of the ids that lost digits in a spreadsheet, or are its marks of an error."""
    cut = _match(ids, _SCIENTIFIC) | _match(ids, _ERROR)
    if sheet.cells.rounded_ids:
        cut |= _match(ids, _LONG)
    if column in sheet.frame and sheet.frame[column].dtype != "str":
        # A cell of a workbook that is a number has no more than these digits.
        cut |= sheet.map(column, _is_long_number).to_numpy(dtype=bool)
    return cut


def _match(texts: "pd.Series[str]", pattern: str) -> npt.NDArray[np.bool_]:
    cells = pa.array(texts, pa.string())
    matches: npt.NDArray[np.bool_] = pc.match_substring_regex(cells, pattern).to_numpy(
        zero_copy_only=False
    )
    return matches


def _is_long_number(cell: object) -> bool:
    return isinstance(cell, float) and abs(cell) >= 10**_DIGITS
