"""How far an import is, and what became of its rows."""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.language.words import comma
from dashboard.text.escape import escape_markdown
from dashboard.ui.data.import_job import ImportJob
from dashboard.ui.state.language import apply_language
from dashboard.ui.state.session import SessionValue

# The import after whose end the page was drawn anew, by its `id`.
_ENDED = SessionValue("import_ended", 0)


@st.fragment(run_every=0.5)
def outcome(job: ImportJob) -> None:
    """Follow an import to its end; at its end the page is drawn anew, once."""
    apply_language()
    told = job.told
    if job.running:
        _progress(job, told)
        return
    if _ENDED.get() != id(job):
        _ENDED.set(id(job))
        st.rerun()
    if job.cancelled:
        st.info(_("Cancelled; nothing was taken over."))
    elif job.error:
        st.error(escape_markdown(job.error))
    else:
        _result(told)


def _progress(job: ImportJob, told: dict[str, Any]) -> None:
    rows = plural("{n} row", "{n} rows", int(told.get("rows", 0)))
    rate = _("{n} rows a second").format(n=number(round(job.rate)))
    left = _("about {n} s left").format(n=number(round(job.seconds_left)))
    st.progress(min(float(told.get("share", 0.0)), 1.0), text=comma([rows, rate, left]))
    st.button(_("Cancel"), key="import_cancel", on_click=job.cancel)


def _result(told: dict[str, Any]) -> None:
    if told.get("stopped"):
        stopped = _("Reading stopped before the end of the file: {reason}. What was read is taken.")
        st.error(stopped.format(reason=escape_markdown(told["stopped"])))
    written = told.get("written") or {}
    parts = [
        plural("{n} new event", "{n} new events", written.get("added", 0)),
        _("{n} updated").format(n=number(written.get("changed", 0))),
        _("{n} known already").format(n=number(written.get("known", 0))),
    ]
    if written.get("twice"):
        parts.append(_("{n} twice in the file").format(n=number(written["twice"])))
    if told.get("good"):
        (st.warning if told.get("stopped") else st.success)(comma(parts))
    else:
        st.error(_("No row could be taken."))
    # That reading stopped is among the faults, and was told above.
    faults = told.get("faults", 0) - bool(told.get("stopped"))
    if faults:
        _faults(told, faults)


def _faults(told: dict[str, Any], number_of_faults: int) -> None:
    st.warning(
        plural(
            "{n} fault; its row was left out",
            "{n} faults; their rows were left out",
            number_of_faults,
        )
    )
    st.dataframe(
        pd.DataFrame(told["kinds_of_fault"], columns=[_("Field"), _("Expected"), _("Rows")]),
        hide_index=True,
    )
    file = Path(told["faults_file"])
    if file.is_file():
        st.download_button(
            _("All faults of this import"),
            data=file.read_bytes,
            file_name=f"{told['dataset_id']}_faults.csv",
            mime="text/csv",
            key="import_faults",
            on_click="ignore",
        )
