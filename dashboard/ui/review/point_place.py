"""The place of a new event at a point of the map: one of the gazetteer near it, or a new one."""

import streamlit as st

from dashboard.gazetteer.coordinates import Coordinates, CoordinatesError, parse_coordinates
from dashboard.gazetteer.nearest import nearest_places
from dashboard.language.labels import label
from dashboard.language.messages import _
from dashboard.language.names import both_names
from dashboard.language.numbers import number
from dashboard.language.stored_text import translate
from dashboard.language.words import comma, isolate
from dashboard.model.place import Place
from dashboard.model.records import PlaceRecord
from dashboard.project.project import Loaded
from dashboard.review.places import new_place, place_record
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.gazetteer.place_form import place_form
from dashboard.ui.state.address_bar import param

_WITHIN_KM, _MOST = 10, 6
# No place has this id.
_NEW = ""


def point_in_link() -> Coordinates | None:
    """The point of the link (`at=36.384,38.863`: latitude first), `None` without one.

    A point that cannot be read is said on the page.
    """
    written = param("at")
    if not written:
        return None
    try:
        return parse_coordinates(written)
    except CoordinatesError as error:
        what = literal(isolate(translate(error.reason)))
        expected = _("Coordinates: expected {what}").format(what=what)
        unread = _("The point in the link cannot be read.")
        st.warning(f"{unread} {expected}")
        return None


def point_place(loaded: Loaded, point: Coordinates, *, key: str) -> PlaceRecord | None:
    """Ask for the place at a point; `None` until one is chosen, or a new one is complete.

    A place near the point is offered first, since most clicks mean one that is known.
    """
    gazetteer = loaded.corpus.gazetteer
    near = nearest_places(gazetteer, point.lat, point.lon, within_km=_WITHIN_KM, most=_MOST)
    names = {place.place_id: _described(place, km) for place, km in near}
    picked = st.radio(
        _("Place at {point}").format(point=isolate(f"{point.lat:g}, {point.lon:g}")),
        [*names, _NEW],
        index=None,
        format_func=lambda place_id: names.get(place_id) or _("a new place at this point"),
        help=_("A place of the gazetteer keeps its own point and its uncertainty."),
        key=f"{key}_choice",
    )
    if picked is None:
        st.caption(_("Choose the place; the fields of the event follow."))
        return None
    if picked != _NEW:
        return place_record(gazetteer, picked)
    places = [place for place, _distance in near]
    draft = place_form(loaded, point, "", (), places, key=f"{key}_new")
    return new_place(draft, draft.name_ar) if draft else None


def _described(place: Place, km: float) -> str:
    distance = _("{km} km").format(km=number(round(km, 1)))
    return f"{both_names(place)} ({comma([label(place.feature_class), distance])})"
