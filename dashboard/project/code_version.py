"""The version of the program's code: tables that another program wrote are written anew."""

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def code_version(package: Path = _PACKAGE) -> str:
    """A hash of the scripts in a folder, the same wherever they are installed.

    The number of a release would not do: a checkout keeps it from one commit to the next.
    """
    version = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        content = path.read_bytes()
        version.update(f"{path.relative_to(package).as_posix()} {len(content)}\n".encode())
        version.update(content)
    return version.hexdigest()
