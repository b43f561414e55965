"""The folder of basemaps: files of tiles, and beside each what its check found.

A file gets there by the Data page or is copied there. It is checked once, and anew when it has changed.
"""

import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from dashboard.model.basemap_name import ENDINGS, is_file_name
from dashboard.model.errors import DashboardError
from dashboard.model.message import StoredText, message
from dashboard.model.permissions import Permission
from dashboard.model.viewer import require
from dashboard.tiles.check import check
from dashboard.tiles.mbtiles_file import MAGIC
from dashboard.tiles.pmtiles_file import TileFileError, tile_at
from dashboard.tiles.tile_file import TileFile, TileKind

# Beside the files: what their checks found, and the MBTiles files as PMTiles.
_CHECKED, _CONVERTED = "checked", "converted"
# One check at a time: two sessions may find the same new file.
_CHECKING = threading.Lock()
_HASH_DIGITS = 16
# The specification of PMTiles: header and root directory are in the first 16 KB.
_HASHED_BYTES = 16_384

Stamp = tuple[int, int]


class BasemapError(DashboardError):
    """A file that cannot be a basemap; the message has the reason."""


class _Record(msgspec.Struct, frozen=True):
    """What the check of a file found: a description, or the reason why it is refused."""

    stamp: Stamp
    file: TileFile | None
    refused: StoredText = ""


@dataclass(frozen=True, slots=True)
class Basemap:
    """A checked file: its name in the folder, the path of its PMTiles file, and what it has."""

    name: str
    path: Path
    file: TileFile

    @property
    def stamp(self) -> Stamp:
        """Size and modification time of the PMTiles file. Raises OSError if it is gone."""
        return _stamp(self.path)

    @property
    def version(self) -> str:
        """A text that is another one once the file has changed."""
        return "-".join(f"{part:x}" for part in self.stamp)

    @property
    def sha256(self) -> str:
        """The hash of the size, header and first directory, which has the place of each tile.

        The whole file may have many gigabytes. Raises OSError if it is gone.
        """
        digest = hashlib.sha256(str(self.stamp[0]).encode())
        with self.path.open("rb") as stream:
            digest.update(stream.read(_HASHED_BYTES))
        return digest.hexdigest()

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """A tile as stored; `None` without one. Raises OSError, and TileFileError for a damaged file."""
        return tile_at(self.path, self.stamp, z, x, y)


@dataclass(frozen=True, slots=True)
class BasemapFolder:
    """The files in a folder, which is made when the first one is added."""

    folder: Path

    def basemaps(self) -> Mapping[str, Basemap]:
        """The checked files by name; `refused` has the others."""
        found = {}
        for path in self._files():
            record = self._record(path)
            if record is not None and record.file is not None:
                found[path.name] = Basemap(path.name, self._tiles(path), record.file)
        return found

    def refused(self) -> Mapping[str, StoredText]:
        """The reason for each file that is no basemap, by name."""
        records = ((path.name, self._record(path)) for path in self._files())
        return {name: record.refused for name, record in records if record and not record.file}

    def has_new(self) -> bool:
        """Whether there is a file that was not checked."""
        return any(self._record(path) is None for path in self._files())

    def check_new(self) -> None:
        """Check each file that is new or has changed. Raises OSError if the folder cannot be written."""
        with _CHECKING:
            for path in self._files():
                if self._record(path) is None:
                    self._check(path)

    def add(self, source: Path, name: str) -> Basemap:
        """Copy a file to the folder and check it; `name` is shown, and gives the title if it has none.

        Its name in the folder is made of its content. Raises BasemapError if the file is refused or is
        here already, OSError, and NotPermittedError.
        """
        require(Permission.IMPORT)
        target = self.folder / _name_by_content(source)
        with _CHECKING:
            if target.exists():
                raise BasemapError(message("{file}: this file is here already", file=name))
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.folder, suffix=".part")
            os.close(handle)
            try:
                shutil.copyfile(source, temporary)
                Path(temporary).replace(target)
            finally:
                Path(temporary).unlink(missing_ok=True)
            self._check(target, title=Path(name).stem)
            refused = self.refused().get(target.name)
            if refused is not None:
                self._delete(target)
                raise BasemapError(message("{file}: {reason}", file=name, reason=refused))
        return self.basemaps()[target.name]

    def remove(self, name: str) -> None:
        """Delete a file and what was made of it.

        Raises BasemapError if there is none, OSError, and NotPermittedError.
        """
        require(Permission.IMPORT)
        for path in self._files():
            if path.name == name:
                self._delete(path)
                return
        raise BasemapError(message("{file}: there is no such basemap", file=name))

    def _files(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return sorted(
            path
            for path in self.folder.iterdir()
            if path.suffix.lower() in ENDINGS and path.is_file()
        )

    def _check(self, path: Path, title: str = "") -> None:
        stamp = _stamp(path)
        try:
            record = _Record(stamp, check(path, self._converted(path), title or path.stem))
        except TileFileError as error:
            record = _Record(stamp, None, error.message)
        if not is_file_name(path.name):
            record = _Record(
                stamp, None, message("expected a name of letters, digits, spaces and .()-_")
            )
        at = self._record_path(path)
        at.parent.mkdir(exist_ok=True)
        at.write_bytes(msgspec.json.encode(record))

    def _record(self, path: Path) -> _Record | None:
        """What the check found; `None` if there was none since the file has changed."""
        try:
            record = msgspec.json.decode(self._record_path(path).read_bytes(), type=_Record)
            current = record.stamp == _stamp(path)
        except (OSError, msgspec.MsgspecError):
            return None
        complete = record.file is None or self._tiles(path).is_file()
        return record if current and complete else None

    def _tiles(self, path: Path) -> Path:
        converted = self._converted(path)
        return converted if converted.is_file() else path

    def _delete(self, path: Path) -> None:
        for each in (self._record_path(path), self._converted(path), path):
            each.unlink(missing_ok=True)

    def _record_path(self, path: Path) -> Path:
        return self.folder / _CHECKED / f"{path.name}.json"

    def _converted(self, path: Path) -> Path:
        return self.folder / _CONVERTED / f"{path.name}.pmtiles"


def _name_by_content(source: Path) -> str:
    """A name for a copy of a file, by its first bytes and its hash, e.g. "3f2a9c01.mbtiles"."""
    with source.open("rb") as stream:
        is_database = stream.read(len(MAGIC)) == MAGIC
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()[:_HASH_DIGITS]
    return f"{digest}{'.mbtiles' if is_database else '.pmtiles'}"


def _stamp(path: Path) -> Stamp:
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def is_picture(basemap: Basemap) -> bool:
    """Whether its tiles are pictures, which need no script in the browser."""
    return basemap.file.kind is TileKind.RASTER
