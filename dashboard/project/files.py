"""The version of the data: a hash that changes when one of their files does."""

import hashlib
from pathlib import Path


def files_version(folders: tuple[Path, ...]) -> str:
    """A hash of names, sizes and modification times of the files in folders."""
    files = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return hashlib.sha256(repr(files).encode()).hexdigest()


def content_key(files: str, workspace: Path, version: int) -> str:
    """A key for the state of the curated events, the same in every process that reads them.

    `files` is their `files_version`, `version` that of the workspace.
    """
    return hashlib.sha256(f"{files} {workspace} {version}".encode()).hexdigest()
