"""Corrections of a suggestion that was read again meanwhile: what was typed, beside the new one."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.browser.suggestion_rows import suggestion_html
from dashboard.language.messages import _, plural
from dashboard.language.names import title_of
from dashboard.language.stored_text import translate
from dashboard.language.words import isolate
from dashboard.model.event import Stance
from dashboard.model.records import Entry, StoredSuggestion, SuggestionRecord
from dashboard.project.project import Loaded
from dashboard.review.actions import accept
from dashboard.review.draft import Draft, draft
from dashboard.review.field_merge import event_changes, merged
from dashboard.review.replaced_suggestion import Replaced, replaced_suggestion
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.form_draft import DraftedForm, discard, draft_of, drafted, forget_draft
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.review.conflict_panel import conflict_panel, event_words, seen_before, whose
from dashboard.ui.review.decision import CORRECTING, correction_form
from dashboard.ui.review.event_form import event_form
from dashboard.ui.review.queue import CHOSEN, Suggestions
from dashboard.ui.state.browser import browser


def replaced_meanwhile(loaded: Loaded, shown: Suggestions) -> Replaced | None:
    """The suggestion that was being corrected here, if its article was read again since.

    Without a word typed the new one is opened instead.
    """
    suggestion_id = CHOSEN.get()
    if suggestion_id is None or suggestion_id in shown:
        return None
    replaced = replaced_suggestion(loaded.workspace, suggestion_id)
    if replaced is None or replaced.before.value is None:
        return None
    open_here = CORRECTING.get() == suggestion_id
    # Without a cookie there are no drafts.
    if draft_of(_form(loaded, replaced.before.value)) or (open_here and not browser()):
        return replaced
    _open(replaced.successor, correcting=open_here)
    return None


def replaced_panel(loaded: Loaded, replaced: Replaced) -> None:
    """Show what was typed and the new suggestion, field by field; both can be accepted together."""
    record = replaced.before.value
    if record is None:
        return
    new = replaced.successor
    st.warning(_reread(replaced.entry, gone=new is None))
    form, given = _form(loaded, record), draft(record, loaded.corpus)
    if new is not None and new.value is not None:
        # Stances are those of the new suggestion's claims.
        theirs = draft(new.value, loaded.corpus)
        st.html(suggestion_html(loaded.corpus, new.value, theirs.title_en, theirs.title_ar))
    else:
        theirs, new = given, replaced.before
    with drafted(form) as key:
        above = st.container()
        quotes = [claim.quote for claim in record.suggestion.claims]
        mine = event_form(loaded.corpus, given, quotes, key=key)
    if mine is not None:
        with above:
            saved, needs = _together(loaded, (given, theirs, mine), replaced, key)
        _accept(loaded, new, saved, form, needs)
    close = partial(_discard, form.name, replaced.successor)
    st.button(_("Discard my corrections"), on_click=close, key="replaced_close")


def _together(
    loaded: Loaded, drafts: tuple[Draft, Draft, Draft], replaced: Replaced, key: str
) -> tuple[Draft | None, dict[str, bool]]:
    """The new suggestion with what was typed, and what accepting it needs; as typed if there is none."""
    given, theirs, mine = drafts
    if replaced.successor is None:
        return mine, {}
    changes = event_changes(given, theirs, mine)
    words = event_words(loaded.corpus, theirs), event_words(loaded.corpus, mine)
    choices = conflict_panel(changes, *words, replaced.entry, {}, key=key)
    both = merged(theirs, mine, changes, choices)
    saved = both and replace(both, stances=_stances(drafts, replaced))
    return saved, {
        _("a look at the other change, above"): seen_before(key, replaced.successor.version),
        _("a choice for each field that both of you changed"): saved is not None,
    }


def _stances(drafts: tuple[Draft, Draft, Draft], replaced: Replaced) -> tuple[Stance | None, ...]:
    """The stances of the new claims; those that were typed for claims of the same words."""
    given, theirs, mine = drafts
    before, after = replaced.before.value, replaced.successor and replaced.successor.value
    if before is None or not after:
        return theirs.stances
    old = [(claim.start, claim.end) for claim in before.suggestion.claims]
    new = [(claim.start, claim.end) for claim in after.suggestion.claims]
    typed = {
        span: own
        for span, was, own in zip(old, given.stances, mine.stances, strict=True)
        if was is not own
    }
    lost = len(typed.keys() - set(new))
    if lost:
        st.warning(
            plural(
                "{n} claim whose stance you set is not in the new suggestion.",
                "{n} claims whose stance you set are not in the new suggestion.",
                lost,
            )
        )
    return tuple(typed.get(span, own) for span, own in zip(new, theirs.stances, strict=True))


def _accept(
    loaded: Loaded,
    stored: StoredSuggestion,
    saved: Draft | None,
    form: DraftedForm,
    needs: dict[str, bool],
) -> None:
    record = stored.value
    here = record is not None and record.article_id in loaded.corpus.articles
    needs |= {_("the article, which is no longer here"): here}
    if action_button(_("Accept as corrected"), needs=needs, type="primary") and saved is not None:
        what = _("Accepted: {title}").format(title=isolate(title_of(saved)))
        accepting = partial(accept, edit_session(loaded), stored, saved, why="")
        if act(loaded, what, accepting):
            forget_draft(form)
            _open(None, correcting=False)
        st.rerun()


def _reread(entry: Entry, *, gone: bool) -> str:
    """Who had the article read again, and what became of the suggestion, as Markdown."""
    what = ": ".join(literal(translate(text)) for text in (entry.what, entry.why) if text)
    sentence = (
        _("{who} had this suggestion removed on {time}: {what}. What you typed is still here.")
        if gone
        else _(
            "This suggestion was read again on {time} ({who}: {what}). What you typed is still here, "
            "beside the new suggestion."
        )
    )
    return sentence.format(**whose(entry), what=what)


def _form(loaded: Loaded, record: SuggestionRecord) -> DraftedForm:
    return correction_form(record, draft(record, loaded.corpus))


def _discard(name: str, successor: StoredSuggestion | None) -> None:
    discard(name)
    _open(successor, correcting=False)


def _open(successor: StoredSuggestion | None, *, correcting: bool) -> None:
    """Show the new suggestion, with its fields open if those of the old one were."""
    record = successor.value if successor else None
    CHOSEN.set(record.suggestion_id if record else None)
    CORRECTING.set(record.suggestion_id if record and correcting else None)
