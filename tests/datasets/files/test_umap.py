"""A whole map of uMap as a file: its layers become a column."""

import json
from pathlib import Path

import pytest

from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.umap import umap


def _chunks(path: Path, text: str, layer: str | None = None) -> list[dict]:
    path.write_text(text, encoding="utf-8")
    file = InputFile(path, path.name)
    options = FileOptions(layer=layer)
    frames = [chunk.frame for chunk in umap(file, options, lambda _fault: None, 10)]
    return [row for frame in frames for row in frame.to_dict("records")]


def test_features_of_all_layers_are_rows_with_their_layer(tmp_path: Path):
    feature = {
        "type": "Feature",
        "properties": {"name": "A"},
        "geometry": {"type": "Point", "coordinates": [38.86, 36.38]},
    }
    layers = [
        {"type": "FeatureCollection", "features": [feature], "_umap_options": {"name": name}}
        for name in ("Clashes", "قصف")
    ]
    rows = _chunks(tmp_path / "a.umap", json.dumps({"type": "umap", "layers": layers}))
    assert [row["folder"] for row in rows] == ["Clashes", "قصف"]
    with pytest.raises(TableError):
        _chunks(tmp_path / "b.umap", '{"type": "umap"')
