"""The folium map: a base that is the same at each rerun, and the link of the events on it.

The map itself asks the server for the events of the link in the part that it shows
(frontend/map/linked_events.js). Our own scripts draw base and events from data, so no text is parsed as
HTML. Leaflet is served from the static folder, so no request leaves the machine. The data are encoded,
so no text becomes part of a template (`script_data.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import folium
import msgspec
from branca.element import MacroElement
from jinja2 import Template

from dashboard.browser.area_outlines import AreaOutline
from dashboard.browser.layer_options import LayerOptions
from dashboard.browser.map_style import (
    ground_colours,
    map_style,
    place_labels,
    road_lines,
    schematic_note,
)
from dashboard.browser.script_data import encode_for_script
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.legend import palette
from dashboard.map.first_view import Bounds
from dashboard.model.event import Attestation
from dashboard.model.grid import MAX_ZOOM, MIN_ZOOM, zoom_to_fit
from dashboard.model.listed_places import checked_places
from dashboard.model.place import Place
from dashboard.query.query import MapView
from dashboard.static_files import version

# The static folder and the route of events, relative to the address of the frame that shows the map.
_STATIC = "../../app/static"
_EVENTS = "../../map-data"
# The assumed size of a map before the browser has sent it, in pixels: a small laptop (1366x768).
WIDTH, HEIGHT = 607, 558


def _file(name: str) -> str:
    """The address of a file of the static folder; browsers keep it until its version changes."""
    return f"{_STATIC}/{name}?v={version()}"


class _OfflineMap(folium.Map):
    """A folium map that loads only scripts from the static folder."""

    default_js = [  # noqa: RUF012
        ("leaflet", _file("vendor/leaflet/leaflet.js")),
        ("event_map", _file("map/event_map.js")),
    ]
    default_css = [  # noqa: RUF012
        ("leaflet_css", _file("vendor/leaflet/leaflet.css")),
        ("event_map_css", _file("map/event_map.css")),
    ]


class _Base(MacroElement):
    """The offline basemap, the road, the legend and the first view."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        eventMap.addBase({{ this._parent.get_name() }}, "{{ this.data }}");
        {% endmacro %}"""
    )

    def __init__(self, data: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = type(self).__name__.strip("_")
        self.data = encode_for_script(data)


class _Events(_Base):
    """The events of a link; `addLayer` rather than `add_to`, as only the group can be addressed here."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        {{ this._parent.get_name() }}.addLayer(eventMap.events("{{ this.data }}"));
        {% endmacro %}"""
    )


def view_of_bounds(bounds: Bounds) -> MapView:
    """The centre and zoom at which a map of the usual size shows all of `bounds`."""
    south, west, north, east = bounds
    zoom = zoom_to_fit(south, west, north, east, WIDTH, HEIGHT)
    middle = round((south + north) / 2, 4), round((west + east) / 2, 4)
    return MapView(*middle, min(max(zoom, MIN_ZOOM), MAX_ZOOM))


def base_map(
    places: Mapping[str, Place],
    bounds: Bounds,
    view: MapView | None,
    *,
    legend: bool = False,
    presented: bool = False,
) -> folium.Map:
    """A map without events; equal arguments give equal scripts, so that it is not remounted.

    It shows `view`, or all of `bounds` if that is None. `legend` adds a legend; `presented` opens it
    and hides the buttons. The curated places are labelled, and roads among them drawn.
    """
    # The map reports its view before it has fitted the bounds: started there, it reports once.
    start = view or view_of_bounds(bounds)
    fmap = _OfflineMap(
        location=(start.lat, start.lon),
        zoom_start=start.zoom,
        tiles=None,
        # Folium uses `min_zoom` and `max_zoom` for tile layers only, and there is none.
        minZoom=MIN_ZOOM,
        maxZoom=MAX_ZOOM,
        zoom_control=not presented,
    )
    curated = {key: place for key, place in checked_places(places).items() if place.tier == 1}
    south, west, north, east = bounds
    base = {
        "restored": view is not None,
        "legend": legend,
        "presented": presented,
        "bounds": [[south, west], [north, east]],
        "roads": road_lines(curated),
        "style": map_style(),
        "basemap": {
            "base": f"{_STATIC}/basemap",
            "labels": place_labels(curated),
            "colours": ground_colours(),
            "missing": _("The basemap could not be loaded ({reason})."),
            "schematic": schematic_note(curated),
            "language": current().code,
        },
    }
    fmap.add_child(_Base(base))
    return fmap


@dataclass(frozen=True, slots=True)
class EventLink:
    """Which events the map shows: the parameters of the link, in the version `data` of all events.

    `seen` is the number of the last change of filters that the page has applied; the map may have shown
    a later one already. `areas` are those of the filters, `layers` those of analysts from the lowest
    on, `tiles` is the basemap of a file (`tile_options`). `extents` is that of the query.
    """

    params: Mapping[str, Sequence[str]]
    data: str
    seen: int
    areas: Sequence[AreaOutline] = ()
    layers: Sequence[LayerOptions] = ()
    tiles: Mapping[str, object] | None = None
    extents: bool = True


def event_group(link: EventLink, *, online: bool) -> folium.FeatureGroup:
    """The layer group that changes: the events of the link, and the online basemap if `online`."""
    group = folium.FeatureGroup(name="Events")
    if online:
        group.add_child(
            folium.TileLayer(
                "OpenStreetMap",
                name="OpenStreetMap",
                overlay=True,
                opacity=0.75,
                # The tile server asks for a Referer; the page gives none (server/answer_headers.py).
                referrer_policy="origin",
            )
        )
    pairs = sorted((name, value) for name, values in link.params.items() for value in values)
    events = {
        "address": _EVENTS,
        "params": pairs,
        "data": link.data,
        "seen": link.seen,
        "areas": msgspec.to_builtins(link.areas),
        "layers": msgspec.to_builtins(link.layers),
        "tiles": link.tiles,
        "extents": link.extents,
    }
    group.add_child(_Events({**events, "style": map_style()}))
    return group


def place_group(points: Iterable[tuple[float, float, int]]) -> folium.FeatureGroup:
    """A layer group with a mark and its uncertainty for each (lat, lon, metres); nothing to click."""
    group = folium.FeatureGroup(name="Places")
    for lat, lon, radius_m in points:
        group.add_child(
            folium.Circle(
                (lat, lon),
                radius=radius_m,
                color=palette.css_colour("area"),
                weight=1,
                dash_array="5 4",
                fill=True,
            )
        )
        group.add_child(
            folium.CircleMarker(
                (lat, lon),
                radius=7,
                color=palette.colour("paper"),
                weight=2,
                fill=True,
                fill_opacity=1,
                fill_color=palette.ATTESTATIONS[Attestation.CORROBORATED],
            )
        )
    return group
