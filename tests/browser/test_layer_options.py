"""What the map's scripts get of the layers: texts as they are, which scripts set as text."""

from datetime import date
from pathlib import Path

from dashboard.browser.layer_options import layer_days, layer_options
from dashboard.language.language import ARABIC, using_language
from dashboard.layers.folder import LayerFolder, LayerTexts
from dashboard.legend import palette
from dashboard.model.layer_style import ShownLayer
from tests.layers import make


def test_options_of_the_layers_that_are_here(tmp_path: Path):
    folder = LayerFolder(tmp_path / "layers")
    texts = LayerTexts("Control", "A Group", "CC BY 4.0", date(2021, 1, 1), date(2021, 1, 31))
    layer = make.added(folder, make.geojson(tmp_path / "a.geojson"), texts)
    shown = (ShownLayer("0" * 16), ShownLayer(layer.layer_id, "rose", 50, 3, 10))
    (options,) = layer_options(shown, folder.layers())
    assert options.address == f"../../map-layers/{layer.layer_id}"
    assert (options.title, options.about) == ("Control", "A Group, January 2021, CC BY 4.0")
    assert options.note == "1 shape without a date, always shown"
    assert (options.colour, options.opacity) == (palette.colour("layer-rose"), 0.5)
    assert (options.width, options.fill, options.kinds) == (3, 0.1, ("point", "line", "polygon"))
    with using_language(ARABIC):
        (arabic,) = layer_options(shown, folder.layers())
    assert "دائماً" in arabic.note


def test_days_of_a_layer_in_words():
    def days(start: date | None, end: date | None) -> str:
        return layer_days(LayerTexts("a", "b", "", start, end))

    assert days(None, None) == ""
    assert days(date(2021, 1, 18), date(2021, 1, 18)) == "18 January 2021"
    assert days(date(2021, 1, 1), date(2021, 1, 31)) == "January 2021"
    assert days(date(2020, 1, 1), date(2021, 12, 31)) == "1 January 2020 to 31 December 2021"
    assert days(date(2020, 1, 1), None) == "from 1 January 2020"
