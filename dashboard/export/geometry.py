"""The selection as geometries, and a GeoPackage that QGIS opens with its own style."""

import sqlite3
import tempfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point

from dashboard.datasets.event_map.layouts import Layout
from dashboard.export.selection import Export, records
from dashboard.export.tables import file_cells, flat_table
from dashboard.legend import palette
from dashboard.model.event import EventGroup
from dashboard.text.escape import without_controls

CRS = "EPSG:4326"
_OUTLINES = frozenset({"Polygon", "MultiPolygon", "LineString", "MultiLineString"})


def event_points(export: Export) -> gpd.GeoDataFrame:
    """One row per event and place with its point; None for an event without a place."""
    columns, rows = flat_table(export, Layout.PLACE)
    stated = file_cells(export)
    columns = [*columns[:-1], *stated, columns[-1]]
    # SQLite ends a text at a NUL.
    cells = [[_clean((row | stated).get(name)) for name in columns] for row in rows]
    frame = pd.DataFrame(cells, columns=[without_controls(name) for name in columns])
    points = [
        Point(row["longitude"], row["latitude"]) if row.get("latitude") is not None else None
        for row in rows
    ]
    return gpd.GeoDataFrame(frame.convert_dtypes(), geometry=points, crs=CRS)


def _clean(value: object) -> object:
    return without_controls(value) if isinstance(value, str) else value


def movements(export: Export) -> gpd.GeoDataFrame:
    """One line per pair of start and end of an event that moves."""
    starts = export.places[export.places["role"] == "from"]
    ends = export.places[export.places["role"] == "to"]
    pairs = starts.merge(ends, on="event_id", suffixes=("_from", "_to"))
    pairs = pairs[pairs["place_id_from"] != pairs["place_id_to"]]
    columns = ["event_id", "place_id_from", "name_en_from", "name_ar_from"]
    columns += ["place_id_to", "name_en_to", "name_ar_to"]
    rows = pairs.merge(_event_columns(export), on="event_id")
    lines = [
        LineString([(row[f"longitude_{end}"], row[f"latitude_{end}"]) for end in ("from", "to")])
        for row in records(rows)
    ]
    names = [*columns, *(name for name in _event_columns(export).columns if name != "event_id")]
    return gpd.GeoDataFrame(rows[names], geometry=lines, crs=CRS)


def areas(export: Export) -> gpd.GeoDataFrame:
    """The outlines of areas and roads with events, one row per event and outline."""
    outlines = [
        (number, geometry)
        for number, geometry in enumerate(export.geometry)
        if geometry.geom_type in _OUTLINES
    ]
    rows = export.places.iloc[[number for number, _geometry in outlines]]
    rows = rows.merge(_event_columns(export), on="event_id", how="left")
    return gpd.GeoDataFrame(rows, geometry=[geometry for _n, geometry in outlines], crs=CRS)


def _event_columns(export: Export) -> pd.DataFrame:
    return export.events[
        ["event_id", "title_en", "title_ar", "kind", "group", "date_start", "date_end",
         "date_precision", "attestation", "verification", "place_verification"]
    ]  # fmt: skip


def to_geopackage(export: Export) -> bytes:
    """A GeoPackage: layers events, movements and areas with stored styles; tables claims, articles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.gpkg"
        for name, layer in (
            ("events", event_points(export)),
            ("movements", movements(export)),
            ("areas", areas(export)),
        ):
            layer.to_file(path, layer=name, driver="GPKG", geometry_type=_GEOMETRY[name])
        about = pd.DataFrame(export.about.items(), columns=["about", "text"])
        with sqlite3.connect(path) as connection:
            for name, table in (
                ("claims", export.claims),
                ("actors", export.actors),
                ("estimates", export.estimates),
                ("relations", export.relations),
                ("articles", export.articles),
                ("about", about),
            ):
                _attributes(connection, name, table)
            _store_styles(connection)
        connection.close()
        return path.read_bytes()


_GEOMETRY = {"events": "Point", "movements": "LineString", "areas": "Unknown"}


def _attributes(connection: sqlite3.Connection, name: str, table: pd.DataFrame) -> None:
    """A table without geometry, registered so that QGIS lists it."""
    table.to_sql(name, connection, index_label="fid")
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
        "VALUES (?, 'attributes', ?, 0)",
        (name, name),
    )


def _store_styles(connection: sqlite3.Connection) -> None:
    """Write `layer_styles`, in which QGIS looks for styles, with the columns that QGIS uses."""
    connection.execute(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, "
        "styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, "
        "owner TEXT, ui TEXT, update_time DATETIME DEFAULT CURRENT_TIMESTAMP)"
    )
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', 0)"
    )
    for layer, style in (("events", _by_group()), ("movements", _line()), ("areas", "")):
        if style:
            connection.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner)"
                " VALUES ('', '', ?, 'geom', 'event map', ?, '', 1, 'Colours of the event map', '')",
                (layer, style),
            )


def _by_group() -> str:
    """A QML style: one circle per group of kinds, in the colours of the map."""
    categories = "".join(
        f'<category render="true" symbol="{number}" value="{group.value}" label="{group.value}"/>'
        for number, group in enumerate(EventGroup)
    )
    symbols = "".join(
        f'<symbol type="marker" name="{number}" alpha="1"><layer class="SimpleMarker" enabled="1">'
        f'<Option type="Map"><Option type="QString" name="color" value="{_rgb(palette.GROUPS[group])}"/>'
        '<Option type="QString" name="name" value="circle"/>'
        '<Option type="QString" name="outline_color" value="255,255,255,255"/>'
        '<Option type="QString" name="size" value="3.2"/></Option></layer></symbol>'
        for number, group in enumerate(EventGroup)
    )
    return (
        '<!DOCTYPE qgis><qgis styleCategories="Symbology" version="3.34">'
        '<renderer-v2 type="categorizedSymbol" attr="group" forceraster="0" symbollevels="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2></qgis>"
    )


def _line() -> str:
    """A QML style: a line with an arrow in the colour of movements."""
    colour = _rgb(palette.GROUPS[EventGroup.MOVEMENT])
    return (
        '<!DOCTYPE qgis><qgis styleCategories="Symbology" version="3.34">'
        '<renderer-v2 type="singleSymbol" forceraster="0" symbollevels="0"><symbols>'
        '<symbol type="line" name="0" alpha="1"><layer class="ArrowLine" enabled="1">'
        '<Option type="Map"><Option type="QString" name="arrow_width" value="0.7"/>'
        '<Option type="QString" name="head_length" value="2.5"/></Option>'
        '<symbol type="fill" name="@0@0" alpha="1"><layer class="SimpleFill" enabled="1">'
        f'<Option type="Map"><Option type="QString" name="color" value="{colour}"/>'
        '<Option type="QString" name="outline_style" value="no"/></Option></layer></symbol>'
        "</layer></symbol></symbols></renderer-v2></qgis>"
    )


def _rgb(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"
