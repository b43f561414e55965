"""A file that takes long: a button that starts it, how far it is with a button to cancel, the download.

Another process writes it (`export_job.py`), one at a time for each reader.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.ui.components.workspace_fault import error_markdown
from dashboard.ui.explore.export_job import ExportJob, ExportOrder, start_export
from dashboard.ui.state.language import apply_language
from dashboard.ui.state.session import SessionValue

_JOB = SessionValue[ExportJob | None]("export_job", None)


@dataclass(frozen=True, slots=True)
class OrderedFile:
    """Its name and media type, the words of its two buttons, and those of `done` of `of`.

    `accepted`: whether the terms of the datasets allow the download.
    """

    name: str
    media_type: str
    accepted: bool
    start: str
    download: str
    progress: Callable[[int, int], str]


def ordered_file(order: ExportOrder, file: OrderedFile) -> None:
    """Show the button; then how far it is; then the download, as long as nothing else is chosen."""
    job = _JOB.get()
    if job is not None and job.order == order:
        if job.running:
            _progress(job, file.progress)
            return
        if job.error is None:
            _download(job, file)
            return
        if not job.watch.cancelled.is_set():
            st.error(error_markdown(job.error))
    st.button(
        file.start,
        key="export_start",
        type="primary",
        disabled=not file.accepted,
        width="stretch",
        on_click=_start,
        args=(order,),
    )


def count_of_events(done: int, of: int) -> str:
    """The words of a large table."""
    events = plural("{n} event", "{n} events", of)
    return _("{shown} of {events} written").format(shown=number(done), events=events)


def steps(done: int, _of: int) -> str:
    """The words of a file that is written at once after its events are loaded (`STEPS`)."""
    return _("Writing the file…") if done else _("Reading the events…")


def _start(order: ExportOrder) -> None:
    before = _JOB.get()
    if before is not None:
        before.watch.cancelled.set()
    _JOB.set(start_export(order))


@st.fragment(run_every=0.5)
def _progress(job: ExportJob, words: Callable[[int, int], str]) -> None:
    """Show how far the file is; the panel is drawn once more when it has ended."""
    apply_language()
    if not job.running:
        st.rerun()
    done, of = job.watch.done, job.watch.of
    text = words(done, of) if of else _("Starting…")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.progress(done / max(1, of), text=text)
        st.button(_("Cancel"), key="export_cancel", on_click=job.watch.cancelled.set)


def _download(job: ExportJob, file: OrderedFile) -> None:
    # The name ends in the format, which a button that is not drawn anew yet has not.
    st.text(_("File: {name}").format(name=file.name))
    st.download_button(
        file.download,
        data=lambda: job.path.open("rb"),
        file_name=file.name,
        mime=file.media_type,
        type="primary",
        key="export_ready",
        on_click="ignore",
        disabled=not file.accepted,
        width="stretch",
    )
