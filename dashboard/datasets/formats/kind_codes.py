"""The kinds of a custom table's rows: by name, or by the codes of a scale that the column names.

E.g. "Armed Assault", 3 in GTD's column attacktype1, or 190 in a column "CAMEO Code".
"""

import re
from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from dashboard.datasets.formats.cameo import with_zeros
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.generic_names import is_generic
from dashboard.datasets.formats.sheet import Sheet
from dashboard.text.normalise import fold

# Names of columns with codes of CAMEO; other scales have a `type` in data/lexicon/imported_kinds.csv.
_CAMEO_COLUMNS = frozenset(("cameocode", "cameo", "cameoeventcode", "eventcode"))
CAMEO = "cameo"


def kinds_of(sheet: Sheet, column: str, codes: Crosswalk) -> pd.Series:
    """The kind of each row by its cell in `column`; `None` for one that is not known."""
    # Of objects: digits of Arrow's patterns are those of ASCII.
    texts = sheet.text(column).astype(object)
    scale = re.sub(r"[\W_]+", "", fold(column))
    # Source: GDELT Event Codebook 2.0: "X" and "---" for no code.
    if scale in _CAMEO_COLUMNS and texts.str.fullmatch(r"\d*|-+|X").all():
        return with_zeros(sheet, column).map(lambda code: _by_prefix(codes, code or ""))
    return texts.map(lambda text: codes.kind_of(scale, text) or codes.kind_by_name(text))


def more_exact(by_type: pd.Series, by_sub_type: pd.Series, general: Collection[str]) -> pd.Series:
    """The kind of each row by its sub-type, unless this has none or a `general` one, as "Other"."""
    exact = by_sub_type.notna() & ~by_sub_type.isin(general)
    return by_type.mask(exact | by_type.isna(), by_sub_type)


def _by_prefix(codes: Crosswalk, code: str) -> str | None:
    """The kind for the longest CAMEO code that `code` begins with, since they nest."""
    prefixes = (code[:length] for length in range(len(code), 1, -1))
    return next((kind for prefix in prefixes if (kind := codes.kind_of(CAMEO, prefix))), None)


def settled_by_parties(
    sheet: Sheet, column: str, kinds: pd.Series, parties: Collection[str], codes: Crosswalk
) -> pd.Series:
    """The kinds, with that of a name of two where the `parties` (columns) are of one of them.

    Source: ACLED Codebook before 2018: "Riots/Protests" are by "Protesters (Country)", or by "Rioters
    (Country)", who are violent. With both, or with neither, the kind is not known.
    """
    open_ = kinds.isna().to_numpy()
    texts = sheet.text(column)
    names: list[str] = texts[open_].unique().tolist()
    parts = {name: found for name in names if len(found := codes.kinds_of_parts(name)) > 1}
    if not parts:
        return kinds
    cells = [sheet.text(party).to_numpy() for party in parties]
    settled = kinds.copy()
    for row in np.flatnonzero(open_ & texts.isin(list(parts)).to_numpy()).tolist():
        of_row = [cell[row] for cell in cells]
        settled.iloc[row] = _kind_of_parties(parts[texts.iloc[row]], of_row)
    return settled


def _kind_of_parties(parts: Mapping[str, str], cells: Collection[str]) -> str | None:
    """The kind of the only part that generic parties are named after, as "Rioters" of "Riots"."""
    names = [
        name for cell in cells for name in re.split(r"\s*[;\x1f]\s*", cell) if is_generic(name)
    ]
    found = {
        kind
        for part, kind in parts.items()
        if any(fold(name).startswith(fold(part).strip().removesuffix("s")) for name in names)
    }
    return found.pop() if len(found) == 1 else None
