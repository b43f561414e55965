"""The names that corrections propose, each to accept or to decline."""

from functools import partial

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.words import arrow, comma, isolate
from dashboard.model.learned import LearnedStatus
from dashboard.project.project import Loaded
from dashboard.review.learned_names import Proposal, decide, proposals
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.gazetteer.learned_list import meaning_of
from dashboard.ui.gazetteer.reread_offer import offer_rereading, reread_offer

_PAGE = 30
# The articles of a proposal to which links lead.
_MOST_LINKS = 3


def proposals_panel(loaded: Loaded) -> None:
    """Show the proposals, each to accept or to decline."""
    shell.heading(_("Proposals from corrections"))
    st.caption(
        _(
            "Words that an analyst corrected to a place, a party, a speaker or an outlet may be its "
            "name in other articles too. Nothing is learned before you accept it."
        )
    )
    reread_offer(loaded)
    found = proposals(loaded.workspace, loaded.corpus, loaded.readings.reading)
    if not found:
        st.success(
            _(
                "No proposal is waiting. Places and parties that are corrected in suggestions "
                "and events are proposed here as names."
            )
        )
        return
    st.caption(plural("{n} proposal", "{n} proposals", len(found)))
    for number, proposal in enumerate(found[:_PAGE]):
        _proposal(loaded, proposal, f"proposal_{number}_{proposal.meaning_id}")
    if len(found) > _PAGE:
        left = len(found) - _PAGE
        st.caption(plural("{n} more", "{n} more", left))


def _proposal(loaded: Loaded, proposal: Proposal, key: str) -> None:
    with st.container(border=True, key=key):
        meaning = meaning_of(loaded, proposal.kind, proposal.meaning_id)
        st.markdown(f"**{literal(isolate(proposal.wording))}**{arrow()}{literal(meaning)}")
        st.caption(
            plural(
                "corrected in {n} article", "corrected in {n} articles", len(proposal.article_ids)
            )
        )
        with st.container(horizontal=True):
            for article_id in proposal.article_ids[:_MOST_LINKS]:
                headline = loaded.corpus.articles[article_id].headline
                shell.link_to("article", literal(headline), {"id": article_id})
        if proposal.rivals:
            others = [meaning_of(loaded, proposal.kind, rival) for rival in proposal.rivals]
            warning = _("The same words were corrected to {others} too.")
            st.warning(warning.format(others=literal(comma(others))))
        left, right = st.columns(2)
        wording = left.text_input(
            _("Name to learn"),
            value=proposal.wording,
            key=f"{key}_wording",
            help=_("Leave out what belongs to the sentence, e.g. a particle before the name."),
        )
        why = right.text_input(_("Reason"), key=f"{key}_why").strip()
        with st.container(horizontal=True):
            for status, text, done in (
                (LearnedStatus.ACCEPTED, _("Accept"), _("Learned: {name}")),
                (LearnedStatus.DECLINED, _("Decline"), _("Declined: {name}")),
            ):
                needs = {_("a reason"): bool(why)}
                if action_button(text, needs=needs, key=f"{key}_{status.value}"):
                    session = edit_session(loaded)
                    deciding = partial(decide, session, proposal, status, wording=wording, why=why)
                    decided = act(loaded, done.format(name=isolate(wording)), deciding)
                    if decided and status is LearnedStatus.ACCEPTED:
                        offer_rereading(loaded, proposal, wording)
                    st.rerun()
