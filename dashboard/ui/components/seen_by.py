"""Who sees a dataset or an article: the field of administrators, and the list of all restrictions."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.words import isolate
from dashboard.model.errors import DashboardError
from dashboard.model.permissions import Permission
from dashboard.model.restriction import RestrictedKind, Restriction, read_seen_by
from dashboard.model.viewer import viewer
from dashboard.project.project import Loaded
from dashboard.review.restricting import restrict, restrictions_in
from dashboard.ui import shell
from dashboard.ui.actions import edit_session
from dashboard.ui.components.workspace_fault import error_markdown
from dashboard.ui.state.session import SessionValue

_FAILED = SessionValue("seen_by_failed", "")


def may_restrict() -> bool:
    """Whether this viewer decides who sees what; without accounts there is nobody to hide it from."""
    someone = viewer()
    return bool(someone.account) and someone.may(Permission.ADMINISTER)


def seen_by_form(loaded: Loaded, kind: RestrictedKind, thing_id: str, name: str) -> None:
    """For administrators: a field with the groups and accounts that see it, empty for everybody."""
    if not may_restrict():
        return
    wanted = Restriction(kind, thing_id, name, ())
    before = {each.key: each for each in restrictions_in(loaded.workspace)}.get(wanted.key)
    people = "\n".join(before.seen_by) if before else ""
    key = f"seen_by_{wanted.key}"
    with st.popover(_("Who sees it"), key=f"{key}_popover"), st.form(key, border=False):
        text = st.text_area(
            _("Seen only by"),
            people,
            placeholder="group:map-sources\naccount:ada@example.org",
            help=_(
                "Groups and accounts, one on each line; empty for everybody. For all others it does "
                "not exist: not in counts, files or links, nor in the log. This holds for you too."
            ),
        )
        if st.form_submit_button(_("Save")):
            _save(loaded, wanted, text)


def _save(loaded: Loaded, wanted: Restriction, text: str) -> None:
    try:
        restrict(edit_session(loaded), replace(wanted, seen_by=read_seen_by(text)))
    except DashboardError as error:
        st.error(error_markdown(error))
        return
    st.rerun()


def restrictions_list(loaded: Loaded) -> None:
    """For administrators: what is restricted, also what they do not see, with a button to lift it."""
    found = restrictions_in(loaded.workspace) if may_restrict() else ()
    if not found:
        return
    shell.heading(_("Seen only by some"), 3)
    if failed := _FAILED.get():
        _FAILED.clear()
        st.error(failed)
    kinds = {RestrictedKind.DATASET: _("Dataset"), RestrictedKind.ARTICLE: _("Article")}
    for each in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            # As text: in Markdown an address of an account would be a link.
            people = ", ".join(each.seen_by)
            st.text(f"{kinds[each.kind]} {isolate(each.name)}: {isolate(people)}")
            st.button(
                _("Let everybody see it"),
                key=f"lift_{each.key}",
                on_click=partial(_lift, loaded, each),
            )


def _lift(loaded: Loaded, restriction: Restriction) -> None:
    try:
        restrict(edit_session(loaded), replace(restriction, seen_by=()))
    except DashboardError as error:
        _FAILED.set(error_markdown(error))
