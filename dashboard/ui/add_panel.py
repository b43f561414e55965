"""Adding articles: paste, upload, drag; the reading runs in the background and can be cancelled."""

import csv
import io
from datetime import date

import streamlit as st

from dashboard.ingest.work import File
from dashboard.model.words import count
from dashboard.settings import read_settings
from dashboard.ui import cached, shell
from dashboard.ui.cached import Loaded
from dashboard.ui.job import Job, start

_JOB = "reading_job"
_TYPES = ["txt", "html", "htm", "csv", "zip"]
# As much as one upload may hold (.streamlit/config.toml has the same for each file).
_SHOWN_FAULTS = 200


def add_panel(loaded: Loaded) -> None:
    """How the reading goes, and fields for new articles."""
    job: Job | None = st.session_state.get(_JOB)
    # Above the fields, where it is seen; a container that is always there keeps them in place.
    with st.container(key="reading_outcome"):
        if job is not None:
            _progress()
    with st.expander("Add articles", expanded=True):
        pasted, files = st.tabs(["Paste", "Files"])
        with pasted:
            _paste(loaded, busy=job is not None and job.running)
        with files:
            _upload(loaded, busy=job is not None and job.running)


def _paste(loaded: Loaded, *, busy: bool) -> None:
    text = st.text_area("Article text", key="pasted", height=140, placeholder="الصق نص المقال هنا")
    outlets = sorted({outlet.name_en for outlet in loaded.corpus.lexicon.outlets.values()})
    outlet = st.selectbox(
        "Outlet",
        outlets,
        index=None,
        key="pasted_outlet",
        accept_new_options=True,
        placeholder="unknown, or type a name",
    )
    day = st.date_input(
        "Published",
        value=None,
        key="pasted_day",
        min_value=date(1990, 1, 1),
        max_value=date(2100, 1, 1),
        format="YYYY-MM-DD",
        help="Leave empty if the text states it, or if it is not known.",
    )
    if shell.asked("Read the text", needs={"a text": bool(text.strip())}, type="primary"):
        _begin(loaded, [_pasted(text, outlet, day)], busy=busy)


def _pasted(text: str, outlet: str | None, day: date | None) -> File:
    """Pasted text with what the analyst knows of it, as a table of one row."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(("text", "outlet", "published"))
    writer.writerow((text, outlet or "", day.isoformat() if day else ""))
    return File("pasted text.csv", table.getvalue().encode("utf-8"))


def _upload(loaded: Loaded, *, busy: bool) -> None:
    folder = st.toggle("A whole folder", key="upload_folder")
    uploaded = st.file_uploader(
        "Files: .txt, .html, .csv, .zip",
        type=_TYPES,
        accept_multiple_files="directory" if folder else True,
        key="uploads_folder" if folder else "uploads",
    )
    label = f"Read {count(len(uploaded), 'file')}" if uploaded else "Read the files"
    if shell.asked(label, needs={"a file": bool(uploaded)}, key="read_files", type="primary"):
        _begin(loaded, [File(f.name, f.getvalue()) for f in uploaded], busy=busy)


def _begin(loaded: Loaded, files: list[File], *, busy: bool) -> None:
    if busy:
        st.warning("Another reading is under way; wait for it or cancel it.")
        return
    st.session_state[_JOB] = start(loaded.workspace, loaded.corpus, files, shell.who())
    st.rerun()


@st.fragment(run_every=0.5)
def _progress() -> None:
    """How the reading goes; when it has ended the page is drawn anew, once."""
    job: Job = st.session_state[_JOB]
    report = job.report
    told = (
        f"{report.files:,} of {count(job.total, 'file')}, {count(report.articles, 'new article')}"
        f", {job.rate:,.0f} a second"
    )
    if job.running:
        st.progress(min(1.0, report.files / max(1, job.total)), text=told)
        st.button("Cancel", key="cancel_job", on_click=job.cancelled.set)
        return
    if st.session_state.get("job_shown") != id(job):
        st.session_state["job_shown"] = id(job)
        if report.article_ids:
            st.session_state["article_chosen"] = report.article_ids[0]
        cached.load(read_settings())
        st.rerun()
    _outcome(job, told)


def _outcome(job: Job, told: str) -> None:
    report = job.report
    ended = "Cancelled; what was read is kept" if job.cancelled.is_set() else "Read"
    st.text(f"{ended}: {told}.")
    st.text(
        f"{count(report.suggestions, 'suggestion')}, {count(report.unknown, 'unknown name')}, "
        f"{report.known:,} known before."
    )
    if job.error:
        st.error(job.error)
    for name, duplicate in report.duplicates[:_SHOWN_FAULTS]:
        likeness = "the same text as" if duplicate.exact else "nearly the same text as"
        st.text(f"Not read: {name}, {likeness} {duplicate.key}")
    for fault in report.faults[:_SHOWN_FAULTS]:
        st.text(f"Not read: {fault}")
    if len(report.faults) > _SHOWN_FAULTS:
        st.text(f"and {len(report.faults) - _SHOWN_FAULTS:,} more faults")
