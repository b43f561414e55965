"""Good tables with a byte turned, cut or added, imported one after another.

Rows that end before the first damaged byte are good. Where rows are read one after another, each of
them has to be there, unless the file as a whole is refused, or asked about, in words. And of tables
whose format counts its rows none is lost unreported: it is read, has a fault, or reading stopped.
"""

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

import pyarrow.parquet as pq

from dashboard.datasets.options import ImportOptions
from dashboard.datasets.progress import Progress
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.model.errors import DashboardError
from dashboard.settings import read_settings
from tests.datasets.formats import make
from tests.datasets.reading import OWN
from tests.hostile.corpus import corpus

_ROWS = 40
# Of these the first rows can be read whatever comes after them.
_STREAMED = (".csv", ".geojson", ".kml")
# Of these a damaged byte cannot make two rows one.
_COUNTED = (".gpkg", ".parquet", ".xlsx")


def run(seed: int, times: int, folder: Path) -> dict[str, int]:
    """Import `times` damaged files; gives counts of what became of them."""
    good = _good_files(folder / "good")
    tasks = [(seed * 1_000_003 + number, good[number % len(good)]) for number in range(times)]
    figures: Counter[str] = Counter(
        files=0, uncaught=0, good_rows=0, good_rows_lost=0, rows_unsaid=0
    )
    # In a process of its own: beside it the others run.
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        for outcome in pool.map(partial(_outcome, folder), tasks, chunksize=10):
            figures.update(outcome)
    return dict(figures)


def _good_files(folder: Path) -> list[Path]:
    folder.mkdir(parents=True)
    some = [OWN | {"id": f"row{number}", "notes": f"ملاحظة {number}"} for number in range(_ROWS)]
    make.write(folder / "a.csv", some)
    make.workbook(folder / "a.xlsx", some)
    for ending, driver in (("geojson", "GeoJSON"), ("gpkg", "GPKG"), ("parquet", "GeoParquet")):
        make.features(folder / f"a.{ending}", some, driver)
    marks = "".join(
        f"<Placemark><name>{row['id']}</name><ExtendedData><Data name='id'><value>{row['id']}</value>"
        f"</Data></ExtendedData><TimeStamp><when>2021-01-18</when></TimeStamp>"
        f"<Point><coordinates>38.86,36.38</coordinates></Point></Placemark>\n"
        for row in some
    )
    (folder / "a.kml").write_text(f"<kml><Document>{marks}</Document></kml>", encoding="utf-8")
    return sorted(folder.iterdir())


def _outcome(folder: Path, task: tuple[int, Path]) -> Counter[str]:
    seed, good = task
    chance = random.Random(seed)
    content = good.read_bytes()
    damaged, at = chance.choice((_turn, _cut, _add))(chance, content)
    place = folder / f"damaged_{os.getpid()}"
    place.mkdir(exist_ok=True)
    path = place / f"a{good.suffix}"
    path.write_bytes(damaged)
    datasets = place / "datasets"
    counts: Counter[str] = Counter(files=1)
    try:
        done = _import(datasets, path)
        counts["stopped"] += done.stopped is not None
        if good.suffix in _COUNTED and done.stopped is None:
            missing = _ROWS - done.good - len({fault.row for fault in done.faults.first})
            counts["rows_unsaid"] += max(0, missing)
            if missing > 0:
                print(f"damaged: seed {seed}, {good.name}: nothing said of {missing} rows")
        before = _ids_before(content, at) if good.suffix in _STREAMED else set()
        lost = before - _ids(datasets)
        counts.update(good_rows=len(before), good_rows_lost=len(lost))
        if lost:
            print(f"damaged: seed {seed}, {good.name}: lost {len(lost)} rows")
    except DashboardError:
        counts["refused"] += 1
    except Exception as error:  # noqa: BLE001 what is counted
        counts["uncaught"] += 1
        print(f"damaged: seed {seed}, {good.name}: {type(error).__name__}: {error}")
    shutil.rmtree(datasets / "x", ignore_errors=True)
    return counts


@cache
def _importer(folder: Path) -> Importer:
    return Importer(Datasets(folder), corpus(), read_settings({}).lexicon)


def _import(datasets: Path, path: Path) -> Progress:
    """Import the file to its end."""
    *_, last = _importer(datasets).read(path, ImportOptions(name="x"))
    return last


def _ids(datasets: Path) -> set[str]:
    ids: set[str] = set()
    for path in datasets.glob("x/g*/events/*/*.parquet"):
        ids |= set(pq.ParquetFile(path).read(["event_id"]).column(0).to_pylist())
    return {event_id.removeprefix("x:") for event_id in ids}


def _ids_before(content: bytes, at: int) -> set[str]:
    """The ids of the rows whose line ends before the byte `at`."""
    whole = content[:at].rpartition(b"\n")[0].decode("utf-8", errors="ignore")
    return {f"row{number}" for number in range(_ROWS) if _has(whole, f"row{number}")}


def _has(text: str, event_id: str) -> bool:
    return any(f"{mark}{event_id}{end}" in text for mark in '\n",>' for end in '",<')


Damage = Callable[[random.Random, bytes], tuple[bytes, int]]


def _turn(chance: random.Random, content: bytes) -> tuple[bytes, int]:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :], at


def _cut(chance: random.Random, content: bytes) -> tuple[bytes, int]:
    at = chance.randrange(1, len(content))
    return content[:at], at


def _add(chance: random.Random, content: bytes) -> tuple[bytes, int]:
    at = chance.randrange(len(content))
    return content[:at] + chance.randbytes(chance.randint(1, 40)) + content[at:], at
