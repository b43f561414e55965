"""Verifying, merging, splitting, relating and withdrawing an event, each with its reason."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.language.labels import label
from dashboard.language.messages import N_, _
from dashboard.language.names import title_of
from dashboard.language.words import isolate
from dashboard.model.event import EventRelation, RelationKind
from dashboard.model.message import message
from dashboard.project.project import Loaded
from dashboard.review.claims import Opened
from dashboard.review.draft import Draft, event_draft
from dashboard.review.events import (
    merge_events,
    relate_events,
    split_event,
    unrelate_events,
    withdraw_event,
)
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.form_draft import DraftedForm, draft_of, drafted, forget_draft
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.review.claims_panel import likeness
from dashboard.ui.review.event_choice import event_choice
from dashboard.ui.review.event_form import event_form, shortened
from dashboard.ui.review.opened import opened_now
from dashboard.ui.review.verification_form import verification_form
from dashboard.ui.state.address_bar import change_params
from dashboard.ui.state.drawn_forms import add_drawn, empty_fields, form_key
from dashboard.ui.state.session import SessionValue, leave_known

_KEY = "event_work"
_ACTIONS = {
    "verify": N_("Verify"),
    "merge": N_("Merge with another event"),
    "split": N_("Split"),
    "relate": N_("Relate to another event"),
    "withdraw": N_("Withdraw"),
}
# The end of the key of a field that is always drawn.
_FIRST = {
    "verify": "_part",
    "merge": "_words",
    "split": "_claims",
    "relate": "_kind",
    "withdraw": "_why",
}
_OPEN = SessionValue[str | None]("event_action", None)


def event_actions(loaded: Loaded, opened: Opened) -> None:
    """Show the buttons of the actions, and the fields of the one that was chosen."""
    _relations(loaded, opened)
    _open_draft(opened)
    with st.container(horizontal=True):
        for name, title in _ACTIONS.items():
            st.button(_(title), key=f"action_{name}", on_click=partial(_toggle, name))
    show = {
        "verify": _verify,
        "merge": _merge,
        "split": _split,
        "relate": _relate,
        "withdraw": _withdraw,
    }
    chosen = _OPEN.get()
    if chosen in show:
        with (
            st.container(border=True, key="event_action_fields"),
            drafted(_form(opened, chosen)),
        ):
            show[chosen](loaded, opened)


def open_merge(loaded: Loaded, event_id: str, other_id: str) -> None:
    """Open the page of an event with the fields to merge another one into it; for callbacks."""
    events = loaded.corpus.events.events
    empty_fields(_KEY)
    # These fields are those of this form, and not emptied when it is drawn.
    add_drawn(_name("merge", event_id), _KEY)
    _OPEN.set("merge")
    SessionValue(f"{form_key(_KEY)}_words", "").set(title_of(events[other_id]))
    SessionValue[str | None](f"{form_key(_KEY)}_event", None).set(other_id)
    change_params({"pairs": [], "event": [event_id]})


def _name(action: str, event_id: str) -> str:
    return f"{action}:{event_id}"


def _form(opened: Opened, action: str) -> DraftedForm:
    title = f"{_(_ACTIONS[action])}: {isolate(title_of(opened.record.event))}"
    link = {"page": "review", "event": opened.event_id}
    return DraftedForm(_name(action, opened.event_id), _KEY, _FIRST[action], title, link)


def _open_draft(opened: Opened) -> None:
    """Open the fields of an action, once a session and event, if there is a draft of them."""
    seen = SessionValue(f"draft_of_action_{opened.event_id}", default=False)
    if seen.get() or _OPEN.get() is not None:
        return
    seen.set(True)
    _OPEN.set(next((name for name in _ACTIONS if draft_of(_form(opened, name))), None))


def _toggle(name: str) -> None:
    empty_fields(_KEY)
    _OPEN.set(None if _OPEN.get() == name else name)


def _verify(loaded: Loaded, opened: Opened) -> None:
    """The event's own fields stay as they are: a verification is a record beside it."""
    verification_form(loaded, opened, partial(_finish_verifying, loaded), key=form_key(_KEY))


def _finish_verifying(
    loaded: Loaded, what: str, opened: Opened, action: Callable[[], object]
) -> None:
    _finish(loaded, what, opened, action, done="verify")


def _merge(loaded: Loaded, opened: Opened) -> None:
    st.caption(
        _(
            "The claims of both become those of one event. Links to the other event lead to this one."
        )
    )
    other_id = event_choice(loaded, _("The other event"), likeness(opened), key=form_key(_KEY))
    if other_id is None:
        return
    other = opened_now(loaded, other_id)
    key = f"{form_key(_KEY)}_{other_id}"
    fields = event_form(loaded.corpus, _united(opened, other), [], key=key)
    why = _reason()
    needs = {_("a reason"): bool(why)}
    if action_button(_("Merge the events"), needs=needs, type="primary") and fields:
        merging = partial(merge_events, edit_session(loaded), opened, other, fields, why=why)
        _finish(loaded, _("Merged: {title}"), opened, merging, done="merge")


def _united(opened: Opened, other: Opened) -> Draft:
    """The fields of an event with the places and parties of both, to choose from."""
    mine, theirs = event_draft(opened.record), event_draft(other.record)
    return replace(
        mine,
        places=tuple(dict.fromkeys((*mine.places, *theirs.places))),
        actors=tuple(dict.fromkeys((*mine.actors, *theirs.actors))),
    )


def _split(loaded: Loaded, opened: Opened) -> None:
    quotes = {claim.claim_id: claim.quote for claim in opened.record.claims}
    key = f"{form_key(_KEY)}_claims"
    leave_known(key, quotes)
    chosen = st.multiselect(
        _("Claims of the new event"),
        list(quotes),
        format_func=lambda claim_id: shortened(quotes[claim_id]),
        key=key,
        placeholder=_("choose"),
        select_all=False,
    )
    st.caption(
        _(
            "The new event needs titles of its own. Kind, dates, places and actors are those of this "
            "event: change what is different."
        )
    )
    given = replace(event_draft(opened.record), title_en="", title_ar="")
    fields = event_form(loaded.corpus, given, [], key=f"{form_key(_KEY)}_new")
    why = _reason()
    needs = {_("a claim"): bool(chosen), _("a reason"): bool(why)}
    if action_button(_("Split the event"), needs=needs, type="primary") and fields:
        splitting = partial(split_event, edit_session(loaded), opened, chosen, fields, why=why)
        _finish(loaded, _("Split: {title}"), opened, splitting, done="split", makes_event=True)


def _relate(loaded: Loaded, opened: Opened) -> None:
    kind = st.radio(
        _("This event"),
        [kind for kind in RelationKind if kind is not RelationKind.SAME_EVENT],
        format_func=label,
        key=f"{form_key(_KEY)}_kind",
        horizontal=True,
    )
    other = event_choice(loaded, _("the event"), likeness(opened), key=form_key(_KEY))
    why = _reason()
    needs = {_("an event"): other is not None, _("a reason"): bool(why)}
    if action_button(_("Relate the events"), needs=needs, type="primary") and other:
        relation = EventRelation(opened.event_id, other, kind or RelationKind.PART_OF)
        relating = partial(relate_events, edit_session(loaded), relation, why=why)
        _finish(loaded, _("Related: {title}"), opened, relating, done="relate")


def _withdraw(loaded: Loaded, opened: Opened) -> None:
    st.caption(
        _("The event leaves the map and all exports. The log keeps it, and you can undo it.")
    )
    why = _reason()
    if action_button(_("Withdraw the event"), needs={_("a reason"): bool(why)}, type="primary"):
        withdrawing = partial(withdraw_event, edit_session(loaded), opened, why=why)
        _finish(loaded, _("Withdrawn: {title}"), opened, withdrawing, done="withdraw")


def _relations(loaded: Loaded, opened: Opened) -> None:
    """The relations of the event, each with a button that removes it."""
    events = loaded.corpus.events.events
    for row in loaded.corpus.relations:
        if opened.event_id not in (row.event_id, row.related_id):
            continue
        first, second = (literal(title_of(events[key])) for key in (row.event_id, row.related_id))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{first} **{label(row.kind)}** {second}")
            key = f"unrelate_{row.event_id}_{row.kind.value}_{row.related_id}"
            if action_button(_("Remove the relation"), key=key):
                why = message("removed on the Review page")
                removing = partial(unrelate_events, edit_session(loaded), row, why=why)
                _finish(loaded, _("Removed a relation of: {title}"), opened, removing)


def _reason() -> str:
    return st.text_input(_("Reason for the change"), key=f"{form_key(_KEY)}_why").strip()


def _finish(
    loaded: Loaded,
    what: str,
    opened: Opened,
    action: Callable[[], object],
    *,
    done: str | None = None,
    makes_event: bool = False,
) -> None:
    """Run the action; if it succeeded, the fields of the action `done` are closed, with their draft."""
    what = what.format(title=isolate(title_of(opened.record.event)))
    if act(loaded, what, action, makes_event=makes_event) and done is not None:
        _OPEN.clear()
        forget_draft(_form(opened, done))
    st.rerun()
