"""CAMEO codes of events with the leading zeros that a spreadsheet removed, e.g. 42 -> 042.

Source: CAMEO Codebook 1.1b3. Roots are 01 to 20, and an event's code has three digits or more: 010 is a
statement and 10 is no event's code, but the root of demands.
"""

import pandas as pd

from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.sheet import Sheet

_LAST_ROOT = 20
_FEWEST_DIGITS = 3


def with_zeros(sheet: Sheet, column: str, root_column: str = "") -> pd.Series:
    """The codes with the leading zeros that a spreadsheet removed; `None` if that is unclear.

    020 is an appeal, 20 is mass violence: the root code, 2 or 20, says which it was.
    """
    event_codes, roots = (sheet.text(name).astype(object) for name in (column, root_column))
    # A column of text with a leading zero has lost none.
    intact = bool(event_codes.str.startswith("0").any())
    lost = not intact and bool(event_codes.map(_has_lost_zero).any())
    pairs = {
        pair: _with_zero(*pair, intact=intact, lost=lost)
        for pair in set(zip(event_codes, roots, strict=True))
    }
    restored = [pairs[pair] for pair in zip(event_codes, roots, strict=True)]
    codes = pd.Series(restored, index=event_codes.index, dtype=object)
    changed = (codes.notna() & (codes != event_codes)).to_numpy()
    sheet.note(changed, column, NoticeKind.RESTORED_CODE)
    return codes


def _has_lost_zero(event_code: str) -> bool:
    """Whether a code can only be one that has lost a zero, since there is no such root."""
    return event_code.isdecimal() and (len(event_code) == 1 or int(event_code[:2]) > _LAST_ROOT)


def _with_zero(event_code: str, root: str, *, intact: bool, lost: bool) -> str | None:
    """An event code as in CAMEO, by its root code ("" if there is none); `None` if it is unclear.

    `lost` says that other codes of the column have lost a zero.
    """
    if not event_code.isdecimal():
        return None
    if intact or event_code.startswith("0"):
        return event_code
    full = root.zfill(2) if root else ""
    if full:
        return next((c for c in (event_code, f"0{event_code}") if c.startswith(full)), None)
    # Without the root: roots end at 20, and codes of three digits below 21 have lost nothing.
    if _has_lost_zero(event_code):
        return f"0{event_code}"
    if len(event_code) >= _FEWEST_DIGITS:
        return event_code
    return f"0{event_code}" if lost else None
