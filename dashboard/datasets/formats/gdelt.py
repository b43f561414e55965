"""GDELT 2.0 events, which software coded from single sentences of the news, by CAMEO code.

Source: GDELT Event Codebook 2.0, CAMEO Codebook 1.1b3. An event located by country only has no place.
"""

from urllib.parse import urlsplit

import pandas as pd

from dashboard.datasets.formats.cameo import with_zeros
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.date_cells import read_days
from dashboard.datasets.formats.event_rows import (
    date_columns,
    kinds,
    place_precision,
    precision_columns,
    to_event_rows,
)
from dashboard.datasets.formats.ids import row_ids
from dashboard.datasets.formats.points import read_number_points
from dashboard.datasets.formats.sheet import Sheet, join_columns, number_from
from dashboard.datasets.formats.source_columns import source_columns

# Columns of which the event rows have the cells as they are.
_UNCHANGED = ("GLOBALEVENTID", "ActionGeo_Lat", "ActionGeo_Long", "SOURCEURL")
# What the columns are taken for; see `registry.Format`.
ROLES = {
    "GLOBALEVENTID": "event_id", "SQLDATE": "date", "EventCode": "kind", "EventRootCode": "kind",
    "Actor1Name": "initiator", "Actor2Name": "target", "ActionGeo_Type": "precision",
    "ActionGeo_FullName": "place", "ActionGeo_Lat": "lat", "ActionGeo_Long": "lon",
    "SOURCEURL": "url",
}  # fmt: skip
REQUIRED = ("GLOBALEVENTID", "SQLDATE", "EventCode", "ActionGeo_Lat", "ActionGeo_Long")


def gdelt(sheet: Sheet, codes: Crosswalk) -> pd.DataFrame:
    """The event rows of a chunk of a file."""
    read = read_days(sheet, "SQLDATE")
    start, end = (
        pd.Series([item and item[at] for item in read], index=sheet.frame.index, dtype=object)
        for at in (0, 1)
    )
    event_codes = with_zeros(sheet, "EventCode", "EventRootCode")
    by_code = {code: codes.kind_by_prefix(code or "") for code in event_codes.unique()}
    kind = kinds(sheet, "EventCode", event_codes.map(by_code), codes)
    precision = place_precision(sheet, "ActionGeo_Type", codes, number_from(0, 5))
    # Codebook: a blank type is of an event without a place.
    if "ActionGeo_Type" in sheet.frame:
        precision = precision.where(sheet.text("ActionGeo_Type") != "", "")
    unmarked = precision == ""
    # Of objects: Arrow has other rules for capitals and white space.
    first, second = (
        sheet.text(name).astype(object).str.title() for name in ("Actor1Name", "Actor2Name")
    )
    code = "CAMEO " + event_codes.fillna("")
    where = sheet.text("ActionGeo_FullName").astype(object)
    points = read_number_points(sheet, "ActionGeo_Lat", "ActionGeo_Long")
    return to_event_rows(
        sheet,
        {
            "event_id": "gdelt:" + row_ids(sheet, "GLOBALEVENTID"),
            "kind": kind,
            "title": join_columns(
                code, join_columns(first, second, separator=" → "), separator=": "
            ),
            "notes": "",
            **date_columns(start, end),
            "lat": points.lat.where(~unmarked),
            "lon": points.lon.where(~unmarked),
            "place": where.str.partition(",")[0].str.strip(),
            **precision_columns(precision),
            "country": where.str.rpartition(",")[2].str.strip(),
            "initiators": first,
            "targets": second,
            "outlets": sheet.map_or_blank("SOURCEURL", _host),
            "url": sheet.text("SOURCEURL"),
            **source_columns(sheet, _UNCHANGED),
        },
    )


def _host(url: object) -> str:
    """The outlet by the host name of its web site, without "www."; "" for an invalid URL."""
    try:
        return (urlsplit(str(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
