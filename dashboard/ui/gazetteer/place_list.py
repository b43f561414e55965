"""The places of the gazetteer as a searchable list."""

import streamlit as st

from dashboard.language.labels import label
from dashboard.language.messages import _, plural
from dashboard.language.names import both_names
from dashboard.language.numbers import number
from dashboard.language.words import comma
from dashboard.model.place import Place
from dashboard.project.project import Loaded
from dashboard.text.normalise import fold
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.state.session import SessionValue

CHOSEN = SessionValue("place_chosen", "")
_MOST = 100


def place_list(loaded: Loaded) -> None:
    """Show a search field and the places that it finds; a clicked one is stored in `CHOSEN`."""
    words = st.text_input(
        _("Find places"), key="find_places", placeholder=_("Any name, any language")
    )
    places = loaded.corpus.gazetteer.places
    matches = _search(loaded, words)
    second = sum(place.tier > 1 for place in places.values())
    total = plural("{n} place", "{n} places", len(places))
    shown = _("{shown} of {places}").format(shown=number(len(matches)), places=total)
    tier = plural("{n} of them in the second tier", "{n} of them in the second tier", second)
    st.caption(comma([shown, tier]) if second else shown)
    for place in matches[:_MOST]:
        st.button(
            f"{literal(both_names(place))} · {literal(label(place.feature_class))}",
            key=f"open_{place.place_id}",
            type="primary" if CHOSEN.get() == place.place_id else "secondary",
            width="stretch",
            on_click=lambda key=place.place_id: CHOSEN.set(key),
        )


def _search(loaded: Loaded, words: str) -> list[Place]:
    """The places with a name that contains all words; curated ones first."""
    gazetteer = loaded.corpus.gazetteer
    wanted = fold(words).split()
    ids = dict.fromkeys(
        name.place_id for name in gazetteer.names if all(word in fold(name.name) for word in wanted)
    )
    matches = [gazetteer.places[place_id] for place_id in ids]
    return sorted(matches, key=lambda place: (place.tier, place.name_en))
