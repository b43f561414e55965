"""The progress and the result of an import."""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.datasets.formats.notices import NOTICES, NoticeKind
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.language.words import comma
from dashboard.text.escape import escape_markdown
from dashboard.ui.data.import_job import ImportJob
from dashboard.ui.state.language import apply_language
from dashboard.ui.state.session import SessionValue

# The `id` of the last import after whose end the page was rerun.
_ENDED = SessionValue("import_ended", 0)


@st.fragment(run_every=0.5)
def outcome(job: ImportJob) -> None:
    """Show the progress or result of an import; rerun the page once when it has ended."""
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
        st.error(escape_markdown(job.error))
    else:
        _result(report)


def _progress(job: ImportJob, report: dict[str, Any]) -> None:
    rows = plural("{n} row", "{n} rows", int(report.get("rows", 0)))
    rate = _("{n} rows a second").format(n=number(round(job.rate)))
    left = _("about {n} s left").format(n=number(round(job.seconds_left)))
    st.progress(min(float(report.get("share", 0.0)), 1.0), text=comma([rows, rate, left]))
    st.button(_("Cancel"), key="import_cancel", on_click=job.cancel)


def _result(report: dict[str, Any]) -> None:
    if report.get("stopped"):
        stopped = _("Reading stopped early: {reason}. The rows before that were imported.")
        st.error(stopped.format(reason=escape_markdown(report["stopped"])))
    written = report.get("written") or {}
    parts = [
        plural("{n} new event", "{n} new events", written.get("added", 0)),
        _("{n} updated").format(n=number(written.get("changed", 0))),
        _("{n} already imported").format(n=number(written.get("unchanged", 0))),
    ]
    if written.get("duplicates"):
        parts.append(_("{n} duplicates in the file").format(n=number(written["duplicates"])))
    if report.get("good"):
        (st.warning if report.get("stopped") else st.success)(comma(parts))
    else:
        st.error(_("No row could be imported."))
    # A stop of reading is among the faults, and is shown above.
    faults = report.get("faults", 0) - bool(report.get("stopped"))
    if faults:
        _faults(report, faults)
    if report.get("notices"):
        _notices(report)


def _notices(report: dict[str, Any]) -> None:
    """List what is to be known about rows that were taken."""
    st.info(_("Rows that were imported, but of which something is not known:"))
    rows = [
        (_(NOTICES[NoticeKind(kind)]), column, value, count)
        for kind, column, value, count in report["notices"]
    ]
    names = [_("What is not known"), _("Column"), _("Value"), _("Rows")]
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True)
    if more := report.get("more_notices"):
        st.caption(plural("and {n} more value", "and {n} more values", more))


def _faults(report: dict[str, Any], number_of_faults: int) -> None:
    st.warning(
        plural(
            "{n} fault; its row was left out",
            "{n} faults; their rows were left out",
            number_of_faults,
        )
    )
    st.dataframe(
        pd.DataFrame(report["kinds_of_fault"], columns=[_("Field"), _("Expected"), _("Rows")]),
        hide_index=True,
    )
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
