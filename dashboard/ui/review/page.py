"""The Review page: suggested events one by one, each with its sentence and a small map."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.project.project import Loaded
from dashboard.ui import shell
from dashboard.ui.review.cross_pairs_panel import cross_pairs_panel
from dashboard.ui.review.decided_panel import decided_meanwhile, decided_panel
from dashboard.ui.review.decision import accept_all_panel
from dashboard.ui.review.event_edit import edit_event_panel
from dashboard.ui.review.in_hand import in_hand
from dashboard.ui.review.new_claim import new_claim_panel
from dashboard.ui.review.pairs_panel import pairs_panel
from dashboard.ui.review.queue import (
    CHOSEN,
    chosen_in,
    follow_link,
    following,
    linked_outside,
    queue,
)
from dashboard.ui.review.replaced_panel import replaced_meanwhile, replaced_panel
from dashboard.ui.review.suggestion_panel import suggestion_panel
from dashboard.ui.review.waiting_panel import waiting_panel
from dashboard.ui.state.address_bar import change_params, param


@shell.page_of
def page(loaded: Loaded) -> None:
    """Show the queue and the selected suggestion, an event to edit, or a claim by hand."""
    if param("new") == "claim":
        new_claim_panel(loaded)
        return
    if param("waiting"):
        waiting_panel(loaded)
        return
    if param("pairs") == "datasets":
        cross_pairs_panel(loaded)
        return
    if param("pairs"):
        pairs_panel(loaded)
        return
    event_id = param("event")
    if event_id:
        edit_event_panel(loaded, event_id)
        return
    left, right = st.columns([4, 9], gap="medium")
    with left:
        # Above the list, whose filters decide what is accepted together.
        above = st.container(horizontal=True)
        follow_link()
        others = in_hand(loaded)
        shown = queue(loaded, others)
        with above:
            st.button(_("New event by hand"), on_click=lambda: change_params({"new": ["claim"]}))
            st.button(
                _("Pairs of events"),
                on_click=lambda: change_params({"pairs": ["1"]}),
                help=_("Events that may be one event reported twice."),
            )
            accept_all_panel(
                loaded, {key: item for key, item in shown.items() if key not in others}
            )
    with right:
        replaced = replaced_meanwhile(loaded, shown)
        selected_id = chosen_in(shown, others)
        linked = linked_outside(loaded, shown)
        decided = decided_meanwhile(loaded, shown)
        if replaced is not None:
            replaced_panel(loaded, replaced)
        elif decided is not None:
            decided_panel(loaded, decided)
        elif linked is not None:
            suggestion_panel(loaded, linked, selected_id)
        elif selected_id is None:
            st.success(_("No suggestions to review. Add articles to get new ones."))
        else:
            # It stays, also when somebody else lets go of one before it.
            CHOSEN.set(selected_id)
            suggestion_panel(loaded, shown[selected_id], following(shown, selected_id, others))
