"""The features of a uMap file, whose layers are collections of GeoJSON; the layer is a column "folder".

Source: umap-project, export of a whole map ({"type": "umap", "layers": [...]}). A map of a browser is
small, so that one layer after the other is read into memory, of files up to 200 MB.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import ijson

from dashboard.datasets.files.chunks import Chunk, ReportFault, batches
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.geojson import Feature, feature_of, features_chunk
from dashboard.datasets.files.geometries import WGS84
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.json_text import REPLACED, Utf8Stream, as_json, whole_objects
from dashboard.model.errors import Fault
from dashboard.model.message import message

_MOST_BYTES = 200_000_000
# What programs call the settings of a layer: uMap up to version 2, and since.
_SETTINGS = ("_umap_options", "_storage")


def umap(file: InputFile, options: FileOptions, report: ReportFault, size: int) -> Iterator[Chunk]:
    """The features of all layers, or of the layer chosen, as chunks of `size`; raises TableError."""
    if file.size > _MOST_BYTES:
        raise TableError(
            message(
                "{file}: expected at most {most} MB, found more",
                file=file.name,
                most=f"{_MOST_BYTES >> 20:,}",
            )
        )
    total = max(file.size, 1)
    with file.open() as raw:
        features = _features(file.name, Utf8Stream(raw), options.layer, report)
        for batch in batches(features, size):
            share = min(raw.tell() / total, 1.0)
            yield features_chunk(file.name, batch, WGS84, share, report)


def _features(
    name: str, text: Utf8Stream, chosen: str | None, report: ReportFault
) -> Iterator[Feature]:
    number, layers = 0, []
    for layer in whole_objects(name, ijson.items(text, "layers.item"), "a file of uMap"):
        title = _title(layer)
        layers.append(title)
        if chosen is not None and title != chosen:
            continue
        for item in _members(layer):
            number += 1
            try:
                feature = feature_of(number, item)
                damaged = text.damaged and REPLACED in as_json([feature.row, feature.geometry])
            except (ValueError, RecursionError) as error:
                report(Fault(name, number, "", message("a Feature of GeoJSON"), str(error)))
                continue
            if damaged:
                report(Fault(name, number, "", message("text in UTF-8"), "bytes that are none"))
                continue
            feature.row.setdefault("folder", title)
            yield feature
    if chosen is not None and chosen not in layers:
        raise TableError(
            message(
                "{file}: expected the layer {chosen}, found {found}",
                file=name,
                chosen=chosen,
                found=f"{', '.join(layers):.200}",
            )
        )


def _members(layer: Any) -> list[Any]:
    features = layer.get("features") if isinstance(layer, Mapping) else None
    return features if isinstance(features, list) else []


def _title(layer: Any) -> str:
    """The name of a layer, "" if it has none."""
    settings = (layer.get(key) for key in _SETTINGS) if isinstance(layer, Mapping) else ()
    names = (item.get("name") for item in settings if isinstance(item, Mapping))
    return str(next((name for name in names if name), ""))
