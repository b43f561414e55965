"""Estimates from the columns of a table, e.g. fatalities "3-5" -> 3 to 5 killed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.datasets.build.codes import factorize_rows
from dashboard.datasets.formats.figure_words import figure_in_words
from dashboard.datasets.formats.sheet import Sheet, text_series
from dashboard.datasets.formats.unknown_words import is_unknown
from dashboard.model.estimate import MOST_COUNTED, Counted, Estimate, Measure
from dashboard.model.message import message

EXPECTED = message("a number of people or vehicles, as 7, 3-5, 10+ or ~20")
# Cells that say that the number is not known. Sources: GTD Codebook (2021), -9 and -99; SCAD Codebook
# 3.3, ndeath, -77 and -88.
_UNKNOWN_NUMBERS = frozenset({"-9", "-99", "-77", "-88"})
# Columns in which 1.33 is the share of one event in the people killed in several. Source: GTD Codebook
# (2021), nkill: the total is divided among linked events.
_SHARES = frozenset({"nkill", "nkillus", "nkillter", "nwound", "nwoundus", "nwoundte"})
_SHARE = re.compile(r"(\d{1,15})\.\d{1,15}")
# Three zeros behind a point may be a thousand, as people write in many countries: "1.000" is a fault.
_NUMBER = r"(\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d{1,15}(?:\.(?:0{1,2}|0{4,}))?)"
# Words before or after a number, in the languages of tables; as in articles more than 10 is 10 or more.
_ABOUT = (
    r"~|≈|about|around|approx\.?|approximately|circa|ca?\.|some|نحو|حوالي|حوالى|قرابة|ما يقارب|environ"
    r"|etwa|yaklaşık"
)
_LEAST = (
    r"≥|>=|>|at least|min\.?|minimum|no less than|not less than|more than|over|على الأقل|ما لا يقل عن"
    r"|لا يقل عن|أكثر من|ما يزيد عن|يزيد عن|au moins|plus de|mindestens|mehr als|über|en az"
)
_LEAST_AFTER = r"\+|or more|and more|at least|على الأقل|أو أكثر|وأكثر|ou plus|oder mehr"
_MOST = (
    r"≤|<=|<|up to|at most|max\.?|maximum|no more than|not more than|less than|fewer than|under|أقل من"
    r"|لا يزيد عن|jusqu'à|moins de|bis zu|weniger als|en fazla"
)
_OR = "-|–|—|to|or|إلى|الى|أو|à|ou|bis|oder"
_AND = "-|–|and|to|et|und|و|إلى|à"
# What a cell may say, and which of low, best and high its numbers are.
_FORMS = (
    (re.compile(_NUMBER), ("best",)),
    (re.compile(rf"(?:{_ABOUT})\s*{_NUMBER}"), ("best",)),
    (re.compile(rf"{_NUMBER}\s*(?:{_OR})\s*{_NUMBER}"), ("low", "high")),
    (
        re.compile(rf"(?:between|from|entre|zwischen|بين|من)\s*{_NUMBER}\s*(?:{_AND})\s*{_NUMBER}"),
        ("low", "high"),
    ),
    # "+10" is "10+" as it is typed from right to left.
    (re.compile(rf"(?:{_LEAST}|\+)\s*{_NUMBER}"), ("low",)),
    (re.compile(rf"{_NUMBER}\s*(?:{_LEAST_AFTER})"), ("low",)),
    (re.compile(rf"(?:{_MOST})\s*{_NUMBER}"), ("high",)),
)
Bounds = dict[str, int]


@dataclass(frozen=True, slots=True)
class EstimateColumns:
    """The columns of one estimate; "" for a column that the table lacks.

    `side` is the column with the name of the side whose people are counted.
    """

    measure: Measure
    best: str
    low: str = ""
    high: str = ""
    counted: Counted = Counted.EVERYONE
    side: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns with figures."""
        return tuple(filter(None, (self.low, self.best, self.high)))


def present(sheet: Sheet, parts: Sequence[EstimateColumns]) -> tuple[EstimateColumns, ...]:
    """The parts with the columns that the table has; parts of which it has none are left out."""
    names = {str(name) for name in sheet.frame}

    def column(name: str) -> str:
        return name if name in names else ""

    reduced = (
        replace(
            part,
            low=column(part.low),
            best=column(part.best),
            high=column(part.high),
            side=column(part.side),
        )
        for part in parts
    )
    return tuple(part for part in reduced if part.columns)


def parse_figure(text: str, measure: Measure) -> Bounds:
    """The bounds that a cell gives, by "low", "best" and "high"; none for a blank or unknown one.

    Digits may be Arabic, and numbers words, as "five" and "dozens" (at least 24). Raises ValueError for
    any other text: no number is guessed.
    """
    plain = text.strip().lower()
    if plain in _UNKNOWN_NUMBERS or is_unknown(plain):
        return {}
    for form, names in _FORMS:
        if match := form.fullmatch(plain):
            numbers = [int(float(re.sub(r"[,\s]", "", number))) for number in match.groups()]
            if numbers != sorted(numbers) or numbers[-1] > MOST_COUNTED:
                break
            return dict(zip(names, numbers, strict=True))
    if (in_words := figure_in_words(plain, measure)) is None:
        raise ValueError(f"expected {EXPECTED}, found {text!r}")
    return in_words


def estimate_cells(sheet: Sheet, parts: Sequence[EstimateColumns]) -> pd.Series:
    """The column `estimates` of event rows: the estimates of each row as JSON, "" for none.

    A cell that is no figure, and bounds in the wrong order, are reported as not understood.
    """
    names = dict.fromkeys(name for part in parts for name in (*part.columns, part.side) if name)
    if not names:
        return pd.Series("", index=sheet.frame.index, dtype="str")
    texts = pd.DataFrame({name: sheet.text(name) for name in names})
    codes, first = factorize_rows(texts)
    rows = texts.iloc[first].itertuples(index=False, name=None)
    read = [_read_row(dict(zip(names, row, strict=True)), parts) for row in rows]
    for column in dict.fromkeys(column for _json, bad in read for column in bad):
        wrong = np.array([column in bad for _json, bad in read])
        sheet.unread(wrong[codes], column, EXPECTED)
    cells = pa.array([cell for cell, _bad in read], pa.string())
    return text_series(cells.take(pa.array(codes)))


def _read_row(
    row: Mapping[str, str], parts: Sequence[EstimateColumns]
) -> tuple[str, frozenset[str]]:
    """The estimates of a row as JSON, "" for none, and the columns that are not understood."""
    estimates, not_read = [], set()
    for part in parts:
        estimate, bad = _read_part(row, part)
        if bad:
            not_read.add(bad)
        elif estimate is not None:
            estimates.append(estimate)
    return msgspec.json.encode(estimates).decode() if estimates else "", frozenset(not_read)


def _bounds(text: str, name: str, measure: Measure) -> Bounds:
    """The bounds of a cell; a column for one bound has one number, the column "best" maybe a range."""
    given = parse_figure(text, measure)
    if name == "best" or not given:
        return given
    (number,) = given.values()
    return {name: number}


def _bounds_in(text: str, name: str, column: str, measure: Measure) -> Bounds:
    """The bounds of a cell of that column, which may have shares of people."""
    share = _SHARE.fullmatch(text.strip()) if column.strip().lower() in _SHARES else None
    if share is None or float(text).is_integer() or int(share[1]) >= MOST_COUNTED:
        return _bounds(text, name, measure)
    return {"low": int(share[1]), "high": int(share[1]) + 1}


def _read_part(row: Mapping[str, str], part: EstimateColumns) -> tuple[Estimate | None, str]:
    bounds: Bounds = {}
    for name, column in (("best", part.best), ("low", part.low), ("high", part.high)):
        try:
            bounds |= _bounds_in(row[column], name, column, part.measure) if column else {}
        except ValueError:
            return None, column
    if not bounds:
        return None, ""
    words = "; ".join(f"{column}: {row[column]}" for column in part.columns if row[column])
    side = row[part.side] if part.side else ""
    low, best, high = (bounds.get(name) for name in ("low", "best", "high"))
    try:
        return Estimate(part.measure, low, best, high, part.counted, side or None, words), ""
    except ValueError:
        return None, part.best or part.columns[0]
