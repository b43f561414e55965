"""The proof of one claim: its links, its captured files, and the fields to add and change them."""

from functools import partial

import streamlit as st

from dashboard.browser.captures import size_words
from dashboard.language.messages import _
from dashboard.language.words import isolate
from dashboard.model.capture import Capture, SourceLinks, subject_id
from dashboard.model.event import Claim
from dashboard.model.message import message
from dashboard.model.records import Table
from dashboard.project.project import Loaded
from dashboard.review.captures import mark_graphic, remove_capture, set_links
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.review.capture_form import capture_form
from dashboard.ui.state.session import forget


def proof_panel(loaded: Loaded, claim: Claim, *, key: str) -> None:
    """Show what the proof is of, the claim or its article, then the fields of links and files."""
    whole = st.radio(
        _("Proof of"),
        [False, True],
        format_func=lambda whole: _("the whole article") if whole else _("this claim alone"),
        key=f"{key}_whole",
        horizontal=True,
        help=_("The proof of an article is shown with each of its claims, of any event."),
    )
    claim_id = None if whole else claim.claim_id
    key = f"{key}_{'article' if whole else 'claim'}"
    files, links = st.tabs([_("Captured files"), _("Links")])
    with files:
        for capture in loaded.proof.captures.get(claim.article_id, ()):
            if capture.claim_id == claim_id:
                _capture(loaded, capture, key)
        capture_form(loaded, claim.article_id, claim_id, key=f"{key}_add")
    with links:
        _links(loaded, claim, claim_id, key=f"{key}_links")


def _capture(loaded: Loaded, capture: Capture, key: str) -> None:
    """One captured file with its buttons."""
    key = f"{key}_{capture.sha256[:12]}"
    facts = (capture.name, capture.media_type, size_words(capture.size))
    with st.expander(" · ".join(map(literal, facts)), key=f"{key}_row"):
        marking = partial(
            mark_graphic,
            edit_session(loaded),
            capture,
            graphic=not capture.graphic,
            why=message("marked on the Review page"),
        )
        title = _("Not graphic") if capture.graphic else _("Mark as graphic")
        if action_button(title, key=f"{key}_graphic"):
            _finish(loaded, _("Marked the captured file: {name}"), capture, marking, key)
        why = st.text_input(_("Reason for removing it"), key=f"{key}_why").strip()
        if action_button(
            _("Remove the captured file"), needs={_("a reason"): bool(why)}, key=f"{key}_remove"
        ):
            removing = partial(remove_capture, edit_session(loaded), capture, why=why)
            _finish(loaded, _("Removed the captured file: {name}"), capture, removing, key)


def _links(loaded: Loaded, claim: Claim, claim_id: str | None, *, key: str) -> None:
    given = loaded.proof.links.get((claim.article_id, claim_id))
    original = st.text_input(
        _("Link to the original"),
        value=(given.original if given else None) or "",
        key=f"{key}_original",
        placeholder="https://",
    )
    archived = st.text_input(
        _("Link to an archived copy"),
        value=(given.archived if given else None) or "",
        key=f"{key}_archived",
        placeholder="https://",
    )
    why = st.text_input(_("Reason for the change"), key=f"{key}_why").strip()
    if action_button(_("Save the links"), needs={_("a reason"): bool(why)}, key=f"{key}_save"):
        session = edit_session(loaded)
        version = session.version(Table.SOURCE_LINKS, subject_id(claim.article_id, claim_id))
        links = SourceLinks(claim.article_id, claim_id, original, archived)
        saving = partial(set_links, session, links, version=version, why=why)
        if act(loaded, _("Saved the links"), saving):
            forget(key)
        st.rerun()


def _finish(loaded: Loaded, what: str, capture: Capture, action: partial[None], key: str) -> None:
    if act(loaded, what.format(name=isolate(capture.name)), action):
        forget(key)
    st.rerun()
