"""GDELT 2.0 events, which software coded from single sentences of the news, by CAMEO code.

Source: GDELT Event Codebook 2.0, CAMEO Codebook 1.1b3. An event located by country only has no place.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from dashboard.datasets.formats.event_rows import (
    Kinds,
    date_columns,
    precision_columns,
    to_event_rows,
)
from dashboard.datasets.formats.sheet import Sheet, join_columns
from dashboard.model.place import PlacePrecision

REQUIRED = ("GLOBALEVENTID", "SQLDATE", "EventCode", "ActionGeo_Lat", "ActionGeo_Long")
# ActionGeo_Type: 1 country, 2 state of the USA, 3 city there, 4 city elsewhere, 5 state elsewhere.
_PRECISION: Mapping[str, str] = {
    "0": "",
    "1": "",
    "2": PlacePrecision.GOVERNORATE.value,
    "3": PlacePrecision.SETTLEMENT.value,
    "4": PlacePrecision.SETTLEMENT.value,
    "5": PlacePrecision.GOVERNORATE.value,
}


def gdelt(sheet: Sheet, kinds: Kinds) -> pd.DataFrame:
    """The event rows of a chunk of a file; rows with faults are left out."""
    days = sheet.day("SQLDATE")
    # Numbers have lost their leading zeros: 020 is an appeal, 20 is mass violence.
    numbers = sheet.frame["EventCode"].dtype.kind in "fiu"
    expected = "a CAMEO event code as text, with its leading zero"
    sheet.fault(np.full(len(sheet.frame), numbers), "EventCode", expected)
    kind = sheet.parse("EventCode", kinds.by_prefix, "a CAMEO event code")
    sheet.frame["ActionGeo_Type"] = sheet.text("ActionGeo_Type").replace("", "0")
    precision = sheet.decode("ActionGeo_Type", _PRECISION, "a number from 0 to 5")
    unmarked = precision == ""
    first, second = sheet.text("Actor1Name").str.title(), sheet.text("Actor2Name").str.title()
    code = "CAMEO " + sheet.text("EventCode")
    where = sheet.text("ActionGeo_FullName")
    return to_event_rows(
        sheet,
        {
            "event_id": "gdelt:" + sheet.required("GLOBALEVENTID"),
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
        },
    )


def _host(url: object) -> str:
    """The outlet by the host name of its web site, without "www."; "" for an invalid URL."""
    try:
        return (urlsplit(str(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
