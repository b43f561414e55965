"""Tables in ZIP archives, as publishers give them, and KMZ: one file of an archive is read as a stream.

Nothing is unpacked to a disk, so that no name in an archive becomes a path. The number of files, their
unpacked size and its ratio to the packed one are limited.
"""

import io
import zipfile
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.model.message import message

ARCHIVES = (".zip", ".kmz")
_MOST_FILES = 1_000
# Most bytes of one unpacked file that is read as a stream, or as a whole in memory.
_MOST_BYTES, _MOST_IN_MEMORY = 4 << 30, 200_000_000
# Tables are packed to a tenth or a fiftieth. Below this size any ratio is harmless.
_MOST_RATIO, _HARMLESS = 200, 10_000_000
_ENCRYPTED = 1
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
# Most names in a list of choices; the command line accepts the others.
_MOST_CHOICES = 50


def table_in_archive(file: InputFile, options: FileOptions, endings: Collection[str]) -> InputFile:
    """The file with one of these endings in the archive, or the one that the options name.

    Raises UnclearError if there are several, TableError if there is none that may be read.
    """
    members = archive_members(file)
    if file.ending == ".kmz":
        tables = [name for name in members if _ending(name) == ".kml"][:1]
        tables = ["doc.kml"] if "doc.kml" in members else tables
    else:
        tables = [name for name in members if _ending(name) in endings]
        # Texts beside tables are descriptions.
        tables = [name for name in tables if _ending(name) != ".txt"] or tables
    member = _choose(file, tables, options, members)
    check_member(file.name, members[member])
    return InputFile(file.path, _base_name(member), member)


def archive_members(file: InputFile) -> Mapping[str, zipfile.ZipInfo]:
    """The files of an archive by name, without hidden ones; raises TableError."""
    try:
        with zipfile.ZipFile(file.path) as archive:
            items = [item for item in archive.infolist() if not item.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise TableError(
            message(
                "{file}: expected a ZIP archive, found {error}", file=file.name, error=str(error)
            )
        ) from error
    if len(items) > _MOST_FILES:
        raise TableError(
            message(
                "{file}: expected at most {most} files in it, found {found}",
                file=file.name,
                most=f"{_MOST_FILES:,}",
                found=f"{len(items):,}",
            )
        )
    return {item.filename: item for item in items if not _is_hidden(item.filename)}


def check_member(name: str, item: zipfile.ZipInfo, most: int = _MOST_BYTES) -> None:
    """Raise TableError for a file of an archive that is encrypted, too large, or packed too well.

    No more than the size that the archive states is ever unpacked.
    """
    if item.flag_bits & _ENCRYPTED:
        raise TableError(
            message(
                "{file}: expected a file without a password, found one with a password", file=name
            )
        )
    if item.compress_type not in _METHODS:
        raise TableError(
            message(
                "{file}: expected a usual compression, found method {method}",
                file=name,
                method=item.compress_type,
            )
        )
    if item.file_size > most:
        found = f"{item.file_size >> 20:,} MB"
        raise TableError(
            message(
                "{file}: expected at most {most} MB unpacked, found {found}",
                file=name,
                most=f"{most >> 20:,}",
                found=found,
            )
        )
    if item.file_size > max(_HARMLESS, _MOST_RATIO * item.compress_size):
        ratio = item.file_size // max(item.compress_size, 1)
        raise TableError(
            message(
                "{file}: expected a file packed to a {part}th, found a {found_part}th",
                file=name,
                part=_MOST_RATIO,
                found_part=f"{ratio:,}",
            )
        )


def read_member(file: InputFile) -> bytes:
    """The whole file, at most 200 MB; raises TableError for more."""
    item = archive_members(file)[file.member or ""]
    check_member(file.name, item, _MOST_IN_MEMORY)
    with file.open() as stream:
        return stream.read()


def as_stream(file: InputFile) -> io.BytesIO:
    """The same as a file object."""
    return io.BytesIO(read_member(file))


def _choose(
    file: InputFile, tables: list[str], options: FileOptions, members: Collection[str]
) -> str:
    if options.member is not None:
        if options.member not in tables:
            found = ", ".join(tables[:_MOST_CHOICES]) or "no table"
            raise TableError(
                message(
                    "{file}: expected {member} in it, found {found}",
                    file=file.name,
                    member=options.member,
                    found=found,
                )
            )
        return options.member
    if not tables:
        found = ", ".join(list(members)[:5]) or "nothing"
        raise TableError(
            message(
                "{file}: expected a table in it, found {found}",
                file=file.name,
                found=f"{found:.200}",
            )
        )
    if len(tables) > 1:
        several = message("{file} has several tables", file=file.name)
        raise UnclearError("member", tables[:_MOST_CHOICES], several)
    return tables[0]


def _base_name(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_hidden(name: str) -> bool:
    """Whether a program of macOS added the file, or its name begins with a dot."""
    return name.startswith("__MACOSX/") or _base_name(name).startswith(".")
