"""Names, sizes and modification times of files, to know that one of them has changed."""

from collections.abc import Iterable
from pathlib import Path

# The scripts that build the data lie beside it, and Python writes compiled ones while others read.
_CODE = frozenset({".py", ".pyc"})


def file_stamps(paths: Iterable[Path]) -> list[tuple[str, int, int]]:
    """Path, size and modification time (ns) of each file, sorted by path.

    Folders and scripts are left out, and so is a file that another process removes meanwhile.
    """
    stamps = []
    for path in sorted(paths):
        if path.suffix in _CODE or "__pycache__" in path.parts:
            continue
        try:
            if path.is_file():
                stat = path.stat()
                stamps.append((str(path), stat.st_size, stat.st_mtime_ns))
        except FileNotFoundError:
            continue
    return stamps
