"""Guess the columns of dates: parts of a date, months with years, or times with days."""

import re
from collections.abc import Mapping

import pandas as pd

from dashboard.datasets.formats.cell_forms import sample_texts
from dashboard.datasets.formats.column_words import plain_name

_TIMES = ("time", "timeutc", "localtime", "timestampms", "الوقت")
_LIMITS = (("from", "to"), ("من", "الي"))
_WITH_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|^\d{9,13}$|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b")
_HAS_YEAR = re.compile(r"\d{4}")


def take_months_as_dates(mapping: dict[str, str], sample: pd.DataFrame) -> None:
    """Take the column of months for the dates if it has years too, as "2021-01" or "January 2021"."""
    texts = sample_texts(sample, [mapping.get("month", "")])
    if texts and all(map(_HAS_YEAR.search, texts)):
        mapping["date"] = mapping.pop("month")


def take_times_as_dates(
    mapping: dict[str, str], sample: pd.DataFrame, plain: Mapping[str, str]
) -> None:
    """Take a column of times for the dates if it has days too, as "2021-01-18 10:00" or 1610928000."""
    columns = (plain[name] for name in _TIMES if plain.get(name) in sample)
    column = next((name for name in columns if name not in mapping.values()), None)
    texts = sample_texts(sample, [column]) if column and "date" not in mapping else []
    if column and texts and all(map(_WITH_DAY.search, texts)):
        mapping["date"] = column


def take_limits_as_dates(
    mapping: dict[str, str], sample: pd.DataFrame, plain: Mapping[str, str]
) -> None:
    """Take the columns "from" and "to" for the first and the last day if all their cells are days.

    In other tables they are the places that a movement leaves and reaches.
    """
    for names in _LIMITS:
        columns = [plain.get(name, "") for name in names]
        texts = [sample_texts(sample, [column] if column in sample else []) for column in columns]
        free = not set(columns) & set(mapping.values())
        if free and all(texts) and all(map(_WITH_DAY.search, [*texts[0], *texts[1]])):
            mapping["date"], mapping["date_end"] = columns
            return


def choose_date_columns(mapping: dict[str, str]) -> None:
    """Keep the columns for month and day only without one for the date; "day" is of these.

    That for the year stays beside dates, which may lack it.
    """
    if "year" in mapping and "month" in mapping and plain_name(mapping.get("date", "")) == "day":
        mapping["day"] = mapping.pop("date")
    if "date" in mapping:
        for role in ("month", "day"):
            mapping.pop(role, None)
