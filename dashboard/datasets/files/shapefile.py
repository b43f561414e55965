"""A shapefile in a ZIP archive as chunks of a table: read by GDAL from memory.

Source: ESRI Shapefile Technical Description. GDAL gets copies of its parts under names of ours, and only
if the first bytes are those of a shapefile: it would follow what other formats refer to.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
import pyogrio.raw

from dashboard.datasets.files.archive import archive_members, check_member
from dashboard.datasets.files.chunks import Chunk, ReportFault, check_column_count
from dashboard.datasets.files.encoding import OFFERED_ENCODINGS
from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.geometries import (
    geometries_from_wkb,
    reference_system,
    with_coordinates,
)
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.documents.decode import arabic_share
from dashboard.model.message import message

_PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
_NEEDED = (".shp", ".dbf")
_MAGIC = (9994).to_bytes(4, "big")
_MOST_BYTES = 200_000_000
# The positions in a .dbf of the length of its header, and of the code of its encoding.
_HEADER_LENGTH, _ENCODING = slice(8, 10), 29
# Codes that name no encoding: none, and that of the computer on which the file was written.
_NO_ENCODING = frozenset((0, 0x57))


def shapefile(
    file: InputFile, options: FileOptions, report: ReportFault, size: int
) -> Iterator[Chunk]:
    """The features as chunks of `size`; raises UnclearError or TableError."""
    if file.member is None:
        raise TableError(
            message(
                "{file}: a shapefile is several files: put them into one ZIP archive",
                file=file.name,
            )
        )
    parts = _parts(file)
    meta, shapes, columns = _read(file.name, parts, options.encoding or _encoding(file.name, parts))
    check_column_count(file.name, meta["fields"])
    crs = reference_system(file.name, options, meta["crs"])
    count = len(shapes)
    frame = pd.DataFrame(
        {str(name): _cells(cells) for name, cells in zip(meta["fields"], columns, strict=True)},
        index=range(count),
    )
    numbers = np.arange(1, count + 1, dtype=np.int64)
    for start in range(0, count, size):
        stop = min(start + size, count)
        chunk = Chunk(frame.iloc[start:stop], numbers[start:stop], stop / count)
        geometries = geometries_from_wkb(shapes[start:stop])
        yield with_coordinates(file.name, chunk, geometries, crs, report)


def _parts(file: InputFile) -> dict[str, bytes]:
    """The parts of the shapefile by ending; raises TableError if one is missing or damaged."""
    stem = PurePosixPath(file.member or "").with_suffix("")
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(file.path) as archive:
        for name, item in archive_members(file).items():
            ending = PurePosixPath(name).suffix.lower()
            if ending in _PARTS and PurePosixPath(name).with_suffix("") == stem:
                check_member(name, item, _MOST_BYTES)
                parts[ending] = archive.read(item)
    for ending in _NEEDED:
        if ending not in parts:
            raise TableError(
                message(
                    "{file}: expected a {ending} file beside it, found none",
                    file=file.name,
                    ending=ending,
                )
            )
    if not parts[".shp"].startswith(_MAGIC):
        raise TableError(
            message("{file}: expected a shapefile, found another kind of file", file=file.name)
        )
    return parts


def _encoding(name: str, parts: Mapping[str, bytes]) -> str | None:
    """The encoding of texts; `None` if the file names it, or has ASCII only.

    Raises UnclearError if it is neither UTF-8 nor windows-1256 (most letters are Arabic).
    """
    table = parts[".dbf"]
    rows = table[int.from_bytes(table[_HEADER_LENGTH], "little") :]
    if ".cpg" in parts or rows.isascii() or table[_ENCODING] not in _NO_ENCODING:
        return None
    try:
        rows.decode("utf-8")
    except UnicodeDecodeError:
        if arabic_share(rows.decode("windows-1256", errors="replace")) > 0.5:
            return "windows-1256"
        why = message("{file} does not name its encoding", file=name)
        raise UnclearError("encoding", OFFERED_ENCODINGS, why) from None
    return "UTF-8"


def _read(
    name: str, parts: Mapping[str, bytes], encoding: str | None
) -> tuple[dict[str, Any], Any, list[Any]]:
    """What GDAL gives: the description, the geometries as WKB, and the columns."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for ending, part in parts.items():
            archive.writestr(f"table{ending}", part)
    try:
        meta, _fids, shapes, columns = pyogrio.raw.read(content.getvalue(), encoding=encoding)
    except Exception as error:  # of damaged files it raises IndexError and others
        raise TableError(
            message("{file}: expected a shapefile, found {error}", file=name, error=str(error))
        ) from error
    return meta, shapes, columns


def _cells(cells: Any) -> Any:
    """A column as cells: days as text, missing ones as `None`."""
    if cells.dtype.kind != "M":
        return cells
    days = np.datetime_as_string(cells, unit="D").astype(object)
    days[np.isnat(cells)] = None
    return days
