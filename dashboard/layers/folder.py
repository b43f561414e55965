"""The folder of layers beside the workspace: each is one GeoJSON file and a record about it.

The id of a layer is made of what it drew when it was added, so that a link that names it shows the same
shapes. A copy of the file that it was read from is beside them: from it the labels can be read again, of
another column.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
import shapely

from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.layers.check import LayerError, read
from dashboard.layers.layer_file import LayerColumns, LayerCounts, LayerFeature
from dashboard.model.layer_style import (
    BY_LABEL,
    ID_DIGITS,
    LABEL_COLOURS,
    OTHER_LABELS,
    ShownLayer,
    is_layer_id,
)
from dashboard.model.message import message
from dashboard.model.permissions import Permission
from dashboard.model.viewer import require

MOST_TEXT = 300
_VERSION_DIGITS = 8


class LayerTexts(msgspec.Struct, frozen=True):
    """What the analyst says about a layer: title and source are needed, `licence` may be a credit too.

    `start` and `end` are the days that the layer as a whole is of; `None` for an unknown end.
    """

    title: str
    source: str
    licence: str = ""
    start: date | None = None
    end: date | None = None


class LayerRecord(msgspec.Struct, frozen=True):
    """The record of a layer.

    `file` and `sha256` are name and hash of the file that it was read from, `options` how it was opened.
    """

    texts: LayerTexts
    file: str
    sha256: str
    columns: LayerColumns
    counts: LayerCounts
    bounds: tuple[float, float, float, float]
    options: FileOptions = FileOptions()


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: its id, the path of its GeoJSON, and its record."""

    layer_id: str
    path: Path
    record: LayerRecord

    def colour(self, style: ShownLayer) -> str:
        """The name of the colour of all shapes that have none by their label."""
        return OTHER_LABELS if style.colour == BY_LABEL else style.colour

    def label_colours(self, style: ShownLayer) -> Mapping[str, str]:
        """The names of colours by label; none unless the style colours by label."""
        if style.colour != BY_LABEL:
            return {}
        return dict(zip(self.record.counts.labels, LABEL_COLOURS, strict=False))

    @property
    def version(self) -> str:
        """A text that is another one once the labels are of another column."""
        label = self.record.columns.label.encode(errors="replace")
        return hashlib.sha256(label).hexdigest()[:_VERSION_DIGITS]

    @property
    def texts(self) -> LayerTexts:
        """Title, source, licence and days."""
        return self.record.texts


@dataclass(frozen=True, slots=True)
class LayerFolder:
    """The layers in a folder, which is made when the first one is added."""

    folder: Path

    def layers(self) -> Mapping[str, Layer]:
        """The layers by id, in the order of their titles."""
        if not self.folder.is_dir():
            return {}
        found = [layer for path in self.folder.glob("*.json") if (layer := self._layer(path.stem))]
        found.sort(key=lambda layer: (layer.texts.title.casefold(), layer.layer_id))
        return {layer.layer_id: layer for layer in found}

    def layer(self, layer_id: str) -> Layer | None:
        """The layer of that id."""
        return self._layer(layer_id) if is_layer_id(layer_id) else None

    def add(
        self, file: InputFile, options: FileOptions, columns: LayerColumns, texts: LayerTexts
    ) -> Layer:
        """Read a file into the folder.

        Raises LayerError, UnclearError for a question, OSError, and NotPermittedError.
        """
        require(Permission.IMPORT)
        features, counts = read(file, options, columns)
        content = geojson(features)
        layer_id = hashlib.sha256(content).hexdigest()[:ID_DIGITS]
        if (there := self.layer(layer_id)) is not None:
            raise LayerError(
                message(
                    "{file}: the same shapes are here already, as {title}",
                    file=file.name,
                    title=there.texts.title,
                )
            )
        with file.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(self._path(layer_id), content)
        shutil.copyfile(file.path, self._source_path(layer_id))
        bounds = _bounds(features)
        record = LayerRecord(texts, file.name, digest, columns, counts, bounds, options)
        self._write_record(layer_id, record)
        return Layer(layer_id, self._path(layer_id), record)

    def change(self, layer_id: str, texts: LayerTexts) -> None:
        """Replace title, source, licence and days.

        Raises LayerError if there is none, OSError, and NotPermittedError.
        """
        require(Permission.IMPORT)
        layer = self._existing(layer_id)
        self._write_record(layer_id, msgspec.structs.replace(layer.record, texts=texts))

    def can_be_read_again(self, layer_id: str) -> bool:
        """Whether the file of a layer is here; those that were added before it was copied have none."""
        return self._source_path(layer_id).is_file()

    def change_labels(self, layer_id: str, column: str) -> None:
        """Take the labels from another column, "" for none. Raises as `add`."""
        require(Permission.IMPORT)
        record = self._existing(layer_id).record
        columns = msgspec.structs.replace(record.columns, label=column)
        file = InputFile(self._source_path(layer_id), record.file)
        features, counts = read(file, record.options, columns)
        _write(self._path(layer_id), geojson(features))
        changed = msgspec.structs.replace(record, columns=columns, counts=counts)
        self._write_record(layer_id, changed)

    def remove(self, layer_id: str) -> None:
        """Delete a layer. Raises LayerError if there is none, OSError, and NotPermittedError."""
        require(Permission.IMPORT)
        self._existing(layer_id)
        self._record_path(layer_id).unlink(missing_ok=True)
        self._path(layer_id).unlink(missing_ok=True)
        self._source_path(layer_id).unlink(missing_ok=True)

    def _existing(self, layer_id: str) -> Layer:
        layer = self.layer(layer_id)
        if layer is None:
            raise LayerError(message("this layer is no longer here"))
        return layer

    def _layer(self, layer_id: str) -> Layer | None:
        try:
            content = self._record_path(layer_id).read_bytes()
            record = msgspec.json.decode(content, type=LayerRecord)
        except (OSError, msgspec.MsgspecError):
            return None
        path = self._path(layer_id)
        return Layer(layer_id, path, record) if path.is_file() else None

    def _write_record(self, layer_id: str, record: LayerRecord) -> None:
        _write(self._record_path(layer_id), msgspec.json.encode(record))

    def _path(self, layer_id: str) -> Path:
        return self.folder / f"{layer_id}.geojson"

    def _record_path(self, layer_id: str) -> Path:
        return self.folder / f"{layer_id}.json"

    def _source_path(self, layer_id: str) -> Path:
        return self.folder / f"{layer_id}.source"


def geojson(features: Iterable[LayerFeature]) -> bytes:
    """The features as GeoJSON in EPSG:4326; a dated one has `days`: first and last, null if open."""
    rows = []
    for feature in features:
        properties: dict[str, object] = {"label": feature.label} if feature.label else {}
        if feature.dated:
            properties["days"] = [feature.first, feature.last]
        geometry = shapely.to_geojson(shapely.from_wkb(feature.wkb))
        about = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
        rows.append(f'{{"type":"Feature","properties":{about},"geometry":{geometry}}}')
    text = ",\n".join(rows)
    content = f'{{"type":"FeatureCollection","features":[\n{text}\n]}}\n'
    # A cell may have half of a surrogate pair, which UTF-8 cannot hold.
    return content.encode("utf-8", errors="replace")


def _bounds(features: Iterable[LayerFeature]) -> tuple[float, float, float, float]:
    shapes = shapely.from_wkb([feature.wkb for feature in features])
    west, south, east, north = map(float, shapely.total_bounds(shapes))
    return west, south, east, north


def _write(path: Path, content: bytes) -> None:
    """Write a file that is complete under its name."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_bytes(content)
    part.replace(path)
