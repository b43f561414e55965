"""The actions on a suggestion: accept, add to an event, correct, reject, skip."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.names import title_of
from dashboard.language.stored_text import translate
from dashboard.language.words import isolate
from dashboard.model.message import StoredText, message
from dashboard.model.records import StoredSuggestion, SuggestionRecord, Table
from dashboard.project.project import Loaded
from dashboard.review.actions import accept, accept_all, defer, merge, reject
from dashboard.review.draft import Draft, draft
from dashboard.review.event_search import Likeness
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.form_draft import DraftedForm, forget_draft
from dashboard.ui.review.event_choice import event_choice
from dashboard.ui.review.queue import CHOSEN
from dashboard.ui.state.session import SessionValue

CORRECTING = SessionValue[str | None]("suggestion_correcting", None)
_REASONS = (
    message("not an event of these kinds"),
    message("reported as background only"),
    message("not said to have happened"),
    message("wrong place"),
    message("already in the corpus"),
)
# Fewer are accepted one by one.
_MANY = 2
_TOGETHER = message("accepted together with others, as suggested")


def correction_form(record: SuggestionRecord, given: Draft) -> DraftedForm:
    """The form of a suggestion's corrections; `given` is the suggestion without them."""
    suggestion_id = record.suggestion_id
    link = {"page": "review", "suggestion": suggestion_id}
    # The hyphen ends the id, which may be the beginning of another one.
    prefix = f"form_{suggestion_id}-"
    return DraftedForm(f"suggestion:{suggestion_id}", prefix, "_title_en", title_of(given), link)


def decide(
    loaded: Loaded, stored: StoredSuggestion, corrected: Draft | None, following: str | None
) -> None:
    """Show the buttons of a suggestion; `corrected` is `None` while its fields are not valid."""
    record = stored.value
    if record is None:
        return
    suggestion_id, session = record.suggestion_id, edit_session(loaded)
    given = draft(record, loaded.corpus)
    form = correction_form(record, given)
    into = _existing_event(loaded, record)
    why = _reason(suggestion_id)
    fit = {_("both titles, and dates that fit the chosen precision"): corrected is not None}
    correcting = CORRECTING.get() == suggestion_id
    with st.container(key="decide", horizontal=True):
        label = _("Accept as corrected") if correcting else _("Accept")
        if action_button(label, needs=fit, type="primary", shortcut="A") and corrected:
            what = _("Accepted: {title}").format(title=isolate(title_of(corrected)))
            _do(loaded, what, partial(accept, session, stored, corrected, why=why), following, form)
        needs = {**fit, _("an existing event, chosen above"): into is not None}
        if action_button(_("Add to the event"), needs=needs, shortcut="M") and corrected and into:
            title = title_of(loaded.corpus.events.events[into])
            what = _("Added as a claim on: {title}").format(title=isolate(title))
            version = session.version(Table.EVENT, into)
            merging = partial(merge, session, stored, corrected, into, version=version, why=why)
            _do(loaded, what, merging, following, form)
        st.button(
            _("Close the corrections") if correcting else _("Correct"),
            shortcut="E",
            on_click=partial(_correct, suggestion_id, correcting=correcting),
        )
        if action_button(_("Reject"), shortcut="X"):
            what = _("Rejected: {title}").format(title=isolate(title_of(given)))
            reason = why or _REASONS[0]
            rejecting = partial(reject, session, stored, title=given.titles, why=reason)
            _do(loaded, what, rejecting, following, form)
        if action_button(_("Defer"), shortcut="D"):
            what = _("Deferred: {title}").format(title=isolate(title_of(given)))
            deferring = partial(defer, session, stored, title=given.titles, why=why)
            # What was typed stays a draft: the decision is for later.
            _do(loaded, what, deferring, following, None)
        st.button(_("Skip"), shortcut="S", on_click=lambda: CHOSEN.set(following or suggestion_id))


def _correct(suggestion_id: str, *, correcting: bool) -> None:
    """Open or close the corrections; a suggestion that is corrected stays on the page."""
    CORRECTING.set(None if correcting else suggestion_id)
    CHOSEN.set(suggestion_id)


def accept_all_panel(loaded: Loaded, shown: Mapping[str, StoredSuggestion]) -> None:
    """Show a button that accepts all suggestions that the filters leave, after a second click."""
    number = len(shown)
    if number < _MANY:
        return
    with st.popover(plural("Accept all {n}", "Accept all {n}", number)):
        st.caption(_("Each becomes an event as it is suggested. One undo takes all of it back."))
        label = plural("Accept {n} suggestion", "Accept {n} suggestions", number)
        if action_button(label, key="accept_all", type="primary"):
            session = edit_session(loaded)
            accepting = partial(accept_all, session, list(shown.values()), why=_TOGETHER)
            accepted = plural("Accepted {n} suggestion", "Accepted {n} suggestions", number)
            _do(loaded, accepted, accepting, None, None)


def _existing_event(loaded: Loaded, record: SuggestionRecord) -> str | None:
    """The id of the existing event that the analyst says the suggestion reports, if any."""
    suggestion = record.suggestion
    like = Likeness(
        suggestion.kind,
        suggestion.when,
        frozenset(place.place_id for place in suggestion.places),
        frozenset(actor.actor_id for actor in suggestion.actors),
        frozenset([record.suggestion_id]),
    )
    title = _("It may be another claim about an existing event:")
    key = f"similar_{record.suggestion_id}"
    return event_choice(loaded, title, like, key=key, shortcuts=True)


def _reason(suggestion_id: str) -> StoredText:
    return (
        st.selectbox(
            _("Reason"),
            _REASONS,
            format_func=translate,
            index=None,
            key=f"why_{suggestion_id}",
            accept_new_options=True,
            placeholder=_("for Reject; if you choose nothing: “{reason}”").format(
                reason=translate(_REASONS[0])
            ),
        )
        or ""
    )


def _do(
    loaded: Loaded,
    what: str,
    action: Callable[[], object],
    following: str | None,
    form: DraftedForm | None,
) -> None:
    """Run the action, and rerun the page with the next suggestion or with the error."""
    if act(loaded, what, action):
        if form is not None:
            forget_draft(form)
        CHOSEN.set(following)
        CORRECTING.set(None)
    st.rerun()
