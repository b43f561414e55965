"""A file to read, with the options to open it."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dashboard.datasets.files.errors import TableError, UnclearError

# Most sheets or layers in a list of choices; the command line accepts the others by name.
_MOST_LAYERS = 50


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: its path, and the name to show, whose ending gives the format.

    The path of an upload is generated, so that no path contains a name that a user chose. `member` is
    the name of a file in the ZIP archive at `path`, which is read without unpacking it to a disk.
    """

    path: Path
    name: str
    member: str | None = None

    @property
    def ending(self) -> str:
        """The ending of its name in lower case, e.g. ".csv"."""
        return Path(self.name).suffix.lower()

    @property
    def size(self) -> int:
        """Its size in bytes, unpacked."""
        if self.member is None:
            return self.path.stat().st_size
        with zipfile.ZipFile(self.path) as archive:
            return archive.getinfo(self.member).file_size

    def open(self) -> IO[bytes]:
        """Its content as a stream."""
        if self.member is None:
            return self.path.open("rb")
        with zipfile.ZipFile(self.path) as archive:
            # The stream has its own reference to the file: it is open until the stream is closed.
            return archive.open(self.member)


@dataclass(frozen=True, slots=True)
class FileOptions:
    """Options that the analyst chose to open a file with; `None` is detected.

    `layer` is the name of a layer of a geographic file, or of a sheet of a workbook; `crs` is the
    reference system of a geographic file that names none; `member` is the file in an archive of several;
    `header_row` is the number of the row with the names of the columns, from 1 on, 0 if there is none.
    """

    encoding: str | None = None
    delimiter: str | None = None
    layer: str | None = None
    crs: str | None = None
    member: str | None = None
    header_row: int | None = None


def choose_layer(layers: Sequence[str], options: FileOptions, file: str, kind: str) -> str:
    """The layer that the options name, or the only one; `kind` is "layer" or "sheet", for messages.

    Raises UnclearError if there are several, TableError if there is none of that name.
    """
    if options.layer is not None:
        if options.layer not in layers:
            raise TableError(
                f"{file}: expected the {kind} {options.layer}, found {', '.join(layers)}"
            )
        return options.layer
    if len(layers) != 1:
        several = layers[:_MOST_LAYERS]
        more = f", the first {_MOST_LAYERS} of {len(layers):,}" if several != layers else ""
        raise UnclearError("layer", several, f"{file} has several of these: {kind}{more}")
    return layers[0]
