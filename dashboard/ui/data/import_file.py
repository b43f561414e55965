"""Selecting the table to import: an upload, or a file below the import folder of the settings."""

from pathlib import Path

import streamlit as st

from dashboard.datasets.files.input_file import InputFile
from dashboard.datasets.files.read import ENDINGS
from dashboard.documents.read import display_name
from dashboard.language.messages import _
from dashboard.language.words import isolate
from dashboard.model.permissions import Permission
from dashboard.model.viewer import viewer
from dashboard.settings import Settings
from dashboard.text.escape import escape_markdown
from dashboard.ui.state.uploads import saved_upload


def chosen_file(settings: Settings) -> InputFile | None:
    """The selected file; an upload exists as long as the session."""
    uploaded = st.file_uploader(
        _("File"),
        type=[ending.removeprefix(".") for ending in ENDINGS],
        key="import_upload",
        disabled=not viewer().may(Permission.IMPORT),
    )
    named = _named_file(settings)
    if uploaded is not None:
        path = saved_upload(
            "import_uploads", settings.datasets, uploaded.file_id, uploaded.getbuffer()
        )
        return InputFile(path, display_name(uploaded.name))
    return named


def _named_file(settings: Settings) -> InputFile | None:
    """A file of this machine by its path below the import folder.

    `None` without that folder, and on a server for other machines, whose users must not see its files.
    """
    folder = settings.import_folder
    if folder is None or settings.shared:
        return None
    typed = st.text_input(
        _("or its path inside {folder}").format(folder=isolate(escape_markdown(str(folder)))),
        key="import_path",
        placeholder=isolate("2021/events.parquet"),
    ).strip()
    if not typed:
        return None
    path = file_below(folder, typed)
    if path is None:
        message = _("There is no file {path} inside {folder}.")
        paths = {"path": typed, "folder": str(folder)}
        st.warning(
            message.format(**{key: isolate(escape_markdown(text)) for key, text in paths.items()})
        )
        return None
    return InputFile(path, display_name(path.name))


def file_below(folder: Path, name: str) -> Path | None:
    """The file at a path below `folder`, links resolved; `None` if missing or outside."""
    try:
        root = folder.resolve()
        path = (root / name).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError):  # a name too long, or with a NUL
        return None
