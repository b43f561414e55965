"""What an analyst answered about a table, e.g. that "Kinetic event" in it is a clash.

A question without an answer has no default: what it is about is imported as unknown, and listed.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

import msgspec


class DateNumbers(StrEnum):
    """What a number in a column of dates counts, e.g. the days of a spreadsheet: 44214 is 2021-01-18.

    Source: ECMA-376 part 1, 18.17.4.1 (the two date systems of spreadsheets); POSIX for seconds.
    """

    SPREADSHEET_1900 = "spreadsheet_1900"
    SPREADSHEET_1904 = "spreadsheet_1904"
    UNIX_SECONDS = "unix_seconds"
    UNIX_MILLISECONDS = "unix_milliseconds"


class DateCells(StrEnum):
    """What date cells beside dates as text mean: a spreadsheet may have swapped day and month in them.

    A spreadsheet set to month/day/year reads 05/01/2021, the fifth of January, as a day in May, and
    leaves 18/01/2021 as text.
    """

    RIGHT = "right"
    SWAPPED = "day_and_month_swapped"


class ZeroCoordinates(StrEnum):
    """What the coordinates 0, 0 mean: a point in the Gulf of Guinea, or none."""

    POINT = "point"
    NONE = "none"


class Answers(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The answers of an analyst about the values of a table; `None` or no entry: not answered.

    `kinds` maps the name of a kind in the table to ours, `places` a name in the table to the id of a
    place in the gazetteer. `changed_ids` is what a row is whose id the dataset has with another day or
    point: that event, which is updated, or another. `like_rows` is what a row without an id is that is
    like an event of the dataset: its correction, or another.
    """

    kinds: Mapping[str, str] = {}
    places: Mapping[str, str] = {}
    date_numbers: DateNumbers | None = None
    date_cells: DateCells | None = None
    zero_coordinates: ZeroCoordinates | None = None
    changed_ids: Literal["update", "add"] | None = None
    like_rows: Literal["replace", "add"] | None = None


NO_ANSWERS = Answers()
