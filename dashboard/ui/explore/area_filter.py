"""The filter by area: "within 10 km of Ain Issa", or a rectangle, as typed, and the chosen areas."""

import re
from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard.gazetteer.coordinates import CoordinatesError, parse_coordinates
from dashboard.language.labels import label
from dashboard.language.messages import _
from dashboard.language.names import both_names
from dashboard.language.numbers import number
from dashboard.language.stored_text import translate
from dashboard.language.words import from_left
from dashboard.model.area import MOST_AREAS, MOST_KM, Area, AreaError, BoxArea, parse_area
from dashboard.model.place import Place
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query.area_words import area_in_words
from dashboard.query.names import facet_label
from dashboard.query.query import Query
from dashboard.text.escape import escape_markdown
from dashboard.text.normalise import fold
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import SessionValue

KM = SessionValue("area_km", 10.0)
_TEXT = SessionValue("area_text", "")
_CHOICE = SessionValue("area_choice", "")
# The places of that name to choose from; further letters find others.
_MOST_PLACES = 12
_MOST_TEXT = 100
# Between the two corners of a rectangle, e.g. "36.2, 38.1 to 36.9, 39.0".
_TO = re.compile(r"\s+(?:to|إلى|الى)\s+|\s*[;؛–—]\s*")


def area_filter(loaded: Loaded, catalog: Catalog, query: Query) -> None:
    """Show the chosen areas, each with a click to remove it, and fields for another circle."""
    for at, area in enumerate(query.areas):
        st.button(
            f"✕ {escape_markdown(area_name(catalog, area))}",
            key=f"area_remove_{at}",
            help=_("Remove this area"),
            on_click=partial(remove, str(area)),
            width="stretch",
        )
    KM.stored()
    where, radius = st.columns([2, 1], vertical_alignment="bottom")
    where.text_input(
        _("Area near a place or coordinates"),
        max_chars=_MOST_TEXT,
        key=_TEXT.key,
        placeholder=from_left("36.384, 38.863"),
        help=_("Two corners with “to” between them are a rectangle: {example}.").format(
            example=from_left("36.2, 38.1 to 36.9, 39")
        ),
    )
    radius.number_input(_("Within km"), min_value=0.1, max_value=MOST_KM / 5, step=5.0, key=KM.key)
    text = _TEXT.get().strip()
    if box := rectangle_of(text):
        st.button(
            escape_markdown(area_name(catalog, parse_area(box))),
            key="area_add_box",
            on_click=partial(_add_box, box),
            width="stretch",
        )
    elif text:
        _offer(points_of(loaded, text))


def _offer(points: Mapping[str, str]) -> None:
    """Offer the points of the text by name; the first is chosen unless another is."""
    if not points:
        st.caption(
            _(
                "No place here has this name, and these are no coordinates. Try another "
                "spelling, or coordinates such as 36.384, 38.863."
            )
        )
        return
    if _CHOICE.get() not in points:
        _CHOICE.clear()
    if len(points) > 1:
        st.selectbox(
            _("Which place"),
            list(points),
            format_func=lambda point: points.get(point, point),
            key=_CHOICE.key,
        )
    first = next(iter(points))
    text = _("Events within {km} km of {point}")
    point = escape_markdown(points[_CHOICE.get() or first])
    st.button(
        text.format(km=number(KM.get()), point=point),
        key="area_add",
        on_click=partial(_add_typed, first),
        width="stretch",
    )


def rectangle_of(text: str) -> str | None:
    """The rectangle between two corners as in a link; `None` for another text."""
    corners = _TO.split(text)
    if len(corners) != 2:
        return None
    try:
        one, other = map(parse_coordinates, corners)
        west, east = sorted((one.lon, other.lon))
        south, north = sorted((one.lat, other.lat))
        return str(BoxArea(west, south, east, north))
    except (CoordinatesError, AreaError):
        return None


def _add_box(text: str) -> None:
    add(text)
    _TEXT.clear()


def points_of(loaded: Loaded, text: str) -> Mapping[str, str]:
    """The points that a text may mean, "lon,lat", with their names: coordinates, or places by name."""
    try:
        point = parse_coordinates(text)
    except CoordinatesError:
        places, _number = loaded.place_search.find(text, _MOST_PLACES)
    else:
        shown = from_left(f"{point.lat:g}, {point.lon:g}")
        return {_point(point.lat, point.lon): shown}
    exact = fold(text)
    ordered = sorted(
        places, key=lambda place: exact not in (fold(place.name_en), fold(place.name_ar))
    )
    return {_point(place.lat, place.lon): _described(place) for place in ordered if place.on_map}


def _described(place: Place) -> str:
    return f"{both_names(place)} ({label(place.feature_class)})"


def _point(lat: float, lon: float) -> str:
    return f"{lon:.5f},{lat:.5f}"


def _add_typed(first: str) -> None:
    """A click on the offer: the fields as they are now, not as the last run saw them."""
    add_circle(_CHOICE.get() or first, KM.get())
    _TEXT.clear()
    _CHOICE.clear()


def add_circle(point: str, km: float) -> None:
    """Select the events within that many kilometres of a point, "lon,lat"."""
    add(f"circle:{point},{km}")


def add(text: str, catalog: Catalog | None = None) -> bool:
    """Add an area to the query by its text in a link; one that is none is said on the page.

    Outlines are those of the catalog. Returns whether the query has the area.
    """
    query = explore_query.current()
    outlines = catalog and catalog.vocabulary["outlines"]
    try:
        area = parse_area(text, outlines if isinstance(outlines, Mapping) else None)
    except AreaError as error:
        reason = translate(error.reason)
        explore_query.say(_("This area cannot be used: {reason}.").format(reason=reason))
        return False
    if len(query.areas) >= MOST_AREAS and area not in query.areas:
        message = _("At most {most} areas at a time: remove one first.")
        explore_query.say(message.format(most=number(MOST_AREAS)))
        return False
    explore_query.change(areas=tuple(dict.fromkeys([*query.areas, area])))
    return True


def remove(text: str) -> None:
    """Remove the area that has this text in a link."""
    areas = explore_query.current().areas
    explore_query.change(areas=tuple(area for area in areas if str(area) != text))


def area_name(catalog: Catalog, area: Area) -> str:
    """An area in words, e.g. "within 10 km of Ain Issa"."""
    return area_in_words(area, lambda field, value: facet_label(catalog.names, field, value)[0])


def around_button(lat: float, lon: float, *, key: str) -> None:
    """A button that selects the events around a point instead of those of a mark."""
    km = KM.get()
    text = _("Within {km} km of here")
    st.button(text.format(km=number(km)), key=key, on_click=partial(_around, _point(lat, lon), km))


def _around(point: str, km: float) -> None:
    add_circle(point, km)
    explore_query.change(place_ids=())
