"""Read the files of a zip archive in memory, with limits on their number, size and compression."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zlib import error as ZlibError  # noqa: N812

from dashboard.model.errors import Fault

_MAX_MEMBERS = 100_000
_MAX_BYTES, _MAX_TOTAL = 50_000_000, 1_000_000_000
# Text compresses 5 to 10 times; a far higher ratio means a decompression bomb.
_MAX_RATIO = 200
_SMALL = 100_000


def is_zip(content: bytes) -> bool:
    """Whether the bytes begin with the signature of a zip archive."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def members(name: str, content: bytes, faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each file; what cannot be read is added to `faults`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield from _files(name, archive, faults)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        faults.append(Fault(name, 0, "", "a zip archive", str(error)))


def _files(name: str, archive: zipfile.ZipFile, faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.filename == "[Content_Types].xml" for info in infos):
        faults.append(Fault(name, 0, "", "text", "an Office file; save its text as .txt"))
        return
    if len(infos) > _MAX_MEMBERS:
        faults.append(Fault(name, 0, "", f"at most {_MAX_MEMBERS:,} files", f"{len(infos):,}"))
        return
    total = 0
    for info in infos:
        content = None if _is_hidden(info) else _content(name, archive, info, faults)
        if content is None:
            continue
        total += len(content)
        if total > _MAX_TOTAL:
            faults.append(Fault(name, 0, "", f"at most {_MAX_TOTAL // 10**6} MB unpacked", "more"))
            return
        yield info.filename, content


def _is_hidden(info: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(info.filename).name
    return info.filename.startswith("__MACOSX/") or name.startswith(".")


def _content(
    name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, faults: list[Fault]
) -> bytes | None:
    member = f"{name}: {info.filename}"
    ratio = info.file_size / max(1, info.compress_size)
    if info.file_size > _MAX_BYTES or (ratio > _MAX_RATIO and info.file_size > _SMALL):
        found = f"{info.file_size:,} bytes packed {ratio:,.0f} to 1"
        faults.append(Fault(member, 0, "", "a file of text", found))
        return None
    if info.flag_bits & 1:
        faults.append(Fault(member, 0, "", "a file without a password", "one with"))
        return None
    try:
        with archive.open(info) as file:
            # The size that the archive states may lie.
            content = file.read(_MAX_BYTES + 1)
    except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, OSError) as error:
        faults.append(Fault(member, 0, "", "an undamaged file", str(error)))
        return None
    if len(content) > _MAX_BYTES:
        faults.append(Fault(member, 0, "", f"at most {_MAX_BYTES:,} bytes", "more"))
        return None
    if is_zip(content):
        faults.append(Fault(member, 0, "", "a file of text", "an archive in an archive"))
        return None
    return content
