"""Uploads of a session as files: each kind of upload has a file of its own."""

from streamlit.testing.v1 import AppTest


def _uploads(folder: str) -> None:
    from pathlib import Path

    import streamlit as st

    from dashboard.ui.state.uploads import saved_upload

    first = saved_upload("first_uploads", Path(folder), "../a", memoryview(b"a table"))
    other = saved_upload("other_uploads", Path(folder), "../a", memoryview(b"a map"))
    again = saved_upload("first_uploads", Path(folder), "b", memoryview(b"another"))
    st.text(str((first == again, first == other, first.read_bytes(), other.read_bytes())))
    st.text(str(first.resolve().is_relative_to(Path(folder).resolve())))


def test_each_kind_of_upload_has_its_own_file(tmp_path):
    app = AppTest.from_function(_uploads, kwargs={"folder": str(tmp_path)}, default_timeout=60)
    app.run()
    assert [text.value for text in app.text] == ["(True, False, b'another', b'a map')", "True"]
