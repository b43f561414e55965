"""The upload of one browser's session as a file on disk, deleted with the session."""

from pathlib import Path

import streamlit as st

from dashboard.store.uploads import SessionUploads, UploadFolder
from dashboard.ui.state.session import SessionValue

# The folder of uploads, in that of what they become.
_FOLDER = "uploads"


def saved_upload(key: str, folder: Path, upload: str, content: memoryview) -> Path:
    """Save an upload below `folder` and return its path; each `key` has one file at a time.

    `upload` identifies the upload, and is not a path. Raises OSError.
    """
    stored = SessionValue[SessionUploads | None](key, None)
    uploads = stored.get()
    if uploads is None:
        uploads = _folder(folder / _FOLDER).session()
        stored.set(uploads)
    return uploads.save(upload, content)


@st.cache_resource(max_entries=8, show_spinner=False)
def _folder(folder: Path) -> UploadFolder:
    return UploadFolder(folder)
