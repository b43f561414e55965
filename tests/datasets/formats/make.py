"""Synthetic files in the real formats: no row of ACLED is committed, its terms forbid it."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
import xlsxwriter

from dashboard.datasets.formats.codebook_columns import ACLED, GDELT

_ACLED = dict.fromkeys(ACLED, "")
BATTLE = _ACLED | {
    "event_id_cnty": "SYR1",
    "event_date": "2021-01-18",
    "year": "2021",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "QSD: Syrian Democratic Forces",
    "inter1": "Rebel group",
    "actor2": "Made-up Brigade",
    "assoc_actor_2": "Made-up Front; Another Front",
    "inter2": "3",
    "interaction": "23",
    "country": "Syria",
    "admin1": "Ar Raqqa",
    "admin2": "Tell Abiad",
    "location": "Ain Issa",
    "latitude": "36.3837",
    "longitude": "38.8629",
    "geo_precision": "1",
    "source": "SOHR; Made-up News",
    "notes": "On 18 January, two made-up sides clashed near Ain Issa.",
    "fatalities": "0",
}
SHELLING = BATTLE | {
    "event_id_cnty": "SYR2",
    "event_date": "10 January 2021",
    "time_precision": "2",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack",
    "inter1": "8",
    "actor2": "Civilians (Syria)",
    "inter2": "Civilians",
    "civilian_targeting": "Civilian targeting",
    "geo_precision": "3",
    "source": "Made-up News",
}
GED = {
    "id": "900001", "year": "2021", "type_of_violence": "3", "conflict_name": "Made up",
    "side_a": "Government of Syria", "side_b": "Civilians",
    "source_article": "Made-up Agency,2021-02-03",
    "source_office": "Made-up Agency; Another Agency", "source_headline": "A made-up headline",
    "where_prec": "2", "where_coordinates": "Ain Issa town", "adm_1": "Ar Raqqah",
    "adm_2": "Tall Abyad", "latitude": "36.38", "longitude": "38.86", "country": "Syria",
    "date_prec": "3", "date_start": "2021-02-01 00:00:00.000", "date_end": "2021-02-07 00:00:00.000",
    "best": "1",
}  # fmt: skip
_GDELT = dict.fromkeys(GDELT, "")
CAMEO = _GDELT | {
    "GLOBALEVENTID": "1000001",
    "SQLDATE": "20210118",
    "Actor1Name": "TURKEY",
    "Actor2Name": "SYRIA",
    "IsRootEvent": "1",
    "EventCode": "1945",
    "EventRootCode": "19",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Ain Issa, Ar Raqqah, Syria",
    "ActionGeo_Lat": "36.38",
    "ActionGeo_Long": "38.86",
    "SOURCEURL": "https://www.example.org/a",
}


def write(
    path: Path, rows: Iterable[Mapping[str, str]], *, delimiter: str = ",", **options
) -> Path:
    """A CSV of rows with the columns of the first; `header=False` leaves those out."""
    rows = list(rows)
    header = options.pop("header", True)
    with path.open("w", newline="", **({"encoding": "utf-8"} | options)) as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        if header:
            writer.writeheader()
        writer.writerows(rows)
    return path


def workbook(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """The same as an Excel workbook."""
    rows = list(rows)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(rows[0]))
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, list(row.values()))
    return path


def features(path: Path, rows: Iterable[Mapping[str, object]], driver: str) -> Path:
    """The same as features of a geographic file; rows have `lat` and `lon`."""
    frame = pd.DataFrame(list(rows))
    points = shapely.points(frame.pop("lon"), frame.pop("lat"))
    layer = gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
    if driver == "GeoParquet":
        layer.to_parquet(path)
    else:
        layer.to_file(path, driver=driver)
    return path
