"""The files in a zip archive, read so that no archive can fill the memory or write anywhere."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zlib import error as ZlibError  # noqa: N812

from dashboard.model.errors import Fault

_MAX_MEMBERS = 100_000
_MAX_MEMBER, _MAX_TOTAL = 50_000_000, 1_000_000_000
# Text compresses to a fifth or a tenth; far beyond that an archive is made to do harm.
_MAX_RATIO = 200
_SMALL = 100_000


def is_zip(content: bytes) -> bool:
    """Whether the bytes begin as a zip archive does."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def members(name: str, content: bytes, faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
    """The files in the archive one at a time; what cannot be read is added to `faults`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield from _files(name, archive, faults)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        faults.append(Fault(name, 0, "", "a zip archive", str(error)))


def _files(name: str, archive: zipfile.ZipFile, faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
    held = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.filename == "[Content_Types].xml" for info in held):
        faults.append(Fault(name, 0, "", "text", "an Office file; save its text as .txt"))
        return
    if len(held) > _MAX_MEMBERS:
        faults.append(Fault(name, 0, "", f"at most {_MAX_MEMBERS:,} files", f"{len(held):,}"))
        return
    total = 0
    for info in held:
        if info.filename.startswith("__MACOSX/") or PurePosixPath(info.filename).name.startswith(
            "."
        ):
            continue
        content = _content(name, archive, info, faults)
        if content is None:
            continue
        total += len(content)
        if total > _MAX_TOTAL:
            faults.append(Fault(name, 0, "", f"at most {_MAX_TOTAL // 10**6} MB unpacked", "more"))
            return
        yield info.filename, content


def _content(
    name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, faults: list[Fault]
) -> bytes | None:
    member = f"{name}: {info.filename}"
    ratio = info.file_size / max(1, info.compress_size)
    if info.file_size > _MAX_MEMBER or (ratio > _MAX_RATIO and info.file_size > _SMALL):
        faults.append(
            Fault(
                member,
                0,
                "",
                "a file of text",
                f"{info.file_size:,} bytes packed {ratio:,.0f} to 1",
            )
        )
        return None
    if info.flag_bits & 1:
        faults.append(Fault(member, 0, "", "a file without a password", "one with"))
        return None
    try:
        with archive.open(info) as file:
            # The size that the archive states may lie.
            content = file.read(_MAX_MEMBER + 1)
    except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, OSError) as error:
        faults.append(Fault(member, 0, "", "an undamaged file", str(error)))
        return None
    if len(content) > _MAX_MEMBER:
        faults.append(Fault(member, 0, "", f"at most {_MAX_MEMBER:,} bytes", "more"))
        return None
    if is_zip(content):
        faults.append(Fault(member, 0, "", "a file of text", "an archive in an archive"))
        return None
    return content
