"""Figures reproduced from their manifest on the command line."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.figure.__main__ import main
from dashboard.figure.manifest import manifest_of, read_manifest
from dashboard.layers.drawn import DrawnLayer, drawn_layers
from dashboard.layers.folder import LayerFolder, LayerTexts
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Measure
from dashboard.model.layer_style import ShownLayer
from dashboard.paper.content import Content
from dashboard.paper.figure import make_figure, save
from dashboard.paper.options import FigureLanguage, FigureOptions, Format
from dashboard.query.query import MapView, Query
from dashboard.settings import PROGRAM, Settings, read_settings
from dashboard.summary.summary import Summary
from dashboard.tiles.folder import BasemapFolder
from tests.layers import make
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events
from tests.tiles import make as tile_files

QUERY = Query(kinds=("arrest", "release"), start=date(2020, 12, 1), view=MapView(36.9, 41.0, 9))


@pytest.fixture
def original(corpus: Corpus, index: EventIndex, settings: Settings) -> tuple[dict, bytes]:
    """A manifest and its PDF."""
    return _figure_of(QUERY, corpus, index, settings)


def _figure_of(
    query: Query,
    corpus: Corpus,
    index: EventIndex,
    settings: Settings,
    layers: tuple[DrawnLayer, ...] = (),
) -> tuple[dict, bytes]:
    selected = selected_events(corpus, index, query)
    summary = Summary(selected, query, date(2026, 11, 23), index.size)
    options = FigureOptions(language=FigureLanguage.BOTH, title_en="Arrests")
    manifest = manifest_of(summary, options, layers).as_json()
    printed = make_figure(Content(summary, layers=layers), options, settings.basemap, PROGRAM)
    return manifest, save(printed, Format.PDF, manifest)


def test_the_figure_is_reproduced(original: tuple[dict, bytes], tmp_path: Path):
    manifest, pdf = original
    file, out = tmp_path / "figure.json", tmp_path / "again.pdf"
    file.write_text(json.dumps(manifest), encoding="utf-8")
    assert main([str(file), "-o", str(out)]) == 0
    assert out.read_bytes() == pdf


def test_sizes_of_marks_are_reproduced(
    corpus: Corpus, index: EventIndex, settings: Settings, tmp_path: Path
):
    by_events = _figure_of(replace(QUERY, measure=Measure.DETAINED), corpus, index, settings)
    query = replace(QUERY, size="figure", measure=Measure.DETAINED)
    manifest, pdf = _figure_of(query, corpus, index, settings)
    assert "size=figure" in manifest["link"]
    assert "measure=detained" in manifest["link"]
    file, out = tmp_path / "figure.json", tmp_path / "again.pdf"
    file.write_text(json.dumps(manifest), encoding="utf-8")
    assert main([str(file), "-o", str(out)]) == 0
    assert out.read_bytes() == pdf
    assert pdf != by_events[1]


def test_layers_are_reproduced(
    corpus: Corpus,
    index: EventIndex,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "workspace.sqlite"))
    folder = LayerFolder(read_settings().layers)
    layer = make.added(folder, make.geojson(tmp_path / "a.geojson"))
    query = replace(QUERY, layers=(ShownLayer(layer.layer_id, "rose"),))
    layers = drawn_layers(query.layers, folder.layers())
    plain, without = _figure_of(QUERY, corpus, index, settings)
    manifest, pdf = _figure_of(query, corpus, index, settings, layers)
    assert pdf != without
    assert "layers" not in plain
    assert [named["title"] for named in manifest["layers"]] == ["Areas of control"]
    file, out = tmp_path / "figure.json", tmp_path / "again.pdf"
    file.write_text(json.dumps(manifest), encoding="utf-8")
    assert main([str(file), "-o", str(out)]) == 0
    assert out.read_bytes() == pdf
    folder.change(layer.layer_id, LayerTexts("Another title", "A Mapping Group"))
    assert main([str(file), "-o", str(out)]) == 3
    assert "Another title" in capsys.readouterr().err
    folder.change(layer.layer_id, layer.texts)
    folder.change_labels(layer.layer_id, "")
    assert main([str(file), "-o", str(out)]) == 3
    assert f"labels of the layer {layer.layer_id}" in capsys.readouterr().err
    folder.remove(layer.layer_id)
    assert main([str(file), "-o", str(out)]) == 2
    assert f"expected the layer {layer.layer_id}" in capsys.readouterr().err


def test_another_file_of_the_basemap_is_reported(
    corpus: Corpus,
    index: EventIndex,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "workspace.sqlite"))
    folder = BasemapFolder(read_settings().basemaps)
    folder.folder.mkdir()
    tile_files.raster_pmtiles(folder.folder / "scan.pmtiles")
    folder.check_new()
    tiles = folder.basemaps()["scan.pmtiles"]
    query = replace(QUERY, basemap="scan.pmtiles")
    summary = Summary(selected_events(corpus, index, query), query, date(2026, 11, 23), index.size)
    manifest = manifest_of(summary, FigureOptions(), tiles=tiles).as_json()
    assert manifest["basemap"] == {
        "name": "scan.pmtiles",
        "title": "Scanned map",
        "sha256": tiles.sha256,
    }
    file, out = tmp_path / "figure.json", tmp_path / "again.png"
    file.write_text(json.dumps(manifest), encoding="utf-8")
    assert main([str(file), "-o", str(out)]) == 0
    tile_files.raster_pmtiles(folder.folder / "scan.pmtiles", (10, 90, 60))
    assert main([str(file), "-o", str(out)]) == 3
    assert "The basemap scan.pmtiles was" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_other_formats(original: tuple[dict, bytes], tmp_path: Path, ending: str):
    file, out = tmp_path / "figure.json", tmp_path / f"again.{ending}"
    file.write_text(json.dumps(original[0]), encoding="utf-8")
    assert main([str(file), "-o", str(out)]) == 0
    assert out.stat().st_size > 10_000


def test_changed_data_are_reported(
    original: tuple[dict, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    manifest = {**original[0], "data_sha256": "0" * 64, "event_map": "0.0.1", "events": 3}
    file = tmp_path / "figure.json"
    file.write_text(json.dumps(manifest), encoding="utf-8")
    assert main([str(file), "-o", str(tmp_path / "out.pdf")]) == 3
    errors = capsys.readouterr().err
    assert "The data have changed" in errors
    assert "it showed 3 events" in errors
    assert "The program was 0.0.1" in errors
    assert (tmp_path / "out.pdf").exists()


def test_a_value_that_no_longer_exists_is_reported(
    original: tuple[dict, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    manifest = {**original[0], "link": "?kind=arrest&kind=gone"}
    file = tmp_path / "figure.json"
    file.write_text(json.dumps(manifest), encoding="utf-8")
    assert main([str(file), "-o", str(tmp_path / "out.pdf")]) == 3
    assert "kind='gone'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("no json", "out.pdf"),
        ("{}", "out.pdf"),
        (None, "out.pdf"),
        ("{}", "out.docx"),
        ('{"title": "<script>"}', "out.svg"),
    ],
)
def test_other_files_are_refused(
    text: str | None, out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "figure.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert main([str(file), "-o", str(tmp_path / out)]) == 2
    assert str(file) in capsys.readouterr().err
    assert not (tmp_path / out).exists()


def test_the_hash_depends_on_the_selection(corpus: Corpus, index: EventIndex):
    def hash_of(query: Query) -> str:
        selected = selected_events(corpus, index, query)
        summary = Summary(selected, query, date(2026, 1, 1), index.size)
        return manifest_of(summary, FigureOptions()).data_sha256

    assert hash_of(QUERY) == hash_of(QUERY)
    assert hash_of(QUERY) != hash_of(Query())


def test_a_manifest_is_read_as_it_was_written(original: tuple[dict, bytes]):
    assert read_manifest(json.dumps(original[0])).as_json() == original[0]
