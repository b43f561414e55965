"""A hundred malicious tables, each against memory, time, files, network or stability of the server."""

import json
import random
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from dashboard.datasets.options import ImportOptions
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.model.errors import DashboardError
from dashboard.settings import read_settings
from tests.datasets.formats import make
from tests.datasets.reading import OWN
from tests.hostile.corpus import corpus
from tests.hostile.payloads import payloads

NUMBER = 100
# The content of a file that no table may include.
HIDDEN = "content of another file of this machine"
_ENDINGS = (".csv", ".geojson", ".gpkg", ".kml", ".parquet", ".xlsx")


def run(seed: int, folder: Path, port: int) -> dict[str, int]:
    """Import them all into one folder of datasets; gives counts."""
    hidden = folder / "hidden.csv"
    hidden.write_text(f"id,lat,lon,notes\n1,36,38,{HIDDEN}\n", encoding="utf-8")
    datasets = Datasets(folder / "datasets")
    importer = Importer(datasets, corpus(), read_settings({}).lexicon)
    figures = {"tables": 0, "taken": 0, "refused": 0, "uncaught": 0, "hidden_read": 0}
    for path in _tables(random.Random(seed), folder, hidden, port):
        figures["tables"] += 1
        try:
            for _progress in importer.read(path, ImportOptions(name=f"t{figures['tables']}")):
                pass
            figures["taken"] += 1
        except DashboardError as error:
            figures["refused"] += 1
            figures["hidden_read"] += HIDDEN in str(error)
        except Exception as error:  # noqa: BLE001 what is counted
            figures["uncaught"] += 1
            print(f"tables: {path.name}: {type(error).__name__}: {error}")
    for part in (folder / "datasets").rglob("*.parquet"):
        figures["hidden_read"] += HIDDEN in str(pq.ParquetFile(part).read().to_pylist())
    return figures


def _tables(chance: random.Random, folder: Path, hidden: Path, port: int) -> Iterator[Path]:
    """Yield the tables; each is written after the one before was imported."""
    texts = payloads(folder / "trap", port)
    number = 0
    for name, content in (*_texts(hidden, port), *_payload_tables(texts)):
        path = folder / f"{number:03}_{name}"
        path.write_bytes(content)
        number += 1
        yield path
    for make_one in (_far_cell, _wide_cell, _zip_bomb, _parquet_bomb, _view, _described_by_view):
        number += 1
        yield make_one(folder / f"{number:03}")
    while number < NUMBER:
        number += 1
        yield _random_bytes(chance, folder / f"{number:03}")


def _texts(hidden: Path, port: int) -> Iterator[tuple[str, bytes]]:
    url = f"http://127.0.0.1:{port}/x"
    vrt = (
        "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>{}</SrcDataSource>"
        "<GeometryType>wkbPoint</GeometryType><GeometryField encoding='PointFromColumns' x='lon' "
        "y='lat'/></OGRVRTLayer></OGRVRTDataSource>"
    )
    for ending in _ENDINGS:
        for source in (hidden, f"/vsicurl/{url}", f"CSV:{hidden}", f"/vsizip/{hidden}/x"):
            yield f"vrt{ending}", vrt.format(source).encode()
    for ending in (".geojson", ".gpkg"):
        yield f"wfs{ending}", f"<OGRWFSDataSource><URL>{url}</URL></OGRWFSDataSource>".encode()
        yield f"name{ending}", f"WFS:{url}".encode()
    for kind in ("link", "url", "name"):
        crs = {"type": kind, "properties": {"href": url, "url": url, "name": url}}
        yield (
            "crs.geojson",
            json.dumps({"type": "FeatureCollection", "crs": crs, "features": []}).encode(),
        )
    entity = f'<!DOCTYPE kml [<!ENTITY a SYSTEM "file://{hidden}"><!ENTITY b SYSTEM "{url}">]>'
    mark = (
        "<Placemark><name>&a;&b;</name><Point><coordinates>38,36</coordinates></Point></Placemark>"
    )
    yield "entity.kml", f"{entity}<kml>{mark}</kml>".encode()
    lol = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    yield "lol.kml", f'<!DOCTYPE kml [<!ENTITY e0 "lol">{lol}]><kml>{mark}&e11;</kml>'.encode()
    yield "deep.geojson", b"[" * 2_000_000
    yield "deep.kml", b"<a>" * 500_000
    yield "columns.csv", ",".join(["x"] * 20_000).encode()
    yield "quotes.csv", b"id,lat,lon,notes\n" + b'1,36,38,"' * 500_000
    yield "cell.csv", b"id,lat,lon,notes\n1,36,38," + b"x" * 30_000_000
    yield "nul.csv", b"id,lat,lon\n" + b"\0" * 1_000_000
    yield "number.geojson", b'{"type":"FeatureCollection","features":[' + b"9" * 5_000_000 + b"]}"


def _payload_tables(texts: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Each payload in every cell and every name of a column; names of files are ours."""
    for text in texts[::2]:
        row = dict.fromkeys(OWN, text) | {"lat": 36, "lon": 38, text: text}
        cell = {
            "type": "Feature",
            "properties": row,
            "geometry": {"type": "Point", "coordinates": [38, 36]},
        }
        content = json.dumps({"type": "FeatureCollection", "features": [cell]})
        yield "payload.geojson", content.encode()


def _far_cell(path: Path) -> Path:
    return _cell_at(path.with_suffix(".xlsx"), 1_048_575, 16_383)


def _wide_cell(path: Path) -> Path:
    return _cell_at(path.with_suffix(".xlsx"), 1_048_575, 51)


def _cell_at(path: Path, row: int, column: int) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(OWN))
        sheet.write(row, column, 1)
    return path


def _zip_bomb(path: Path) -> Path:
    path = path.with_suffix(".xlsx")
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w") as file,
    ):
        for _ in range(1_500):
            file.write(b" " * 1_000_000)
    return path


def _parquet_bomb(path: Path) -> Path:
    path = path.with_suffix(".parquet")
    many = 4_000_000
    text = pa.DictionaryArray.from_arrays(pa.array([0] * many, pa.int32()), ["x" * 5_000])
    pq.write_table(pa.table({"lat": [36.0] * many, "lon": [38.0] * many, "notes": text}), path)
    return path


_ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS fid FROM n"


def _view(path: Path) -> Path:
    path = make.features(path.with_suffix(".gpkg"), [OWN], "GPKG")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE gpkg_contents SET table_name = 'endless', data_type = 'attributes'"
        )
        connection.execute(f"CREATE VIEW endless AS {_ENDLESS}")
    return path


def _described_by_view(path: Path) -> Path:
    path = make.features(path.with_suffix(".gpkg"), [OWN], "GPKG")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA legacy_alter_table = ON")
        connection.execute("ALTER TABLE gpkg_contents RENAME TO moved")
        connection.execute(f"CREATE VIEW gpkg_contents AS {_ENDLESS}")
    return path


def _random_bytes(chance: random.Random, path: Path) -> Path:
    path = path.with_suffix(chance.choice(_ENDINGS))
    start = chance.choice(
        (b"", b"PK\x03\x04", b"PAR1", b"SQLite format 3\0", b"<kml>", b"{", b"id,lat,lon\n")
    )
    path.write_bytes(start + chance.randbytes(chance.randint(0, 20_000)))
    return path
