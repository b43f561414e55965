"""Answers about the files of a known format, e.g. ACLED, saved for the next file of that format.

Those about a table of another format are saved with its column mapping, see `saved_mappings.py`.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from dashboard.datasets.formats.answers import NO_ANSWERS, Answers
from dashboard.model.permissions import Permission
from dashboard.model.viewer import require


def load_format_answers(folder: Path, format_: str) -> Answers:
    """The saved answers of a format; `folder` is that of the datasets. An invalid file has none."""
    try:
        return msgspec.json.decode(_path(folder, format_).read_bytes(), type=Answers)
    except (FileNotFoundError, UnicodeDecodeError, msgspec.MsgspecError):
        return NO_ANSWERS


def save_format_answers(folder: Path, format_: str, answers: Answers) -> None:
    """Save the answers of a format in place of those before; without any the file is deleted.

    Raises NotPermittedError.
    """
    require(Permission.IMPORT)
    path = _path(folder, format_)
    if answers == NO_ANSWERS:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(answers)))


def valid_answers(answers: Answers, kinds: Collection[str], places: Collection[str]) -> Answers:
    """The answers without the kinds and places that this project no longer has."""
    return msgspec.structs.replace(
        answers, kinds=_within(answers.kinds, kinds), places=_within(answers.places, places)
    )


def _within(answers: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    return {name: value for name, value in answers.items() if value in known}


def _path(folder: Path, format_: str) -> Path:
    # In a folder of its own: the files beside it are column mappings.
    return folder / "profiles" / "formats" / f"{format_}.json"
