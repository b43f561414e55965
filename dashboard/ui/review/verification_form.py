"""Verifying an event or its place: a state with its ground, and a claim on which this rests."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.browser.judgements import verification_html
from dashboard.language.labels import label, verification_meaning
from dashboard.language.messages import N_, _
from dashboard.model.event_tables import CURATED
from dashboard.model.verification import ENTERED, ImportedEvent, Verification, VerifiedPart
from dashboard.project.project import Loaded
from dashboard.review.claims import Opened
from dashboard.review.judging import (
    MAX_GROUND,
    VerificationDraft,
    verification_of,
    verify_event,
)
from dashboard.ui.actions import action_button, edit_session
from dashboard.ui.review.event_form import shortened
from dashboard.ui.state.session import SessionValue, leave_known

_PARTS = {VerifiedPart.EVENT: N_("that it happened"), VerifiedPart.PLACE: N_("its place")}
Finish = Callable[[str, Opened, Callable[[], object]], None]


def verification_form(
    loaded: Loaded,
    opened: Opened,
    finish: Finish,
    *,
    key: str,
    imported: ImportedEvent | None = None,
) -> None:
    """Show what is verified so far, and the fields of a new verification.

    The corpus of `loaded` has the event, also if it is an `imported` one.
    """
    parts = [it for it in VerifiedPart if it is VerifiedPart.EVENT or opened.record.places]
    part = st.radio(
        _("What is verified"),
        parts,
        format_func=lambda it: _(_PARTS[it]),
        key=f"{key}_part",
        horizontal=True,
    )
    part = part or VerifiedPart.EVENT
    st.html(f"<p>{verification_html(loaded.corpus, opened.event_id, part)}</p>")
    table, record_id = verification_of(
        opened.event_id, part, imported.dataset if imported else CURATED
    )
    stored = edit_session(loaded).version(table, record_id)
    version = _seen(opened.event_id, part, stored, key).stored()
    current = loaded.corpus.judgements.state(opened.event_id, part)
    draft = _fields(opened, part, current, key)
    free = draft.state is Verification.UNVERIFIED
    needs = {_("a ground"): free or bool(draft.ground)}
    if action_button(_("Save the verification"), needs=needs, type="primary"):
        _forget_versions(opened.event_id, key)
        verifying = partial(
            verify_event,
            edit_session(loaded),
            opened.event_id,
            draft,
            version=version,
            imported=imported,
        )
        what = (
            _("Verified: {title}") if part is VerifiedPart.EVENT else _("Place verified: {title}")
        )
        finish(what, opened, verifying)


def _fields(
    opened: Opened, part: VerifiedPart, current: Verification, key: str
) -> VerificationDraft:
    before = current if current in ENTERED else Verification.UNVERIFIED
    state = st.radio(
        _("Verification"),
        ENTERED,
        index=ENTERED.index(before),
        format_func=label,
        captions=[verification_meaning(it, part) for it in ENTERED],
        key=f"{key}_{part.value}_state",
    )
    ground = st.text_area(
        _("Ground: what was checked, and against what"),
        key=f"{key}_{part.value}_ground",
        max_chars=MAX_GROUND,
    )
    quotes = {claim.claim_id: claim.quote for claim in opened.record.claims}
    leave_known(f"{key}_{part.value}_claim", quotes)
    claim_id = st.selectbox(
        _("Claim on which it rests (optional)"),
        list(quotes),
        index=None,
        format_func=lambda claim_id: shortened(quotes[claim_id]),
        placeholder=_("none"),
        key=f"{key}_{part.value}_claim",
    )
    return VerificationDraft(part, state or before, ground.strip(), claim_id)


def _forget_versions(event_id: str, key: str) -> None:
    """After saving, or being refused, the analyst sees the current one."""
    for part in VerifiedPart:
        _seen(event_id, part, 0, key).clear()


def _seen(event_id: str, part: VerifiedPart, now: int, key: str) -> SessionValue[int]:
    """The version of the verification when these fields were first shown: a later one is a conflict."""
    return SessionValue(f"{key}_seen_{event_id}_{part.value}", now)
