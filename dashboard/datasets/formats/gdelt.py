"""GDELT 2.0 events, which software coded from single sentences of the news, by CAMEO code.

Source: GDELT Event Codebook 2.0, CAMEO Codebook 1.1b3. An event located by country only has no place.
"""

from urllib.parse import urlsplit

import pandas as pd

from dashboard.datasets.formats.cameo import with_zeros
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.event_rows import date_columns, precision_columns, to_event_rows
from dashboard.datasets.formats.ids import required_ids
from dashboard.datasets.formats.sheet import Sheet, join_columns
from dashboard.datasets.formats.source_columns import source_columns

# Columns of which the event rows have the cells as they are.
_UNCHANGED = ("GLOBALEVENTID", "ActionGeo_Lat", "ActionGeo_Long", "SOURCEURL")
REQUIRED = ("GLOBALEVENTID", "SQLDATE", "EventCode", "ActionGeo_Lat", "ActionGeo_Long")


def gdelt(sheet: Sheet, codes: Crosswalk) -> pd.DataFrame:
    """The event rows of a chunk of a file; rows with faults are left out."""
    others = source_columns(sheet, _UNCHANGED)
    days = sheet.day("SQLDATE")
    event_codes = with_zeros(sheet, "EventCode", "EventRootCode")
    kind = event_codes.map(lambda event_code: codes.kind_by_prefix(event_code or ""))
    sheet.fault(kind.isna().to_numpy(), "EventCode", "a CAMEO event code, with its leading zero")
    sheet.set_column("ActionGeo_Type", sheet.text("ActionGeo_Type").replace("", "0"))
    precision = sheet.decode("ActionGeo_Type", codes.precisions, "a number from 0 to 5")
    unmarked = precision == ""
    # Of objects: Arrow has other rules for capitals and white space.
    first, second = (
        sheet.text(name).astype(object).str.title() for name in ("Actor1Name", "Actor2Name")
    )
    code = "CAMEO " + event_codes.fillna("")
    where = sheet.text("ActionGeo_FullName").astype(object)
    return to_event_rows(
        sheet,
        {
            "event_id": "gdelt:" + required_ids(sheet, "GLOBALEVENTID"),
            "kind": kind,
            "title": join_columns(
                code, join_columns(first, second, separator=" → "), separator=": "
            ),
            "notes": "",
            **date_columns(days, days),
            "lat": sheet.number("ActionGeo_Lat", -90, 90).where(~unmarked),
            "lon": sheet.number("ActionGeo_Long", -180, 180).where(~unmarked),
            "place": where.str.partition(",")[0].str.strip(),
            **precision_columns(precision),
            "country": where.str.rpartition(",")[2].str.strip(),
            "initiators": first,
            "targets": second,
            "outlets": sheet.map_or_blank("SOURCEURL", _host),
            "url": sheet.text("SOURCEURL"),
            "source_columns": others,
        },
    )


def _host(url: object) -> str:
    """The outlet by the host name of its web site, without "www."; "" for an invalid URL."""
    try:
        return (urlsplit(str(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
