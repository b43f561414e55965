"""The Gazetteer page: names to place, and places to search and edit."""

import streamlit as st

from dashboard.language.labels import label
from dashboard.language.messages import N_, _, plural
from dashboard.language.names import both_names
from dashboard.language.numbers import number
from dashboard.language.words import comma, isolate
from dashboard.model.place import Place
from dashboard.text.escape import escape_markdown
from dashboard.text.normalise import fold
from dashboard.ui import shell
from dashboard.ui.cached import Loaded
from dashboard.ui.components.workspace_fault import workspace_guarded
from dashboard.ui.gazetteer.place_edit import place_edit
from dashboard.ui.gazetteer.unknown_panel import chosen, queue, unknown_list, unknown_panel
from dashboard.ui.state.address_bar import param
from dashboard.ui.state.session import SessionValue

_CHOSEN = SessionValue("place_chosen", "")
_MOST = 100
_UNKNOWN, _PLACES = N_("Unknown names"), N_("Places")


@workspace_guarded
def page() -> None:
    """Queue or places on the left, the chosen one on the right."""
    loaded = shell.open_page()
    if loaded is None:
        return
    names = queue(loaded)
    left, right = st.columns([4, 9], gap="medium")
    with left:
        shown = st.segmented_control(
            _("Show"),
            [_UNKNOWN, _PLACES],
            default=_UNKNOWN if names else _PLACES,
            required=True,
            key="gazetteer_shown",
            label_visibility="collapsed",
            format_func=lambda name: (
                f"{_(name)} ({number(len(names))})" if name == _UNKNOWN else _(name)
            ),
        )
        with st.container(key="side_panel", border=False):
            if shown == _UNKNOWN:
                unknown_list(names)
            else:
                _search(loaded)
    with right:
        if shown == _UNKNOWN:
            name = chosen(names)
            if name is not None:
                unknown_panel(loaded, name, names[name])
        else:
            _place(loaded)


def _search(loaded: Loaded) -> None:
    words = st.text_input(
        _("Find places"), key="find_places", placeholder=_("Any name, any language")
    )
    places = loaded.corpus.gazetteer.places
    found = _found(loaded, words)
    second = sum(place.tier > 1 for place in places.values())
    total = plural("{n} place", "{n} places", len(places))
    shown = _("{shown} of {places}").format(shown=number(len(found)), places=total)
    tier = plural("{n} of them of the second tier", "{n} of them of the second tier", second)
    st.caption(comma([shown, tier]) if second else shown)
    for place in found[:_MOST]:
        st.button(
            escape_markdown(f"{isolate(both_names(place))} · {label(place.feature_class)}"),
            key=f"open_{place.place_id}",
            type="primary" if _CHOSEN.get() == place.place_id else "secondary",
            width="stretch",
            on_click=lambda key=place.place_id: _CHOSEN.set(key),
        )


def _found(loaded: Loaded, words: str) -> list[Place]:
    """The places of which some name holds all words; curated ones first."""
    gazetteer = loaded.corpus.gazetteer
    wanted = fold(words).split()
    ids = dict.fromkeys(
        name.place_id for name in gazetteer.names if all(word in fold(name.name) for word in wanted)
    )
    found = [gazetteer.places[place_id] for place_id in ids]
    return sorted(found, key=lambda place: (place.tier, place.name_en))


def _place(loaded: Loaded) -> None:
    place_id = _CHOSEN.get() or param("place")
    if place_id not in loaded.corpus.gazetteer.places:
        st.info(_("Choose a place in the list to see it on the map and to edit it."))
        return
    place_edit(loaded, place_id)
