"""The fields of a place, with a map to click; input is stored in the session until it is saved."""

from collections.abc import Sequence

import streamlit as st
from shapely.geometry import Point

from dashboard.gazetteer.coordinates import Coordinates
from dashboard.gazetteer.precision import radius_m
from dashboard.language.labels import label
from dashboard.language.messages import _
from dashboard.language.names import name_of
from dashboard.model.place import FeatureClass, Place, PlacePrecision
from dashboard.project.project import Loaded
from dashboard.ui.gazetteer.point_field import point_field

_CONTAINERS = frozenset(
    {
        FeatureClass.SUBDISTRICT,
        FeatureClass.DISTRICT,
        FeatureClass.GOVERNORATE,
        FeatureClass.REGION,
        FeatureClass.COUNTRY,
        FeatureClass.CITY,
        FeatureClass.TOWN,
    }
)


def place_form(
    loaded: Loaded,
    given: Place | Coordinates | None,
    name_ar: str,
    classes: Sequence[str],
    near: Sequence[Place],
    *,
    key: str,
) -> Place | None:
    """Show the fields, filled from `given` or, for a new place, from the name and its kind word.

    A new place may be given by its point. Returns the current draft, without an id; `None` as long as
    something that is needed is missing.
    """
    left, right = st.columns([6, 6], gap="medium")
    with right:
        point = point_field(loaded, given, near, key)
    given = given if isinstance(given, Place) else None
    with left:
        names = _names(given, name_ar, key)
        ours = _class(given, classes, key)
        precision = st.selectbox(
            _("Precision"),
            list(PlacePrecision),
            index=list(PlacePrecision).index(
                given.precision if given else PlacePrecision.SETTLEMENT
            ),
            format_func=label,
            key=f"{key}_precision",
        )
        uncertainty = st.number_input(
            _("Radius of uncertainty (metres)"),
            min_value=1,
            max_value=1_000_000,
            value=_uncertainty(given, point, precision or PlacePrecision.SETTLEMENT),
            key=f"{key}_uncertainty_{precision}",
        )
        within = _within(loaded, given, key)
        source = st.text_input(
            _("Source of the coordinates"),
            value=given.sources if given else "",
            placeholder=_("e.g. OCHA gazetteer, satellite image of 2021, a resident"),
            key=f"{key}_source",
        )
        doubt = st.text_input(
            _("Doubts (optional)"), value=given.doubt or "" if given else "", key=f"{key}_doubt"
        )
    if (
        point is None
        or precision is None
        or not all(name.strip() for name in names)
        or not source.strip()
    ):
        st.caption(_("To save, enter both names, a point, and its source."))
        return None
    lat, lon = round(point.lat, 6), round(point.lon, 6)
    return Place(
        place_id="",
        name_en=names[0].strip(),
        name_ar=names[1].strip(),
        feature_class=ours,
        within=within,
        geometry=Point(lon, lat),
        lat=lat,
        lon=lon,
        uncertainty_m=int(uncertainty),
        precision=precision,
        sources=source.strip(),
        doubt=doubt.strip() or None,
    )


def _names(given: Place | None, name_ar: str, key: str) -> tuple[str, str]:
    columns = st.columns(2)
    english = columns[0].text_input(
        _("Name in English"), value=given.name_en if given else "", key=f"{key}_name_en"
    )
    arabic = columns[1].text_input(
        _("Name in Arabic"), value=given.name_ar if given else name_ar, key=f"{key}_name_ar"
    )
    return english, arabic


def _class(given: Place | None, classes: Sequence[str], key: str) -> FeatureClass:
    likely = [FeatureClass(name) for name in classes]
    options = [*likely, *(item for item in FeatureClass if item not in likely)]
    return st.selectbox(
        _("Feature class"),
        options,
        index=options.index(given.feature_class) if given else 0,
        format_func=label,
        key=f"{key}_class",
    )


def _within(loaded: Loaded, given: Place | None, key: str) -> tuple[str, ...]:
    places = loaded.corpus.gazetteer.places
    options = [place.place_id for place in places.values() if place.feature_class in _CONTAINERS]
    containers = [place_id for place_id in given.within if place_id in places] if given else []
    place_ids = st.multiselect(
        _("Located in"),
        sorted({*options, *containers}, key=lambda place_id: name_of(places[place_id])),
        default=containers,
        format_func=lambda place_id: (
            f"{name_of(places[place_id])} ({label(places[place_id].feature_class)})"
        ),
        placeholder=_("none"),
        key=f"{key}_within",
        select_all=False,
    )
    return tuple(place_ids)


def _uncertainty(given: Place | None, point: Coordinates | None, precision: PlacePrecision) -> int:
    if given and given.precision is precision:
        return given.uncertainty_m
    return max(radius_m(precision), point.uncertainty_m if point else 0)
