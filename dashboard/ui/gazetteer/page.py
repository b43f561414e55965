"""The Gazetteer page: names to place, places to edit, lists to add, and names that were learned."""

import streamlit as st

from dashboard.language.messages import N_, _
from dashboard.language.numbers import number
from dashboard.project.project import Loaded
from dashboard.ui import shell
from dashboard.ui.gazetteer.learned_list import learned_list
from dashboard.ui.gazetteer.lists_panel import add_list, added_lists
from dashboard.ui.gazetteer.place_edit import place_edit
from dashboard.ui.gazetteer.place_list import CHOSEN, place_list
from dashboard.ui.gazetteer.proposals_panel import proposals_panel
from dashboard.ui.gazetteer.unknown_list import queue, selected_name, unknown_list
from dashboard.ui.gazetteer.unknown_panel import unknown_panel
from dashboard.ui.state.address_bar import param

_UNKNOWN, _PLACES, _LISTS = N_("Unknown names"), N_("Places"), N_("Lists")
_LEARNED = N_("Learned")


@shell.page_of
def page(loaded: Loaded) -> None:
    """Show unplaced names, places or lists on the left, the selected one on the right."""
    names = queue(loaded)
    left, right = st.columns([4, 9], gap="medium")
    with left:
        shown = _choice(len(names))
        with st.container(key="side_panel", border=False):
            if shown == _UNKNOWN:
                unknown_list(names)
            elif shown == _LISTS:
                added_lists(loaded)
            elif shown == _LEARNED:
                learned_list(loaded)
            else:
                place_list(loaded)
    with right:
        name = selected_name(names)
        if shown == _LISTS:
            add_list(loaded)
        elif shown == _LEARNED:
            proposals_panel(loaded)
        elif shown == _PLACES:
            _place(loaded, CHOSEN.get() or param("place"))
        elif name is not None:
            unknown_panel(loaded, name, names[name])


def _choice(unplaced: int) -> str | None:
    """The tab; by default names if some are unplaced and the link has no place."""
    return st.segmented_control(
        _("Show"),
        [_UNKNOWN, _PLACES, _LISTS, _LEARNED],
        default=_UNKNOWN if unplaced and not param("place") else _PLACES,
        required=True,
        key="gazetteer_shown",
        label_visibility="collapsed",
        format_func=lambda name: f"{_(name)} ({number(unplaced)})" if name == _UNKNOWN else _(name),
    )


def _place(loaded: Loaded, place_id: str) -> None:
    if place_id in loaded.corpus.gazetteer.places:
        place_edit(loaded, place_id)
    else:
        st.info(_("Choose a place in the list to see it on the map and to edit it."))
