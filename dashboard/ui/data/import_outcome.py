"""The progress and the result of an import."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import streamlit as st

from dashboard.datasets.formats.notices import NOT_UNDERSTOOD, NOTICES, NoticeKind
from dashboard.datasets.report import ID_COUNTS
from dashboard.language.labels import sentence_case
from dashboard.language.messages import _, plural
from dashboard.language.names import name_of
from dashboard.language.numbers import number
from dashboard.language.stored_text import translate
from dashboard.language.words import comma, isolate
from dashboard.model.event import EventKind
from dashboard.model.message import StoredText
from dashboard.text.escape import escape_markdown, escape_markdown_message
from dashboard.ui.data.import_job import ImportJob
from dashboard.ui.data.role_names import use_names
from dashboard.ui.state.language import apply_language
from dashboard.ui.state.session import SessionValue

# The `id` of the last import after whose end the page was rerun.
_ENDED = SessionValue("import_ended", 0)
# The height of a row of a table with two lines, in pixels.
_TWO_LINES = 48


@st.fragment(run_every=0.5)
def outcome(job: ImportJob, kinds: Mapping[str, EventKind]) -> None:
    """Show the progress or result of a check or an import; rerun the page once when it has ended."""
    apply_language()
    report = job.report
    if job.running:
        _progress(job, report)
        return
    if _ENDED.get() != id(job):
        _ENDED.set(id(job))
        st.rerun()
    if job.cancelled:
        st.info(_("Cancelled; nothing was imported."))
    elif job.error:
        st.error(escape_markdown_message(translate(job.error)))
    else:
        _result(report, dry_run=job.dry_run)
        _rows(report)
        _notices(report, kinds)
        # The form above lists the columns of a table of one's own.
        _columns(report, expanded=not job.own_columns)


def _progress(job: ImportJob, report: dict[str, Any]) -> None:
    rows = plural("{n} row", "{n} rows", int(report.get("rows", 0)))
    rate = _("{n} rows a second").format(n=number(round(job.rate)))
    left = _("about {n} s left").format(n=number(round(job.seconds_left)))
    st.progress(min(float(report.get("share", 0.0)), 1.0), text=comma([rows, rate, left]))
    st.button(_("Cancel"), key="import_cancel", on_click=job.cancel)


def _result(report: dict[str, Any], *, dry_run: bool) -> None:
    if report.get("stopped"):
        stopped = (
            _("Reading stopped early: {reason}. The rows before that can be imported.")
            if dry_run
            else _("Reading stopped early: {reason}. The rows before that were imported.")
        )
        reason = translate(msgspec.convert(report["stopped"], StoredText))
        st.error(stopped.format(reason=escape_markdown_message(reason)))
    written = report.get("written") or {}
    parts = _deletions(written) if report.get("deletions") else _events(written)
    if written.get("duplicates"):
        parts.append(_("{n} duplicates in the file").format(n=number(written["duplicates"])))
    if not report.get("good"):
        st.error(_("No row could be imported."))
    elif dry_run:
        st.info(_("An import would give: {counts}").format(counts=comma(parts)))
    else:
        (st.warning if report.get("stopped") else st.success)(comma(parts))
    _ids(written)


def _deletions(written: Mapping[str, Any]) -> list[str]:
    """What a list of deletions does to the dataset."""
    return [ID_COUNTS[name](written.get(name, 0)) for name in ("deleted", "not_in_dataset")]


def _events(written: Mapping[str, Any]) -> list[str]:
    """What the events of a file are in the dataset."""
    return [
        plural("{n} new event", "{n} new events", written.get("added", 0)),
        _("{n} updated").format(n=number(written.get("changed", 0))),
        _("{n} already imported").format(n=number(written.get("unchanged", 0))),
    ]


def _rows(report: dict[str, Any]) -> None:
    """Say how many rows go onto the map, to the shelf of events without place or date, or nowhere."""
    rows, good = int(report["rows"]), int(report["good"])
    parts = [plural("{n} row", "{n} rows", rows)]
    if not report.get("deletions"):
        parts += [
            _("{n} without a date").format(n=number(report["undated"])),
            _("{n} without a place").format(n=number(report["unplaced"])),
        ]
    parts.append(_("{n} left out").format(n=number(rows - good)))
    st.text(comma(parts))
    # A stop of reading is among the faults, and is shown above.
    faults = report.get("faults", 0) - bool(report.get("stopped"))
    if faults or report.get("unread"):
        _faults(report, faults)


def _columns(report: dict[str, Any], *, expanded: bool) -> None:
    """List what each column was taken for."""
    names = use_names()
    not_used = _("not used") if report.get("deletions") else _("not used, shown as it is")
    rows = [
        (
            use["column"],
            comma([names[role] for role in use["roles"]]) or not_used,
            *(use["samples"] + [""] * 3)[:3],
        )
        for use in report["columns"]
    ]
    samples = [_("Sample {n}").format(n=number(at)) for at in (1, 2, 3)]
    with st.expander(_("What each column was taken for"), expanded=expanded):
        headers = [_("Column"), _("Taken for"), *samples]
        # Wide enough for the words for a column that is not used.
        wide = {headers[1]: st.column_config.TextColumn(width=180)}
        st.dataframe(pd.DataFrame(rows, columns=headers), hide_index=True, column_config=wide)


def _notices(report: dict[str, Any], kinds: Mapping[str, EventKind]) -> None:
    """List how the values were understood, and which were not, these first."""
    for understood, heading in (
        (False, _("Values that were not understood")),
        (True, _("Values that were understood as follows")),
    ):
        rows = [
            (column, value, count, _meaning(kind, meaning, kinds))
            for kind, column, value, meaning, count in report["notices"]
            if (NoticeKind(kind) not in NOT_UNDERSTOOD) == understood
        ]
        if rows:
            with st.expander(heading, expanded=True):
                names = [_("Column"), _("Value"), _("Rows"), _("Meaning")]
                # Two lines for the meaning, which is a sentence.
                height = None if understood else _TWO_LINES
                st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True, row_height=height)
    if more := report.get("more_notices"):
        st.caption(plural("and {n} more value", "and {n} more values", more))


def _meaning(kind: str, meaning: str, kinds: Mapping[str, EventKind]) -> str:
    if kind == NoticeKind.KIND and meaning in kinds:
        return sentence_case(name_of(kinds[meaning]))
    return _(NOTICES[NoticeKind(kind)])


def _faults(report: dict[str, Any], left_out: int) -> None:
    """List the rows that are left out, and the cells without which rows are taken."""
    if left_out:
        st.warning(
            plural(
                "{n} fault; its row was left out",
                "{n} faults; their rows were left out",
                left_out,
            )
        )
    if report.get("unread"):
        st.warning(
            plural(
                "{n} cell was not understood; its row is taken without it",
                "{n} cells were not understood; their rows are taken without them",
                report["unread"],
            )
        )
    kinds = [*report["kinds_of_fault"], *report["kinds_of_unread"]]
    rows = [
        (column or _("Row"), comma(found), count, translate(msgspec.convert(expected, StoredText)))
        for column, expected, count, found in kinds
    ]
    names = [_("Field"), _("Found"), _("Rows"), _("Expected")]
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True)
    file = Path(report["faults_file"])
    if file.is_file():
        st.download_button(
            _("All faults of this import"),
            data=file.read_bytes,
            file_name=f"{report['dataset_id']}_faults.csv",
            mime="text/csv",
            key="import_faults",
            on_click="ignore",
        )


def _ids(written: Mapping[str, Any]) -> None:
    """Say what is uncertain about ids, with examples."""
    for name, words in ID_COUNTS.items():
        if count := written.get(name):
            ids = written.get("examples", {}).get(name, ())
            examples = comma([isolate(str(each)) for each in ids])
            line = words(count)
            st.warning(escape_markdown(f"{line} ({examples})" if examples else line))
