"""The known formats, which are recognised by their columns; `terms.py` has their licences."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import pandas as pd

from dashboard.datasets.event_map.read import REQUIRED
from dashboard.datasets.formats import acled, acled_deletions, gdelt, ucdp
from dashboard.datasets.formats.codebook_columns import ACLED, GDELT, UCDP_GED
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.cut_names import full_names
from dashboard.datasets.formats.sheet import Sheet
from dashboard.language.messages import N_

# A table of no known format: the analyst says which column is what. The value is in cards and links.
CUSTOM = "own"
# A file that this program exported.
EVENT_MAP = "event_map"
# A list of events that ACLED deleted.
ACLED_DELETED = "acled_deleted"


@dataclass(frozen=True, slots=True)
class Format:
    """A known format: a file that has all columns in `required` is of it, and `read` parses it.

    `read` is `None` for files of this program, whose rows are whole events (`event_map/read.py`), and
    for a list of deletions, whose rows are no events: `deletes_from` is the format of those events.
    `dates` and `numbers` are the columns whose date order and decimal separator may differ by file;
    `id_column` is that of the ids. `roles` says what the columns are taken for, in the words of
    `column_mapping.ROLES` and a few more; the others are shown as they are. A `name` that is no
    name of a dataset is an English message, to be translated where it is shown.
    """

    name: str
    required: tuple[str, ...]
    dates: tuple[str, ...]
    numbers: tuple[str, ...]
    read: Callable[[Sheet, Crosswalk], pd.DataFrame] | None
    id_column: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    deletes_from: str = ""


FORMATS: Mapping[str, Format] = {
    # First, since its files may have all columns of ACLED or UCDP too.
    EVENT_MAP: Format("Event map", REQUIRED, (), ("latitude", "longitude"), None),
    "acled": Format(
        "ACLED",
        acled.REQUIRED,
        ("event_date",),
        ("latitude", "longitude"),
        acled.acled,
        "event_id_cnty",
        acled.ROLES,
    ),
    # Behind ACLED, whose exports have more columns.
    ACLED_DELETED: Format(
        N_("ACLED's list of deleted events"),
        acled_deletions.REQUIRED,
        (),
        (),
        None,
        roles=acled_deletions.ROLES,
        deletes_from="acled",
    ),
    "ucdp": Format(
        "UCDP GED",
        ucdp.REQUIRED,
        ("date_start", "date_end"),
        ("latitude", "longitude"),
        ucdp.ucdp,
        "id",
        ucdp.ROLES,
    ),
    "gdelt": Format(
        "GDELT",
        gdelt.REQUIRED,
        ("SQLDATE",),
        ("ActionGeo_Lat", "ActionGeo_Long"),
        gdelt.gdelt,
        "GLOBALEVENTID",
        gdelt.ROLES,
    ),
}


# All columns of formats that are published as shapefiles too.
_COLUMNS: Mapping[str, Sequence[str]] = {"acled": ACLED, "ucdp": UCDP_GED}


def recognise_format(columns: list[str]) -> str:
    """The key in `FORMATS` of the first format whose required columns are all there, or `CUSTOM`.

    Else it is one of which a shapefile has cut the names.
    """
    names = frozenset(column.strip().lower() for column in columns)
    found = next((key for key, item in FORMATS.items() if _has_required(names, item)), None)
    if found is not None:
        return found
    return next(
        (
            key
            for key, known in _COLUMNS.items()
            if _has_required(
                {name.lower() for name in full_names(columns, known).values()}, FORMATS[key]
            )
        ),
        CUSTOM,
    )


def _has_required(names: AbstractSet[str], format_: Format) -> bool:
    return names >= {name.lower() for name in format_.required}


def lists_deletions(format_: str) -> bool:
    """Whether files of the format are lists of events that their source deleted."""
    return format_ in FORMATS and bool(FORMATS[format_].deletes_from)


def with_known_names(frame: pd.DataFrame, format_: str) -> pd.DataFrame:
    """The table with the names of columns that the format has, whatever their case in the file.

    Those of ACLED and UCDP are in lower case, and in full if a shapefile has cut them.
    """
    if format_ not in ("acled", ACLED_DELETED, "ucdp", "gdelt"):
        return frame
    columns = list(map(str, frame.columns))
    known = {name.lower(): name for name in GDELT} if format_ == "gdelt" else {}
    full = full_names(columns, _COLUMNS.get(format_, ()))
    names = set(columns)
    renamed = {}
    for column in columns:
        lower = column.strip().lower()
        name = known.get(lower) or full.get(column, column if known else lower)
        if name not in names:
            names.add(name)
            renamed[column] = name
    return frame.rename(columns=renamed)
