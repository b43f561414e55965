"""What corrections propose to learn, what was learned, and the file that carries it to other teams."""

from functools import partial

import streamlit as st

from dashboard.language.labels import label
from dashboard.language.messages import _, plural
from dashboard.language.names import both_names
from dashboard.language.words import arrow, comma, isolate
from dashboard.model.learned import LearnedKind, LearnedName, LearnedStatus
from dashboard.model.message import message
from dashboard.project.project import Loaded
from dashboard.review.learned_file import MAX_BYTES, from_csv, to_csv
from dashboard.review.learned_names import (
    Proposal,
    add_names,
    decide,
    forget_name,
    learned,
    proposals,
)
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.faults import show_faults
from dashboard.ui.components.workspace_fault import literal

_PAGE = 30
# The articles of a proposal to which links lead.
_MOST_LINKS = 3


def learned_list(loaded: Loaded) -> None:
    """Show the decided names, with their file."""
    names = learned(loaded.workspace)
    st.caption(
        _("Accepted names are used when the next article is read, or one is read again.")
        if names
        else _("Nothing was learned yet.")
    )
    if names:
        st.download_button(
            _("Download as CSV"), to_csv(names), file_name="learned_names.csv", mime="text/csv"
        )
    _upload(loaded)
    for name in names:
        _learned(loaded, name)


def proposal_list(loaded: Loaded) -> None:
    """Show the proposals, each to accept or to decline."""
    shell.heading(_("Proposals from corrections"))
    st.caption(
        _(
            "A word that an analyst corrected to a place or a party may be its name in other "
            "articles too. Nothing is learned before you accept it."
        )
    )
    found = proposals(loaded.workspace, loaded.corpus)
    if not found:
        st.success(_("No proposal is waiting."))
        return
    st.caption(plural("{n} proposal", "{n} proposals", len(found)))
    for number, proposal in enumerate(found[:_PAGE]):
        _proposal(loaded, proposal, f"proposal_{number}_{proposal.meaning_id}")
    if len(found) > _PAGE:
        left = len(found) - _PAGE
        st.caption(plural("{n} more", "{n} more", left))


def _proposal(loaded: Loaded, proposal: Proposal, key: str) -> None:
    with st.container(border=True, key=key):
        meaning = _named(loaded, proposal.kind, proposal.meaning_id)
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
            others = [_named(loaded, proposal.kind, rival) for rival in proposal.rivals]
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
                    act(loaded, done.format(name=isolate(wording)), deciding)
                    st.rerun()


def _learned(loaded: Loaded, name: LearnedName) -> None:
    with st.container(border=True):
        meaning = _named(loaded, name.kind, name.meaning_id)
        st.markdown(f"**{literal(isolate(name.wording))}**{arrow()}{literal(meaning)}")
        st.caption(literal(comma([label(name.status), name.source])))
        if action_button(_("Remove"), key=f"forget_{name.kind}_{name.meaning_id}_{name.wording}"):
            why = message("removed on the Gazetteer page")
            removing = partial(forget_name, edit_session(loaded), name, why=why)
            act(loaded, _("Removed: {name}").format(name=isolate(name.wording)), removing)
            st.rerun()


def _upload(loaded: Loaded) -> None:
    file = st.file_uploader(
        _("Names of another team (CSV)"),
        type="csv",
        key="learned_upload",
        max_upload_size=MAX_BYTES // 1_000_000,
    )
    if file is None:
        return
    names, faults = from_csv(file.name, file.getvalue(), loaded.corpus)
    st.text(plural("{n} name can be read.", "{n} names can be read.", len(names)))
    if faults:
        show_faults(faults)
    if action_button(_("Add the names"), needs={_("names"): bool(names)}):
        why = message("from the file {file}", file=file.name)
        adding = partial(add_names, edit_session(loaded), names, why=why)
        act(loaded, _("Added the names of {file}").format(file=isolate(file.name)), adding)
        st.rerun()


def _named(loaded: Loaded, kind: LearnedKind, meaning_id: str) -> str:
    """The names of a place or a party, its id if it is gone."""
    corpus = loaded.corpus
    table = corpus.gazetteer.places if kind is LearnedKind.PLACE else corpus.lexicon.actors
    return both_names(table[meaning_id]) if meaning_id in table else meaning_id
