"""The offer to read again the articles that have a name which was just accepted."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.words import isolate
from dashboard.project.project import Loaded
from dashboard.review.learned_names import Proposal
from dashboard.review.learned_rereading import MOST_ARTICLES, articles_with, renew, renewal
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.state.session import SessionValue


@dataclass(frozen=True, slots=True)
class _Offer:
    """A name that was accepted, and the articles that have it."""

    wording: str
    article_ids: tuple[str, ...]


_OFFER = SessionValue[_Offer | None]("learned_reread", None)
_RESULT = SessionValue("learned_reread_result", "")


def offer_rereading(loaded: Loaded, proposal: Proposal, wording: str) -> None:
    """Offer to read again the articles that have the name, from the next run on."""
    wording = " ".join(wording.split())
    found = articles_with(loaded.workspace, loaded.corpus, proposal, wording)
    _OFFER.set(_Offer(wording, found) if found else None)
    _RESULT.clear()


def reread_offer(loaded: Loaded) -> None:
    """Show the offer, or how many articles changed after it was taken."""
    if _RESULT.get():
        st.success(_RESULT.get())
    offer = _OFFER.get()
    if offer is None:
        return
    having, number = len(offer.article_ids), min(len(offer.article_ids), MOST_ARTICLES)
    with st.container(border=True, key="reread_offer"):
        words = plural(
            "{n} article that was read before has “{name}”.",
            "{n} articles that were read before have “{name}”.",
            having,
        )
        st.markdown(words.replace("{name}", literal(isolate(offer.wording))))
        st.caption(_("Pending suggestions are replaced. Accepted, merged and rejected ones stay."))
        if having > number:
            left = plural(
                "{n} more stays as it was read; read it again on the Articles page.",
                "{n} more stay as they were read; read them again on the Articles page.",
                having - number,
            )
            st.caption(left)
        with st.container(horizontal=True):
            button = plural("Read {n} article again", "Read {n} articles again", number)
            if action_button(button, key="reread_learned", type="primary"):
                _read_again(loaded, offer)
                st.rerun()
            st.button(_("Not now"), key="reread_not_now", on_click=_OFFER.clear)


def _read_again(loaded: Loaded, offer: _Offer) -> None:
    session = edit_session(loaded)
    with st.spinner(_("Reading…")):
        found = renewal(session, offer.article_ids[:MOST_ARTICLES])
    if found.changes:
        what = _("Read again with: {name}").format(name=isolate(offer.wording))
        if not act(loaded, what, partial(renew, session, found, wording=offer.wording)):
            return
    _OFFER.clear()
    read = plural("{n} article was read again.", "{n} articles were read again.", found.read)
    changed = plural("{n} changed.", "{n} changed.", found.changed)
    _RESULT.set(f"{read} {changed}")
