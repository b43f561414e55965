"""Which state the data are in: a hash that changes when a file of them does."""

import hashlib
from pathlib import Path


def files_version(folders: tuple[Path, ...]) -> str:
    """A hash of names, sizes and times of the files in folders: what changes when the data do."""
    files = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return hashlib.sha256(repr(files).encode()).hexdigest()


def content_key(files: str, workspace: Path, version: int) -> str:
    """What stands for the curated events as they are: the same for every program that reads them.

    `files` is their `files_version`, `version` that of the workspace.
    """
    return hashlib.sha256(f"{files} {workspace} {version}".encode()).hexdigest()
