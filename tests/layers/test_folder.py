"""The folder of layers: a GeoJSON file and a record each, found by an id made of what it draws."""

import json
from pathlib import Path

import msgspec
import pytest

from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.layers.check import LayerError
from dashboard.layers.folder import LayerFolder, LayerTexts, geojson
from dashboard.layers.layer_file import Column, LayerColumns, LayerFeature
from dashboard.layers.proposed_columns import proposed_columns
from dashboard.model.layer_style import is_layer_id
from tests.layers import make


@pytest.fixture
def folder(tmp_path: Path) -> LayerFolder:
    return LayerFolder(tmp_path / "layers")


def test_a_layer_is_added_and_found_again(folder: LayerFolder, tmp_path: Path):
    assert folder.layers() == {}
    layer = make.added(folder, make.geojson(tmp_path / "a.geojson"))
    assert is_layer_id(layer.layer_id)
    (found,) = LayerFolder(folder.folder).layers().values()
    assert found == layer
    assert found.texts == make.TEXTS
    assert found.record.columns == LayerColumns("name", "from", "to")
    assert found.record.file == "a.geojson"
    assert len(found.record.sha256) == 64
    assert found.record.bounds == pytest.approx((38.0, 36.0, 39.4, 37.0))


def test_the_file_has_labels_and_days_and_nothing_else(folder: LayerFolder, tmp_path: Path):
    layer = make.added(folder, make.geojson(tmp_path / "a.geojson"))
    features = json.loads(layer.path.read_bytes())["features"]
    assert [feature["properties"] for feature in features] == [
        {"label": f"Area {make.HTML}", "days": [18628, 18647]},
        {"label": "Front line", "days": [18659, None]},
        {"label": "Camp"},
    ]
    assert features[2]["geometry"] == {"type": "Point", "coordinates": [38.86, 36.41]}


def test_the_id_is_that_of_the_content(folder: LayerFolder, tmp_path: Path):
    first = make.added(folder, make.geojson(tmp_path / "a.geojson"))
    again = make.geojson(tmp_path / "b.geojson")
    with pytest.raises(LayerError, match="the same shapes are here already, as Areas of control"):
        make.added(folder, again)
    # Without its label it draws something else.
    other = folder.add(InputFile(again, "b.geojson"), FileOptions(), LayerColumns(), make.TEXTS)
    assert other.layer_id != first.layer_id


def test_texts_are_changed_and_a_layer_is_removed(folder: LayerFolder, tmp_path: Path):
    layer = make.added(folder, make.geojson(tmp_path / "a.geojson"))
    folder.change(layer.layer_id, LayerTexts("Other title", "Other source"))
    assert folder.layers()[layer.layer_id].texts == LayerTexts("Other title", "Other source")
    folder.remove(layer.layer_id)
    assert folder.layers() == {}
    assert list(folder.folder.glob("*.*json")) == []
    with pytest.raises(LayerError, match="no longer here"):
        folder.remove(layer.layer_id)


def test_the_labels_are_read_again_of_another_column(folder: LayerFolder, tmp_path: Path):
    rows = {**make.ROWS, "side": ["A", "B", "A"]}
    layer = make.added(folder, make.geojson(tmp_path / "a.geojson", rows=rows))
    assert folder.can_be_read_again(layer.layer_id)
    folder.change_labels(layer.layer_id, "side")
    changed = folder.layers()[layer.layer_id]
    assert changed.record.columns.label == "side"
    assert changed.record.counts.labels == ("A", "B")
    assert changed.record.counts.dated == layer.record.counts.dated
    assert changed.version != layer.version
    assert '"label":"B"' in changed.path.read_text()
    folder.remove(layer.layer_id)
    assert list(folder.folder.iterdir()) == []


@pytest.mark.parametrize("layer_id", ["", "..", "../a", "0" * 16, "A" * 16, "a" * 17])
def test_no_other_name_is_a_layer(folder: LayerFolder, layer_id: str):
    folder.folder.mkdir()
    (folder.folder.parent / "a.json").write_text("{}")
    assert folder.layer(layer_id) is None


def test_a_damaged_record_is_no_layer(folder: LayerFolder, tmp_path: Path):
    layer = make.added(folder, make.geojson(tmp_path / "a.geojson"))
    (folder.folder / f"{layer.layer_id}.json").write_bytes(b'{"texts":')
    assert folder.layers() == {}


def test_half_of_a_surrogate_pair_is_replaced():
    point = make.CAMP.wkb
    feature = LayerFeature(point, label="a\ud800b")
    assert json.loads(geojson([feature]))["features"][0]["properties"]["label"] == "a?b"
    assert msgspec.json.decode(geojson([]))["features"] == []


def test_columns_are_proposed_by_name_if_their_cells_fit():
    columns = [
        Column("OBJECTID", ("1", "2")),
        Column("Start", ("5", "6")),
        Column("Valid from", ("2021-01", "some day", "3/4/2021")),
        Column("Faction", ("Party A", "Party B")),
    ]
    assert proposed_columns(columns) == LayerColumns("Faction", "Valid from", "")
    assert proposed_columns(columns[:2]) == LayerColumns()
