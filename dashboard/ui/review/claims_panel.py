"""The claims of an event, each to be changed, moved to another event or removed."""

from functools import partial

import streamlit as st

from dashboard.browser.captures import proofs_html
from dashboard.browser.evidence import claim_html
from dashboard.language.messages import _
from dashboard.language.words import isolate
from dashboard.model.event import Claim
from dashboard.project.project import Loaded
from dashboard.review.claims import (
    ClaimDraft,
    Opened,
    claim_draft,
    edit_claim,
    move_claims,
    remove_claim,
)
from dashboard.review.event_search import Likeness
from dashboard.review.field_merge import claim_changes, last_claim_entries, merged
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.form_draft import DraftedForm, draft_of, drafted, forget_draft
from dashboard.ui.review.claim_form import claim_form
from dashboard.ui.review.conflict_panel import (
    claim_words,
    conflict_panel,
    gone_words,
    seen_before,
)
from dashboard.ui.review.event_choice import event_choice
from dashboard.ui.review.event_form import shortened
from dashboard.ui.review.opened import opened_in, opened_now
from dashboard.ui.review.proof_panel import proof_panel
from dashboard.ui.review.rating_form import rating_form
from dashboard.ui.state.drawn_forms import empty_fields, form_key
from dashboard.ui.state.session import SessionValue

# The claim that is being worked on, and how: "edit", "rate", "proof", "move" or "remove".
_OPEN = SessionValue[tuple[str, str] | None]("claim_open", None)
_KEY = "claim_work"


def claims_panel(loaded: Loaded, opened: Opened) -> None:
    """Show the claims, and the fields of the one that is being worked on."""
    claims = opened.record.claims
    proofs = proofs_html(loaded.corpus, loaded.proof, claims, loaded.workspace.captures.state)
    _say_if_gone(loaded, opened)
    for claim in claims:
        with st.container(border=True, key=f"claim_{claim.claim_id}"):
            mentions = loaded.readings.get(claim.article_id, ())
            st.html(claim_html(loaded.corpus, claim, mentions, proofs.get(claim.claim_id, "")))
            _open_draft(claim)
            _buttons(claim)
            if _OPEN.get() == (claim.claim_id, "edit"):
                _edit(loaded, opened, claim)
            elif _OPEN.get() == (claim.claim_id, "proof"):
                proof_panel(loaded, claim, key=form_key(_KEY))
            elif _OPEN.get() == (claim.claim_id, "move"):
                _move(loaded, opened, claim)
            elif _OPEN.get() == (claim.claim_id, "remove"):
                _remove(loaded, opened, claim)
            elif _OPEN.get() == (claim.claim_id, "rate"):
                with drafted(_rating(claim)) as key:
                    rating_form(loaded, claim, key=key, finish=partial(_rated, loaded))


def _say_if_gone(loaded: Loaded, opened: Opened) -> None:
    """Say who removed or moved the claim that is being worked on; what was typed stays a draft."""
    open_id = (_OPEN.get() or (None,))[0]
    before = SessionValue[Opened | None](f"{form_key(_KEY)}!event", None)
    seen = before.get()
    if open_id is None or open_id in {claim.claim_id for claim in opened.record.claims}:
        before.set(opened)
        return
    if seen is None or seen.event_id != opened.event_id:
        return
    last, _setting = last_claim_entries(loaded.workspace, seen, open_id)
    if last is not None:
        st.warning(gone_words(last))


def _form(claim: Claim) -> DraftedForm:
    title = _("Claim: {words}").format(words=shortened(claim.quote))
    link = {"page": "review", "event": claim.event_id}
    return DraftedForm(f"claim:{claim.event_id}:{claim.claim_id}", _KEY, "_stance", title, link)


def _rating(claim: Claim) -> DraftedForm:
    title = _("Rating: {words}").format(words=shortened(claim.quote))
    link = {"page": "review", "event": claim.event_id}
    return DraftedForm(f"rate:{claim.event_id}:{claim.claim_id}", _KEY, "_rated", title, link)


def _open_draft(claim: Claim) -> None:
    """Open the claim's fields, once a session, if there is a draft of them."""
    seen = SessionValue(f"draft_opened_{claim.claim_id}", default=False)
    if seen.get() or _OPEN.get() is not None:
        return
    seen.set(True)
    for name, form in (("edit", _form(claim)), ("rate", _rating(claim))):
        if draft_of(form) is not None:
            _OPEN.set((claim.claim_id, name))
            return


def _buttons(claim: Claim) -> None:
    names = {
        "edit": _("Change"),
        "rate": _("Rate"),
        "proof": _("Proof"),
        "move": _("Move to another event"),
        "remove": _("Remove"),
    }
    with st.container(horizontal=True):
        for name, title in names.items():
            st.button(
                title, key=f"claim_{claim.claim_id}_{name}", on_click=partial(_toggle, claim, name)
            )


def _toggle(claim: Claim, name: str) -> None:
    empty_fields(_KEY)
    chosen = (claim.claim_id, name)
    _OPEN.set(None if _OPEN.get() == chosen else chosen)


def _edit(loaded: Loaded, opened: Opened, claim: Claim) -> None:
    with drafted(_form(claim)) as key:
        before = opened_in(loaded, opened, f"{key}version")
        given = claim_draft(loaded.corpus, _claim_in(before, claim))
        above = st.container()
        draft = claim_form(loaded, given, key=key)
        with above:
            saved, needs = _with_theirs(loaded, before, opened, claim, draft, key)
        why = _reason()
    needs |= {_("a reason"): bool(why), _("valid figures"): draft is not None}
    if action_button(_("Save the claim"), needs=needs, type="primary") and saved is not None:
        session = edit_session(loaded)
        saving = partial(edit_claim, session, opened, claim.claim_id, saved, why=why)
        _finish(loaded, _("Changed the claim: {words}"), claim, saving)


def _claim_in(opened: Opened, claim: Claim) -> Claim:
    """The claim as it was in that version of its event; as it is now if it was not in it."""
    return next((c for c in opened.record.claims if c.claim_id == claim.claim_id), claim)


def _with_theirs(
    loaded: Loaded, before: Opened, now: Opened, claim: Claim, draft: ClaimDraft | None, key: str
) -> tuple[ClaimDraft | None, dict[str, bool]]:
    """What is to be saved, and what saving needs; `None`: not valid, or a choice is missing."""
    if draft is None or before.version == now.version:
        return draft, {}
    theirs = claim_draft(loaded.corpus, claim)
    given = claim_draft(loaded.corpus, _claim_in(before, claim))
    changes = claim_changes(given, theirs, draft)
    if not any(change.theirs for change in changes):
        return draft, {}
    last, setting = last_claim_entries(loaded.workspace, before, claim.claim_id)
    words = claim_words(loaded.corpus, theirs), claim_words(loaded.corpus, draft)
    choices = conflict_panel(changes, *words, last, setting, key=key)
    saved = merged(theirs, draft, changes, choices)
    return saved, {
        _("a look at the other change, above"): seen_before(key, now.version),
        _("a choice for each field that both of you changed"): saved is not None,
    }


def _move(loaded: Loaded, opened: Opened, claim: Claim) -> None:
    like = likeness(opened)
    into = event_choice(loaded, _("Move it to"), like, key=form_key(_KEY))
    why = _reason()
    needs = {_("an event"): into is not None, _("a reason"): bool(why)}
    if action_button(_("Move the claim"), needs=needs, type="primary") and into:
        other = opened_now(loaded, into)
        session = edit_session(loaded)
        moving = partial(move_claims, session, opened, [claim.claim_id], other, why=why)
        _finish(loaded, _("Moved the claim: {words}"), claim, moving)


def _remove(loaded: Loaded, opened: Opened, claim: Claim) -> None:
    why = _reason()
    if action_button(_("Remove the claim"), needs={_("a reason"): bool(why)}, type="primary"):
        session = edit_session(loaded)
        removing = partial(remove_claim, session, opened, claim.claim_id, why=why)
        _finish(loaded, _("Removed the claim: {words}"), claim, removing)


def _reason() -> str:
    return st.text_input(_("Reason for the change"), key=f"{form_key(_KEY)}_why").strip()


def _finish(loaded: Loaded, what: str, claim: Claim, action: partial[None]) -> None:
    """Run the action; the fields are closed if it succeeded, and keep their input if not."""
    if act(loaded, what.format(words=isolate(shortened(claim.quote))), action):
        _OPEN.clear()
        forget_draft(_form(claim))
    st.rerun()


def _rated(loaded: Loaded, what: str, claim: Claim, action: partial[None]) -> None:
    """The same for a rating, which leaves the claim, and a draft of its fields, as they are."""
    if act(loaded, what.format(words=isolate(shortened(claim.quote))), action):
        _OPEN.clear()
        forget_draft(_rating(claim))
    st.rerun()


def likeness(opened: Opened) -> Likeness:
    """What is known of an event, for finding others like it."""
    record = opened.record
    return Likeness(
        record.event.kind,
        record.event.when,
        frozenset(row.place_id for row in record.places),
        frozenset(row.actor_id for row in record.actors),
        without=frozenset({opened.event_id}),
    )
