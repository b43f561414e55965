"""A form whose fields are saved on the server as they are typed, to be restored after a reload.

Streamlit sends a field when it is left; what is typed in it before that is only in the browser. What is
sent while the form is being drawn for the first time ends that run before it has noted how the fields
were: it stays in the form, and is in the draft from the next change on.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.numbers import in_digits
from dashboard.language.words import day
from dashboard.model.errors import DashboardError
from dashboard.model.permissions import Permission
from dashboard.model.viewer import viewer
from dashboard.store.draft_values import can_be_stored
from dashboard.store.drafts import Drafts, DraftTooLargeError, StoredDraft
from dashboard.ui import project
from dashboard.ui.analyst import owner
from dashboard.ui.components.workspace_fault import error_markdown
from dashboard.ui.state.browser import browser
from dashboard.ui.state.drawn_forms import add_drawn, empty_fields, empty_form, form_key
from dashboard.ui.state.session import SessionValue, fields_of, has_field, restore_field


@dataclass(frozen=True, slots=True)
class DraftedForm:
    """A form by its name; the keys of its fields begin with `prefix`, and `first` is one always drawn.

    `title` and `link` are for the list of drafts: a page's name under "page", and its parameters.
    """

    name: str
    prefix: str
    first: str
    title: str
    link: Mapping[str, str]


@dataclass(slots=True)
class _Memory:
    """The fields of a form as first drawn (`None`: a draft was there before) and as last seen."""

    first: Mapping[str, object] | None
    last: Mapping[str, object]


@contextmanager
def drafted(form: DraftedForm) -> Iterator[str]:
    """Draw the form inside: its draft is put into the fields before, what was typed is saved after.

    Gives the beginning of the keys of the fields.
    """
    add_drawn(form.name, form.prefix)
    line = st.container(
        key=f"draft_line_{form.name}", horizontal=True, vertical_alignment="center", gap="small"
    )
    if not browser():
        with line:
            st.caption(
                _("Your browser sends no cookie: what you type here is not saved as a draft.")
            )
        yield form_key(form.prefix)
        return
    drafts = project.project().drafts
    stored, reason = _stored(drafts, form)
    left = _memory(form).get() is not None and not has_field(form_key(form.prefix) + form.first)
    if left and stored is None:
        # Left without a word typed: it is drawn as for the first time.
        empty_fields(form.prefix)
    key = form_key(form.prefix)
    for name, value in (stored.fields if stored else {}).items():
        restore_field(key + name, value)
    yield key
    try:
        stored = _keep(drafts, form, stored)
    except DashboardError as error:
        reason = _reason(error)
    with line:
        _state(form, stored, reason)


def draft_of(form: DraftedForm) -> StoredDraft | None:
    """The draft of a form, e.g. to open the form; `None` also if drafts cannot be read."""
    return _stored(project.project().drafts, form)[0] if browser() else None


def show_draft(form: DraftedForm) -> None:
    """Show the line of a form that is closed, if it has a draft."""
    stored = draft_of(form)
    if stored is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _state(form, stored, "")


def forget_draft(form: DraftedForm) -> None:
    """Remove the draft and what is in the fields: the form was saved, or is to be as before."""
    add_drawn(form.name, form.prefix)
    discard(form.name)


def discard(name: str) -> None:
    """Remove the draft of that name, and what is in the fields of its form in this session."""
    empty_form(name)
    # A record that was saved stays saved, also if the draft of it cannot be removed.
    with suppress(DashboardError):
        if browser():
            project.project().drafts.remove(owner(), name)


def saved_words(stored: StoredDraft) -> str:
    """When a draft was saved, in the browser's time zone, e.g. "14:05", before today with its day."""
    zone, name = _zone()
    moment = stored.saved_at.astimezone(zone)
    clock = in_digits(f"{moment:%H:%M}") + name
    if moment.date() == datetime.now(zone).date():
        return clock
    return f"{day(moment.date())} {clock}"


def _zone() -> tuple[ZoneInfo, str]:
    """The browser's time zone; UTC, which is then said, if it is not known."""
    try:
        return ZoneInfo(st.context.timezone or ""), ""
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError):
        return ZoneInfo("UTC"), " UTC"


def _memory(form: DraftedForm) -> SessionValue[_Memory | None]:
    return SessionValue[_Memory | None](f"{form_key(form.prefix)}!memory", None)


def _stored(drafts: Drafts, form: DraftedForm) -> tuple[StoredDraft | None, str]:
    """The draft, and the reason why drafts cannot be read, if they cannot."""
    try:
        return drafts.get(owner(), form.name), ""
    except DashboardError as error:
        return None, _reason(error)


def _keep(drafts: Drafts, form: DraftedForm, stored: StoredDraft | None) -> StoredDraft | None:
    """Save what was typed since the last run; returns the draft, `None` if nothing is typed.

    Values whose names begin with "!" are of this session only.
    """
    fields = {
        name: v
        for name, v in fields_of(form_key(form.prefix)).items()
        if not name.startswith("!") and can_be_stored(v)
    }
    memory = _memory(form)
    before = memory.get()
    # Of those who cannot save a form there would be no end of drafts.
    if not viewer().may(Permission.REVIEW):
        return stored
    if before is None:
        memory.set(_Memory(None if stored else fields, fields))
        return stored
    if fields == before.last:
        return stored
    if fields == before.first:
        drafts.remove(owner(), form.name)
        stored = None
    else:
        stored = drafts.save(owner(), form.name, form.title, form.link, fields)
    memory.set(_Memory(before.first, fields))
    return stored


def _state(form: DraftedForm, stored: StoredDraft | None, reason: str) -> None:
    """Say whether there is a draft; the line has one height, so that nothing below it moves."""
    if reason:
        st.caption(f":red[{reason}]")
        return
    if stored is None:
        st.caption(_("Saved as a draft while you type."))
        return
    words = _("Draft of {time}, not saved").format(time=saved_words(stored))
    st.caption(f"**{words}**")
    st.button(
        _("Discard"),
        key=f"discard_{form.name}",
        type="tertiary",
        on_click=partial(forget_draft, form),
        help=_("Removes what was typed in this form."),
    )


def _reason(error: DashboardError) -> str:
    if isinstance(error, DraftTooLargeError):
        return _("What is typed here is too long to be saved as a draft.")
    return _("What is typed here is not saved as a draft: {reason}").format(
        reason=error_markdown(error)
    )
