"""Who is to see to an event or a suggestion, and the comments on it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.browser.comments import comment_html
from dashboard.language.messages import _
from dashboard.language.names import either
from dashboard.language.words import all_of, isolate
from dashboard.model.message import Names
from dashboard.model.permissions import Permission
from dashboard.model.shared_work import MOST_COMMENT, Comment, Item
from dashboard.model.viewer import viewer
from dashboard.project.accounts import shared_accounts
from dashboard.project.project import Loaded
from dashboard.review.people import not_mentioned
from dashboard.review.sharing import add_comment, assign, mark_seen, withdraw_comment
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.analyst import NAME
from dashboard.ui.components.form_draft import DraftedForm, draft_of, drafted, forget_draft
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.people import people
from dashboard.ui.state.session import SessionValue

# The names that are listed as an example of how to mention somebody.
_EXAMPLES = 3


def shared_panel(loaded: Loaded, item: Item, titles: Names) -> None:
    """Show to whom an item is assigned, its comments, and the fields to change and write them."""
    form = _form(item, titles)
    writing = SessionValue(f"commenting_on_{item.key}", default=False)
    comments = loaded.shared_work.comments.get(item, {})
    with st.container(key="shared", horizontal=True, vertical_alignment="center"):
        person = loaded.shared_work.person(item)
        said = _("Assigned to {who}").format(who=isolate(person)) if person else _("Not assigned")
        st.text(said)
        with st.popover(_("Assign"), key=f"assign_{item.key}", type="tertiary", width="content"):
            _assign(loaded, item, titles, person)
        st.button(
            _("Close the comment") if writing.get() else _("Comment"),
            key=f"comment_on_{item.key}",
            type="tertiary",
            on_click=partial(_toggle, writing),
        )
    waiting = loaded.shared_work.waiting_for(NAME.get()).mentions if comments else {}
    for comment_id, comment in comments.items():
        _comment(loaded, comment_id, comment, waits=comment_id in waiting)
    if writing.get() or draft_of(form) is not None:
        with st.container(key="comment_fields", border=True), drafted(form) as key:
            _write(loaded, item, form, key)


def seen_button(loaded: Loaded, comment_id: str) -> None:
    """Show a button with which an analyst says that they have seen a comment."""
    if action_button(_("Mark as seen"), key=f"seen_{comment_id}", type="tertiary"):
        _do(loaded, _("Marked as seen"), partial(mark_seen, edit_session(loaded), [comment_id]))


def _comment(loaded: Loaded, comment_id: str, comment: Comment, *, waits: bool) -> None:
    """Show a comment, with what its reader can do: say that it was seen, or withdraw it."""
    with st.container(key=f"row_of_{comment_id}", horizontal=True, vertical_alignment="top"):
        st.html(comment_html(comment))
        if waits:
            seen_button(loaded, comment_id)
        may = comment.who == NAME.get() or viewer().may(Permission.UNDO_OTHERS)
        if comment.withdrawn is None and may:
            with st.popover(
                _("Withdraw"), key=f"withdraw_{comment_id}", type="tertiary", width="content"
            ):
                _withdraw(loaded, comment_id)


def _form(item: Item, titles: Names) -> DraftedForm:
    title = _("Comment on {title}").format(title=isolate(either(*titles)))
    link = {"page": "review", item.kind.value: item.item_id}
    return DraftedForm(f"comment:{item.key}", f"comment_{item.key}-", "text", title, link)


def _toggle(writing: SessionValue[bool]) -> None:
    writing.set(not writing.get())


def _assign(loaded: Loaded, item: Item, titles: Names, before: str) -> None:
    with_accounts = shared_accounts() is not None
    known = people(loaded)
    person = st.selectbox(
        _("Person"),
        known,
        index=known.index(NAME.get()) if NAME.get() in known else None,
        key=f"person_{item.key}_{NAME.get()}",
        # Without accounts nobody is known before their first change.
        accept_new_options=not with_accounts,
        placeholder=_("choose") if with_accounts else _("choose, or type a name"),
    )
    title = isolate(either(*titles))
    with st.container(horizontal=True):
        needs = {_("a person"): bool(person)}
        if action_button(_("Assign"), key=f"assign_now_{item.key}", needs=needs, type="primary"):
            what = _("Assigned to {who}: {title}").format(who=isolate(person or ""), title=title)
            _do(loaded, what, partial(assign, edit_session(loaded), item, person or ""))
        if before and action_button(_("To nobody"), key=f"assign_nobody_{item.key}"):
            what = _("Assigned to nobody: {title}").format(title=title)
            _do(loaded, what, partial(assign, edit_session(loaded), item, ""))


def _write(loaded: Loaded, item: Item, form: DraftedForm, key: str) -> None:
    known = people(loaded)
    text = st.text_area(_("Comment"), key=f"{key}text", max_chars=MOST_COMMENT, height=80).strip()
    others = [name for name in known if name != NAME.get()]
    if others:
        names = all_of([literal(f"@{name}") for name in others[:_EXAMPLES]])
        st.caption(
            _("A name after @ is a mention, and waits for that person: {names}").format(names=names)
        )
    needs = {_("a text"): bool(text)}
    if action_button(_("Save the comment"), needs=needs, type="primary"):
        adding = partial(add_comment, edit_session(loaded), item, text, known)
        what = form.title
        if nobody := not_mentioned(text, known):
            names = all_of([isolate(name) for name in nobody])
            what = _("{what}; nobody here is called {names}").format(what=what, names=names)
        if act(loaded, what, adding):
            forget_draft(form)
            SessionValue(f"commenting_on_{item.key}", default=False).clear()
        st.rerun()


def _withdraw(loaded: Loaded, comment_id: str) -> None:
    why = st.text_input(_("Reason"), key=f"withdraw_why_{comment_id}").strip()
    st.caption(_("The log keeps the comment, and you can undo this."))
    needs = {_("a reason"): bool(why)}
    if action_button(
        _("Withdraw the comment"), key=f"withdraw_now_{comment_id}", needs=needs, type="primary"
    ):
        withdrawing = partial(withdraw_comment, edit_session(loaded), comment_id, why=why)
        _do(loaded, _("Withdrew the comment"), withdrawing)


def _do(loaded: Loaded, what: str, action: Callable[[], object]) -> None:
    act(loaded, what, action)
    st.rerun()
