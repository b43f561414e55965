"""The offer to read again the articles that have a name which was just accepted, and its progress."""

from dataclasses import dataclass

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.words import isolate
from dashboard.project.project import Loaded
from dashboard.review.learned_names import Proposal
from dashboard.review.learned_rereading import articles_with
from dashboard.ui.actions import action_button, edit_session
from dashboard.ui.components.workspace_fault import error_markdown, literal, workspace_guarded
from dashboard.ui.gazetteer.reread_job import RereadJob, start_rereading
from dashboard.ui.state.language import apply_language
from dashboard.ui.state.session import SessionValue


@dataclass(frozen=True, slots=True)
class _Offer:
    """A name that was accepted, and the articles that have it."""

    wording: str
    article_ids: tuple[str, ...]


_OFFER = SessionValue[_Offer | None]("learned_reread", None)
_JOB = SessionValue[RereadJob | None]("learned_reread_job", None)


def offer_rereading(loaded: Loaded, proposal: Proposal, wording: str) -> None:
    """Offer to read again the articles that have the name, from the next run on."""
    wording = " ".join(wording.split())
    found = articles_with(loaded.workspace, loaded.corpus, proposal, wording)
    _OFFER.set(_Offer(wording, found) if found else None)


def reread_offer(loaded: Loaded) -> None:
    """Show the offer, or how far the reading is after it was taken."""
    job, offer = _JOB.get(), _OFFER.get()
    if job is not None:
        if job.running:
            _progress(job)
        else:
            _outcome(job)
    if offer is None:
        return
    number = len(offer.article_ids)
    with st.container(border=True, key="reread_offer"):
        words = plural(
            "{n} article that was read before has “{name}”.",
            "{n} articles that were read before have “{name}”.",
            number,
        )
        st.markdown(words.replace("{name}", literal(isolate(offer.wording))))
        st.caption(_("Pending suggestions are replaced. Accepted, merged and rejected ones stay."))
        with st.container(horizontal=True):
            button = plural("Read {n} article again", "Read {n} articles again", number)
            if action_button(button, key="reread_learned", type="primary"):
                _read_again(loaded, offer, busy=job is not None and job.running)
            st.button(_("Not now"), key="reread_not_now", on_click=_OFFER.clear)


def _read_again(loaded: Loaded, offer: _Offer, *, busy: bool) -> None:
    if busy:
        st.warning(_("Other articles are being read: wait until that has finished, or cancel it."))
        return
    with st.spinner(_("Reading…")):
        _JOB.set(start_rereading(edit_session(loaded), offer.article_ids, offer.wording))
    _OFFER.clear()
    st.rerun()


@st.fragment(run_every=0.5)
@workspace_guarded
def _progress(job: RereadJob) -> None:
    """Show how far the reading is; rerun the page once when it has ended."""
    apply_language()
    if not job.running:
        st.rerun()
    st.progress(job.read / max(1, job.total), text=_read(job))
    st.button(_("Cancel"), key="cancel_reread", on_click=job.cancelled.set)


def _outcome(job: RereadJob) -> None:
    changed = plural("{n} changed.", "{n} changed.", job.changed)
    done = f"{_read(job)} {changed}"
    if job.error is not None:
        st.error(f"{done} {error_markdown(job.error)}")
    elif job.read < job.total:
        left = plural(
            "Cancelled; {n} stays as it was read.",
            "Cancelled; {n} stay as they were read.",
            job.total - job.read,
        )
        st.warning(f"{done} {left}")
    else:
        st.success(done)


def _read(job: RereadJob) -> str:
    return plural("{n} article was read again.", "{n} articles were read again.", job.read)
