"""What a file of places is, and its rows: runs in the reading process.

Text of GeoNames is read line by line; tables are read by the readers of event tables, with their limits.
"""

from collections.abc import Callable, Collection, Iterator
from pathlib import PurePosixPath

from dashboard.datasets.files.archive import ARCHIVES, archive_members, check_member
from dashboard.datasets.files.chunks import Chunk
from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import read_chunks
from dashboard.model.errors import Fault
from dashboard.model.message import message
from dashboard.model.place_list import ListedPlace
from dashboard.place_lists import cod_ab, geonames, openstreetmap, whos_on_first
from dashboard.place_lists.rows import DAMAGED_ROW, Rows
from dashboard.place_lists.tables import TableFormat, rows_of

TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".geojson", ".json", ".gpkg")
ENDINGS = (".txt", *TABLE_ENDINGS, ".zip")
_FIRST_LINE = 100_000
_TEXT = (".txt", ".tsv", ".csv")
_LAYER = "layer"
# The formats of tables: their id, the test of the columns, and the reader.
_TABLES: tuple[tuple[str, Callable[[Collection[str]], bool], Callable[[], TableFormat]], ...] = (
    (whos_on_first.FORMAT, whos_on_first.is_wof, whos_on_first.WhosOnFirst),
    (cod_ab.FORMAT, cod_ab.is_cod_ab, cod_ab.CodAb),
    (openstreetmap.FORMAT, openstreetmap.is_osm, openstreetmap.OpenStreetMap),
)
_EXPECTED = message(
    "expected places of GeoNames (SY.zip), its alternate names, Who's On First, OCHA's P-codes (COD-AB) "
    "or OpenStreetMap (place=*)"
)


def list_rows(file: InputFile, rows: Rows) -> Iterator[tuple[str, ListedPlace]]:
    """The format and each place of a file, in an archive or not; raises TableError."""
    if file.ending in ARCHIVES:
        file = _member(file)
    format_ = _text_format(file)
    if format_ is not None:
        read = geonames.read_places if format_ == geonames.PLACES else geonames.read_names
        with file.open() as stream:
            for place in read(stream, rows):
                yield format_, place
        return
    if file.ending not in TABLE_ENDINGS:
        raise TableError(message("{file}: {expected}", file=file.name, expected=_EXPECTED))
    yield from _table_rows(file, rows)


def _member(file: InputFile) -> InputFile:
    """The only list in an archive; texts that describe it are left out."""
    members = archive_members(file)
    lists = [name for name in members if PurePosixPath(name).suffix.lower() in ENDINGS[:-1]]
    lists = [name for name in lists if "readme" not in name.lower()]
    # GeoNames' archives of names have a list of languages beside them.
    lists = [name for name in lists if not name.lower().endswith("iso-languagecodes.txt")]
    if len(lists) != 1:
        found = ", ".join(lists[:5]) or "none"
        raise TableError(
            message(
                "{file}: expected one list of places in it, found {found}",
                file=file.name,
                found=f"{found:.200}",
            )
        )
    check_member(file.name, members[lists[0]])
    base = PurePosixPath(lists[0].replace("\\", "/")).name
    return InputFile(file.path, base, lists[0])


def _text_format(file: InputFile) -> str | None:
    if file.ending not in _TEXT:
        return None
    with file.open() as stream:
        line = stream.readline(_FIRST_LINE)
    return geonames.format_of_line(line.decode("utf-8-sig", "replace"))


def _table_rows(file: InputFile, rows: Rows) -> Iterator[tuple[str, ListedPlace]]:
    readers: dict[str, TableFormat] = {}
    for options in _layers(file):
        for chunk in _chunks(file, options, rows):
            columns = {str(name).strip().lower() for name in chunk.frame.columns}
            table = next((each for each in _TABLES if each[1](columns)), None)
            if table is None:
                break
            format_, _is, reader = table
            reading = readers.setdefault(format_, reader())
            for cells in rows_of(chunk.frame):
                for place in reading.read(cells, rows):
                    yield format_, place
    if not readers:
        raise TableError(
            message("{file}: {expected}, found other columns", file=file.name, expected=_EXPECTED)
        )


def _layers(file: InputFile) -> list[FileOptions]:
    """The options for each layer or sheet of a file."""
    try:
        next(read_chunks(file, FileOptions(), _ignore, 1), None)
    except UnclearError as error:
        if error.option != _LAYER:
            raise TableError(message("{file}: {why}", file=file.name, why=error.why)) from error
        return [FileOptions(layer=name) for name in error.choices]
    return [FileOptions()]


def _chunks(file: InputFile, options: FileOptions, rows: Rows) -> Iterator[Chunk]:
    try:
        yield from read_chunks(file, options, lambda _fault: rows.leave_out(DAMAGED_ROW))
    except UnclearError as error:
        raise TableError(message("{file}: {why}", file=file.name, why=error.why)) from error


def _ignore(_fault: Fault) -> None:
    """Faults of the first rows are counted when all of the file is read."""
