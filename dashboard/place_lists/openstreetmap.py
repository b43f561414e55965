"""Places of an extract of OpenStreetMap: features with `place=*`, in GeoJSON, GeoPackage or CSV.

Other tags may be in one text: "name:ar"=>"...", as GDAL writes them (hstore).
"""

import re
from collections.abc import Collection, Iterator
from functools import cache

from dashboard.model.place import FeatureClass
from dashboard.model.place_list import ListedPlace
from dashboard.place_lists.rows import Rows, classes_of
from dashboard.place_lists.tables import Cells, first_of, text_of

FORMAT = "osm"
_IDS = ("@id", "id", "osm_id", "osm_way_id", "full_id")
# Historical names (old_name) are left out; of several in one tag a semicolon is between two.
_NAMES = tuple(
    f"{name}{language}"
    for language in ("", ":ar", ":en", ":ku", ":kmr", ":ckb", ":tr")
    for name in ("name", "official_name", "alt_name", "short_name", "int_name", "loc_name")
)
_TAG = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=>\s*"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")
_KEY = re.compile(r"(?:(node|way|relation|n|w|r)/?)?(-?\d{1,20})")


def is_osm(columns: Collection[str]) -> bool:
    """Whether the columns, in lower case, are those of an extract with places."""
    named = set(columns)
    return "place" in named and not named.isdisjoint(_IDS) and bool(named & {"name", "other_tags"})


class OpenStreetMap:
    """Reads the rows of one layer."""

    def read(self, cells: Cells, rows: Rows) -> Iterator[ListedPlace]:
        """The place of a row."""
        tags = {**tags_of(cells.get("other_tags")), **{k: v for k, v in cells.items() if v}}
        key = _key(tags)
        names = [part for name in _NAMES for part in text_of(tags, name).split(";")]
        place = rows.place(
            key,
            _classes().get(text_of(tags, "place")),
            (
                first_of(tags, "latitude", "lat", "@lat", "y"),
                first_of(tags, "longitude", "lon", "@lon", "x"),
            ),
            names,
            f"OpenStreetMap {key.removeprefix('osm_').replace('_', ' ')}",
            country=text_of(tags, "iso3166-1:alpha2", "is_in:country_code", "addr:country"),
        )
        if place is not None:
            yield place


def tags_of(text: object) -> dict[str, str]:
    """The tags of a text in hstore's notation; none for anything else."""
    if not isinstance(text, str):
        return {}
    pairs = _TAG.findall(text)
    return {_ESCAPED.sub(r"\1", key).lower(): _ESCAPED.sub(r"\1", value) for key, value in pairs}


@cache
def _classes() -> dict[str, FeatureClass]:
    return classes_of(FORMAT)


def _key(tags: Cells) -> str:
    """The type and number of the object, e.g. "osm_node_27565124"."""
    match = _KEY.fullmatch(text_of(tags, *_IDS))
    if match is None:
        point = (text_of(tags, "longitude", "lon"), text_of(tags, "latitude", "lat"))
        return f"osm_{'_'.join(point)}_{text_of(tags, 'name')}"
    given = match[1] or text_of(tags, "@type", "osm_type", "type")
    kinds = {"n": "node", "w": "way", "r": "relation"}
    by_column = "way" if text_of(tags, "osm_way_id") and not text_of(tags, "osm_id") else "node"
    return f"osm_{kinds.get(given[:1].lower(), by_column)}_{match[2].lstrip('-')}"
