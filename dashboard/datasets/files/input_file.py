"""A file to read, with the options to open it."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.model.message import Message, message

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


def choose_layer(layers: Sequence[str], options: FileOptions, file: str, kind: Message) -> str:
    """The layer that the options name, or the only one; `kind` is the word for one, as "sheet".

    Raises UnclearError if there are several, TableError if there is none of that name.
    """
    if options.layer is not None:
        if options.layer not in layers:
            raise TableError(
                message(
                    "{file}: expected the {kind} {layer}, found {found}",
                    file=file,
                    kind=kind,
                    layer=options.layer,
                    found=", ".join(layers),
                )
            )
        return options.layer
    if len(layers) != 1:
        several = layers[:_MOST_LAYERS]
        why = message("{file} has several of these: {kind}", file=file, kind=kind)
        if several != layers:
            why = message(
                "{why}, the first {most} of {number}",
                why=why,
                most=_MOST_LAYERS,
                number=f"{len(layers):,}",
            )
        raise UnclearError("layer", several, why)
    return layers[0]
