"""Adding articles: paste, upload, drag; the reading runs in the background and can be cancelled."""

import csv
import io
from datetime import date

import streamlit as st

from dashboard.ingest.work import File
from dashboard.language.messages import N_, _, plural
from dashboard.language.names import name_of
from dashboard.language.numbers import number
from dashboard.language.words import comma, isolate
from dashboard.language.words import day as day_words
from dashboard.model.article import PASTED
from dashboard.project.project import Loaded
from dashboard.text.escape import escape_markdown
from dashboard.ui import project
from dashboard.ui.actions import action_button
from dashboard.ui.analyst import NAME
from dashboard.ui.articles.article_list import CHOSEN
from dashboard.ui.articles.job import Job, start
from dashboard.ui.components.form_draft import DraftedForm, drafted, forget_draft
from dashboard.ui.components.workspace_fault import error_markdown, workspace_guarded
from dashboard.ui.state.language import apply_language
from dashboard.ui.state.session import SessionValue

_JOB = SessionValue[Job | None]("reading_job", None)
# The `id` of the last job after whose end the page was rerun.
_ENDED = SessionValue("job_ended", 0)
# Whether the job reads the pasted text, not files.
_PASTED_IS_READ = SessionValue("pasted_is_read", False)  # noqa: FBT003 its default
# The list of drafts shows no title of a text that has none yet.
_PASTE = DraftedForm("paste", "paste_form", "_text", N_("A pasted article"), {"page": "articles"})
_TYPES = ["txt", "html", "htm", "eml", "xml", "rss", "atom", "csv", "zip"]
_SHOWN_FAULTS = 200
# The longest text, in characters, of which is shown what it says about itself at each run of the page.
_GLANCE = 50_000


def add_panel(loaded: Loaded) -> None:
    """Show the progress of reading, and fields for new articles."""
    job = _JOB.get()
    # Above the fields, where it is visible; an empty container prevents them from moving.
    with st.container(key="reading_outcome"):
        if job is not None:
            _progress(job)
    with st.expander(_("Add articles"), expanded=True):
        pasted, files = st.tabs([_("Paste"), _("Files")])
        with pasted:
            _paste(loaded, busy=job is not None and job.running)
        with files:
            _upload(loaded, busy=job is not None and job.running)


def _paste(loaded: Loaded, *, busy: bool) -> None:
    with drafted(_PASTE) as key:
        text, outlet, day = _paste_fields(loaded, key)
    if action_button(_("Read the text"), needs={_("a text"): bool(text.strip())}, type="primary"):
        if not busy:
            _PASTED_IS_READ.set(True)
        _begin(loaded, [_pasted(text, outlet, day)], busy=busy)


def _paste_fields(loaded: Loaded, key: str) -> tuple[str, str | None, date | None]:
    text = st.text_area(
        _("Article text"),
        key=f"{key}_text",
        height=140,
        placeholder="الصق نص المقال هنا",
    )
    outlets = sorted({name_of(outlet) for outlet in loaded.corpus.lexicon.outlets.values()})
    outlet = st.selectbox(
        _("Outlet"),
        outlets,
        index=None,
        key=f"{key}_outlet",
        accept_new_options=True,
        placeholder=_("unknown, or type a name"),
    )
    day = st.date_input(
        _("Published"),
        value=None,
        key=f"{key}_day",
        min_value=date(1990, 1, 1),
        max_value=date(2100, 1, 1),
        format="YYYY-MM-DD",
        help=_("Leave empty if the text states it, or if it is not known."),
    )
    if text.strip():
        _found(loaded, text)
    return text, outlet, day


def _found(loaded: Loaded, text: str) -> None:
    """Show what the text says about itself; what the fields above say counts instead."""
    if len(text) > _GLANCE:
        st.caption(_("A long text: its outlet, day and headline are found when it is read."))
        return
    about = loaded.readings.about(text)
    known = loaded.corpus.lexicon.outlets.get(about.outlet_id or "")
    missing = _("not stated")
    found = [
        _("outlet: {outlet}").format(outlet=isolate(name_of(known)) if known else missing),
        _("published: {day}").format(
            day=day_words(about.published.value) if about.published else missing
        ),
        _("headline: {headline}").format(headline=isolate(about.headline)),
    ]
    st.caption(
        escape_markdown(_("Found in the text: {found}.").format(found=" · ".join(found))),
        help=_("Fill in a field above where this is wrong; it can be corrected later too."),
    )


def _pasted(text: str, outlet: str | None, day: date | None) -> File:
    """Pasted text with its metadata, as a table of one row."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(("text", "outlet", "published"))
    writer.writerow((text, outlet or "", day.isoformat() if day else ""))
    return File(PASTED, table.getvalue().encode("utf-8"), pasted=True)


def _upload(loaded: Loaded, *, busy: bool) -> None:
    folder = st.toggle(_("A whole folder"), key="upload_folder")
    uploaded = st.file_uploader(
        _("Files: {types}").format(types=".txt, .html, .eml, .xml, .csv, .zip"),
        type=_TYPES,
        accept_multiple_files="directory" if folder else True,
        key="uploads_folder" if folder else "uploads",
    )
    label = _("Read the files")
    if uploaded:
        label = plural("Read {n} file", "Read {n} files", len(uploaded))
    if action_button(label, needs={_("a file"): bool(uploaded)}, key="read_files", type="primary"):
        _begin(loaded, [File(f.name, f.getvalue()) for f in uploaded], busy=busy)


def _begin(loaded: Loaded, files: list[File], *, busy: bool) -> None:
    if busy:
        st.warning(_("Other articles are being read: wait until that has finished, or cancel it."))
        return
    _JOB.set(start(loaded.workspace, loaded.corpus, files, NAME.get()))
    st.rerun()


@st.fragment(run_every=0.5)
@workspace_guarded
def _progress(job: Job) -> None:
    """Show the progress of reading; rerun the page once when it has ended."""
    apply_language()
    report = job.report
    files = plural("{n} file", "{n} files", job.total)
    progress = comma(
        [
            _("{shown} of {files}").format(shown=number(report.files), files=files),
            plural("{n} new article", "{n} new articles", report.articles),
            _("{n} a second").format(n=number(round(job.rate))),
        ]
    )
    if job.running:
        st.progress(min(1.0, report.files / max(1, job.total)), text=progress)
        st.button(_("Cancel"), key="cancel_job", on_click=job.cancelled.set)
        return
    if _ENDED.get() != id(job):
        _ENDED.set(id(job))
        if report.article_ids:
            CHOSEN.set(report.article_ids[0])
            if _PASTED_IS_READ.get():
                forget_draft(_PASTE)
        _PASTED_IS_READ.clear()
        project.load()
        st.rerun()
    _outcome(job, progress)


def _outcome(job: Job, progress: str) -> None:
    report = job.report
    cancelled = job.cancelled.is_set()
    ended = _("Cancelled; saved before that: {what}.") if cancelled else _("Read: {what}.")
    st.text(ended.format(what=progress))
    parts = [
        plural("{n} suggestion", "{n} suggestions", report.suggestions),
        plural("{n} unknown name", "{n} unknown names", report.unknown),
        _("already known: {n}").format(n=number(report.known)),
    ]
    st.text(f"{comma(parts)}.")
    if job.error:
        st.error(error_markdown(job.error))
    for name, duplicate in report.duplicates[:_SHOWN_FAULTS]:
        same = _("Not read: {name}, the same text as {other}")
        nearly = _("Not read: {name}, nearly the same text as {other}")
        likeness = same if duplicate.exact else nearly
        st.text(likeness.format(name=isolate(name), other=isolate(duplicate.key)))
    for fault in report.faults[:_SHOWN_FAULTS]:
        st.text(_("Not read: {fault}").format(fault=isolate(str(fault))))
    left = len(report.faults) - _SHOWN_FAULTS
    if left > 0:
        st.text(plural("and {n} more fault", "and {n} more faults", left))
