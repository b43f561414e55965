"""GDELT 2.0 events: what a machine coded from one sentence of the news, by CAMEO code.

Source: GDELT Event Codebook 2.0, CAMEO Codebook 1.1b3. An event known to a country only has no place.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from dashboard.datasets.formats.event_rows import Kinds, dated, placed, rows_of
from dashboard.datasets.formats.sheet import Sheet, joined
from dashboard.model.place import PlacePrecision

NEEDED = ("GLOBALEVENTID", "SQLDATE", "EventCode", "ActionGeo_Lat", "ActionGeo_Long")
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
    """The rows of a part of a file."""
    days = sheet.day("SQLDATE")
    # As numbers they have lost their leading zeros: 020 is an appeal, 20 is mass violence.
    numbers = sheet.frame["EventCode"].dtype.kind in "fiu"
    expected = "a CAMEO event code as text, with its leading zero"
    sheet.fault(np.full(len(sheet.frame), numbers), "EventCode", expected)
    kind = sheet.parsed("EventCode", kinds.by_prefix, "a CAMEO event code")
    sheet.frame["ActionGeo_Type"] = sheet.text("ActionGeo_Type").replace("", "0")
    precision = sheet.codes("ActionGeo_Type", _PRECISION, "a number from 0 to 5")
    unmarked = precision == ""
    first, second = sheet.text("Actor1Name").str.title(), sheet.text("Actor2Name").str.title()
    code = "CAMEO " + sheet.text("EventCode")
    where = sheet.text("ActionGeo_FullName")
    return rows_of(
        sheet,
        {
            "event_id": "gdelt:" + sheet.needed("GLOBALEVENTID"),
            "kind": kind,
            "title": joined(code, joined(first, second, between=" → "), between=": "),
            "notes": "",
            **dated(days, days),
            "lat": sheet.number("ActionGeo_Lat", -90, 90).where(~unmarked),
            "lon": sheet.number("ActionGeo_Long", -180, 180).where(~unmarked),
            "place": where.str.partition(",")[0].str.strip(),
            **placed(precision),
            "country": where.str.rpartition(",")[2].str.strip(),
            "initiators": first,
            "targets": second,
            "outlets": sheet.mapped_or_blank("SOURCEURL", _host),
            "url": sheet.text("SOURCEURL"),
        },
    )


def _host(url: object) -> str:
    """Who published, by the name of the web site."""
    try:
        return (urlsplit(str(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
