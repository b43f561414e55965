"""What the map's scripts get of the layers: texts as they are, which scripts set as text."""

from datetime import date
from pathlib import Path

from dashboard.browser.layer_options import layer_options
from dashboard.language.language import ARABIC, using_language
from dashboard.language.words import without_isolates
from dashboard.layers.folder import LayerFolder, LayerTexts
from dashboard.legend import palette
from dashboard.model.layer_style import BY_LABEL, LABEL_COLOURS, OTHER_LABELS, ShownLayer
from tests.layers import make


def test_options_of_the_layers_that_are_here(tmp_path: Path):
    folder = LayerFolder(tmp_path / "layers")
    texts = LayerTexts(
        "Control", "A <b>Group</b>", "CC BY 4.0", date(2021, 1, 1), date(2021, 1, 31)
    )
    layer = make.added(folder, make.geojson(tmp_path / "a.geojson"), texts)
    shown = (ShownLayer("0" * 16), ShownLayer(layer.layer_id, "rose", 50, 3, 10))
    (options,) = layer_options(shown, folder.layers())
    assert options.address == f"../../map-layers/{layer.layer_id}?v={layer.version}"
    assert (options.title, without_isolates(options.about)) == (
        "Control",
        "A <b>Group</b>, January 2021, CC BY 4.0",
    )
    assert options.credit == "A &lt;b&gt;Group&lt;/b&gt;, CC BY 4.0"
    assert options.note == "1 shape without a date, always shown"
    assert (options.colour, options.opacity) == (palette.colour("layer-rose"), 0.5)
    assert (options.width, options.fill, options.kinds) == (3, 0.1, ("point", "line", "polygon"))
    assert (options.colours, options.others) == ((), "")
    with using_language(ARABIC):
        (arabic,) = layer_options(shown, folder.layers())
    assert "دائماً" in arabic.note


def test_a_colour_for_each_of_the_most_frequent_labels(tmp_path: Path):
    names = ["Party A", "Party B", "Party B", *(f"Party {letter}" for letter in "CDEFGH")]
    rows = {"name": names}
    path = make.geojson(tmp_path / "a.geojson", rows=rows, shapes=[make.CAMP] * len(names))
    folder = LayerFolder(tmp_path / "layers")
    layer = make.added(folder, path)
    (options,) = layer_options([ShownLayer(layer.layer_id, BY_LABEL)], folder.layers())
    assert [label for label, _colour in options.colours[:2]] == ["Party B", "Party A"]
    assert len({colour for _label, colour in options.colours}) == len(LABEL_COLOURS) == 7
    assert options.colour == palette.colour(f"layer-{OTHER_LABELS}")
    assert options.others
