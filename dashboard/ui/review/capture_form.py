"""The fields of a captured file that is added: the file, when, how and by whom it was captured."""

from functools import partial

import streamlit as st

from dashboard.browser.captures import size_words
from dashboard.language.labels import label
from dashboard.language.messages import _
from dashboard.language.words import isolate
from dashboard.model.capture import Capture, CaptureMethod
from dashboard.model.message import message
from dashboard.project.project import Loaded
from dashboard.review.captures import add_capture
from dashboard.store.capture_files import MOST_MEGABYTES, CaptureError, StoredFile
from dashboard.text.escape import escape_markdown_message
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.analyst import NAME
from dashboard.ui.components.workspace_fault import error_markdown
from dashboard.ui.state.session import SessionValue, forget

_LONGEST = 200
_LONGEST_NOTE = 1000


def capture_form(loaded: Loaded, article_id: str, claim_id: str | None, *, key: str) -> None:
    """Show the fields, empty again after a file was added."""
    # An upload cannot be emptied, but a field with another key is another field.
    number = SessionValue(f"count_{key}", 0)
    key = f"{key}_{number.get()}"
    uploaded = st.file_uploader(
        _("A file to add as proof: page, PDF, picture or video still"),
        key=f"{key}_file",
        max_upload_size=MOST_MEGABYTES,
        help=_("It is stored unchanged under its SHA-256, and is never opened by this program."),
    )
    if uploaded is None:
        return
    content = uploaded.getbuffer()
    try:
        file = loaded.workspace.captures.describe(content)
    except CaptureError as error:
        st.error(error_markdown(error))
        return
    _describe(file)
    with st.container(horizontal=True):
        day = st.date_input(_("Day of capture (UTC)"), value=None, key=f"{key}_day")
        time = st.time_input(
            _("Time of capture (UTC), if known"), value=None, key=f"{key}_time", step=60
        )
    method = st.selectbox(
        _("How it was captured"),
        [method for method in CaptureMethod if method is not CaptureMethod.RECEIVED],
        index=None,
        format_func=label,
        key=f"{key}_method",
        placeholder=_("choose"),
    )
    with st.container(horizontal=True):
        tool = st.text_input(
            _("With which program or device"), key=f"{key}_tool", max_chars=_LONGEST
        )
        who = st.text_input(
            _("Captured by"), value=NAME.get(), key=f"{key}_who", max_chars=_LONGEST
        )
    note = st.text_input(_("Note on the file"), key=f"{key}_note", max_chars=_LONGEST_NOTE)
    graphic = st.checkbox(
        _("Graphic content: blur it until somebody asks to see it"), key=f"{key}_graphic"
    )
    needs = {
        _("the day of capture"): day is not None,
        _("how it was captured"): method is not None,
        _("who captured it"): bool(who.strip()),
    }
    if not action_button(_("Add the file"), needs=needs, type="primary", key=f"{key}_add"):
        return
    if day is None or method is None:
        return

    capture = Capture(
        article_id,
        claim_id,
        file.sha256,
        file.size,
        file.media_type.name,
        uploaded.name,
        day,
        time,
        method,
        tool.strip(),
        who.strip(),
        note.strip(),
        graphic=graphic,
    )
    why = message("proof of a claim") if claim_id else message("proof of an article")
    add = partial(add_capture, edit_session(loaded), content, capture, why=why)
    if act(loaded, _("Added the captured file: {name}").format(name=isolate(uploaded.name)), add):
        forget(key)
        number.set(number.get() + 1)
    st.rerun()


def _describe(file: StoredFile) -> None:
    """Show what the file's content says, and whether the same file is here already."""
    kind = _("By its content: {type}, {size}, SHA-256 {hash}").format(
        type=isolate(file.media_type.name), size=size_words(file.size), hash=isolate(file.sha256)
    )
    st.caption(escape_markdown_message(kind))
    if file.known:
        st.info(_("The same file is in this workspace already. It is stored once."))
