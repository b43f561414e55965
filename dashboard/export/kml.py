"""The selection as KML for Google Earth: a placemark for each place of each event, with its claims."""

import html
from collections.abc import Iterable, Mapping
from typing import Any

import simplekml
from lxml import etree

from dashboard.datasets.event_map.acled_columns import stance_words
from dashboard.datasets.event_map.layouts import LAYER
from dashboard.export.geometry import areas, event_points, movements
from dashboard.export.selection import Export, by_event, records
from dashboard.legend import palette
from dashboard.model.event import EventGroup
from dashboard.text.escape import escape, without_controls

_NAMESPACE = "http://www.opengis.net/kml/2.2"


def to_kml(export: Export) -> bytes:
    """Folders of events by group of kinds, of movements and of areas; lon before lat."""
    kml = simplekml.Kml(name="Event map")
    kml.document.description = "<br>".join(
        f"{escape(key)}: {escape(value)}" for key, value in export.about.items()
    )
    claims = by_event(export.claims)
    points = event_points(export)
    for group in EventGroup:
        folder = kml.newfolder(name=group.value)
        for row in records(points[points["group"] == group.value]):
            _placemark(folder, row, claims.get(row["event_id"], []), palette.GROUPS[group])
    folder = kml.newfolder(name="movements")
    for row in records(movements(export)):
        line = folder.newlinestring(name=_name(row), coords=list(row["geometry"].coords))
        line.extendeddata.newdata(LAYER, "movement")
        line.style.linestyle.color = _colour(palette.GROUPS[EventGroup.MOVEMENT])
        line.style.linestyle.width = 3
    _outlines(kml.newfolder(name="areas"), export)
    return _tidied(str(kml.kml()).encode("utf-8"))


def _tidied(kml: bytes) -> bytes:
    """Remove the icon URLs that simplekml writes, so that viewers request no host.

    It also writes a point at 0, 0 for an event without a place: such a placemark gets no geometry.
    """
    root = etree.fromstring(kml)
    for icon in list(root.iter(f"{{{_NAMESPACE}}}Icon")):
        icon.getparent().remove(icon)
    for placemark in root.iter(f"{{{_NAMESPACE}}}Placemark"):
        if placemark.findtext(f"{{{_NAMESPACE}}}visibility") == "0":
            placemark.remove(placemark.find(f"{{{_NAMESPACE}}}Point"))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _placemark(
    folder: simplekml.Folder,
    event: Mapping[str, Any],
    claims: Iterable[Mapping[str, Any]],
    colour: str,
) -> None:
    point = folder.newpoint(name=_name(event))
    geometry = event["geometry"]
    if geometry is not None:
        point.coords = [(geometry.x, geometry.y)]
    else:
        point.visibility = 0
    point.description = _description(event, claims)
    if event["date_start"] or event["date_end"]:
        point.timespan.begin = event["date_start"]
        point.timespan.end = event["date_end"]
    point.style.iconstyle.color = _colour(colour)
    for name, value in event.items():
        if name != "geometry" and value is not None:
            point.extendeddata.newdata(without_controls(name), _xml(str(value)))


def _description(event: Mapping[str, Any], claims: Iterable[Mapping[str, Any]]) -> str:
    """The HTML of the balloon in Google Earth."""
    facts = {
        "From": event["date_start"],
        "To": event["date_end"],
        "Date precision": event["date_precision"],
        "Attestation": event["attestation"],
        "Verification": event["verification"],
        "Verification of the place": event["place_verification"],
        "Place": event["place"],
        "Precision": event["place_precision"],
        "Uncertainty (m)": event["uncertainty_m"],
        "Summary": event["summary_en"],
    }
    lines = [f"<b>{name}</b>: {escape(str(value))}" for name, value in facts.items() if value]
    for claim in claims:
        who = claim["speaker_en"] or claim["outlet_en"]
        lines.append(
            f"<b>{escape(stance_words(claim))}</b>: {escape(who)} ({escape(claim['outlet_en'])}), "
            f'<span dir="rtl">{escape(claim["quote"])}</span>'
        )
    return "<br>".join(lines)


def _outlines(folder: simplekml.Folder, export: Export) -> None:
    for row in records(areas(export)):
        name = _name(row)
        for part in getattr(row["geometry"], "geoms", [row["geometry"]]):
            if part.geom_type == "Polygon":
                outline = folder.newpolygon(name=name, outerboundaryis=list(part.exterior.coords))
                outline.style.polystyle.color = simplekml.Color.changealphaint(40, "ff975f5b")
            else:
                outline = folder.newlinestring(name=name, coords=list(part.coords))
            outline.extendeddata.newdata(LAYER, "area")
            outline.style.linestyle.color = "ff975f5b"


def _name(event: Mapping[str, Any]) -> str:
    # simplekml writes names as XML text by itself.
    return without_controls(f"{event['title_en']} · {event['title_ar']}")


def _xml(text: str) -> str:
    """A text for an element: simplekml does not escape the values of extended data."""
    return html.escape(without_controls(text), quote=False)


def _colour(colour: str) -> str:
    """KML's order: alpha, blue, green, red."""
    return f"ff{colour[5:7]}{colour[3:5]}{colour[1:3]}".lower()
