"""The point of a place: typed as coordinates in any usual format, or clicked on a map."""

from collections.abc import Sequence

import streamlit as st

from dashboard.gazetteer.coordinates import Coordinates, CoordinatesError, parse_coordinates
from dashboard.language.messages import _
from dashboard.language.numbers import number
from dashboard.language.stored_text import translate
from dashboard.language.words import isolate
from dashboard.model.place import Place
from dashboard.project.project import Loaded
from dashboard.ui.components.small_map import picking_map
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.state.session import SessionValue


def point_field(
    loaded: Loaded, given: Place | Coordinates | None, near: Sequence[Place], key: str
) -> Coordinates | None:
    """The point that was typed or clicked last; a click fills in its coordinates."""
    field = SessionValue(f"{key}_coordinates", f"{given.lat}, {given.lon}" if given else "")
    seen = SessionValue[tuple[float, float] | None](f"{key}_clicked", None)
    marked = _parsed(field.stored())
    at = None
    if isinstance(marked, Coordinates):
        at = (marked.lat, marked.lon, marked.uncertainty_m)
    clicked = picking_map(loaded, at, near, key=f"{key}_map")
    if clicked and seen.get() != clicked:
        seen.set(clicked)
        field.set(f"{clicked[0]:.5f}, {clicked[1]:.5f}")
    written = st.text_input(
        _("Coordinates: click the map, or type them"),
        key=field.key,
        placeholder="36.384, 38.863 · 36°23′N 38°51′E · 37SDA8770526519",
        help=_("Latitude first; decimal degrees, degrees and minutes, or MGRS."),
    )
    point = _parsed(written)
    if isinstance(point, Coordinates):
        exact = isolate(f"{translate(point.form)}: {point.lat:.5f}, {point.lon:.5f}")
        message = _("{point} (precision as typed: ± {metres} m)")
        st.caption(message.format(point=exact, metres=number(point.uncertainty_m)))
        return point
    if written.strip():
        what = literal(isolate(translate(point.reason)))
        st.error(_("Coordinates: expected {what}").format(what=what))
    return None


def _parsed(text: str) -> Coordinates | CoordinatesError:
    try:
        return parse_coordinates(text)
    except CoordinatesError as error:
        return error
