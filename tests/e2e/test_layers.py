"""Layers of analysts: a file is dropped, lies below the marks, follows dates, and is in the figure."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from dashboard.layers.folder import LayerFolder
from dashboard.settings import read_settings
from tests.e2e import app
from tests.e2e.conftest import Open
from tests.layers import make

VIEW = "map=36.45,38.8,9"


@pytest.fixture(autouse=True)
def folder() -> Iterator[LayerFolder]:
    """The folder of the tests' workspace, empty again afterwards."""
    folder = LayerFolder(read_settings().layers)
    yield folder
    for layer_id in folder.layers():
        folder.remove(layer_id)


def _shapes(page: Page, count: int) -> None:
    """Wait until the map draws that many shapes of layers."""
    drawn = app.the_map(page).locator(f"[data-layer-shapes='{count}']")
    expect(drawn).to_be_attached(timeout=app.SLOW_MS)


def test_a_file_is_dropped_and_lies_below_the_marks(
    open_app: Open, address: str, folder: LayerFolder, tmp_path: Path
):
    with open_app("/data") as visit:
        page = visit.page
        page.get_by_label("Your name").fill("Rana")
        page.keyboard.press("Enter")
        app.settled(page)
        field = page.locator("[class*='st-key-layer_upload'] input[type=file]")
        field.set_input_files(make.geojson(tmp_path / "control.geojson"))
        page.get_by_role("textbox", name="Source (needed)").fill("A Mapping Group")
        app.settled(page)
        page.get_by_role("button", name="Add the layer").click()
        expect(page.get_by_text("was added")).to_be_visible(timeout=app.SLOW_MS)
        (layer,) = folder.layers().values()
        page.goto(f"{address}/?{VIEW}&layer={layer.layer_id},rose,90,3,40")
        app.ready(page)
        _shapes(page, 3)
        # Its title and source are in the legend, as text.
        legend = app.the_map(page).locator(".legend-layer")
        expect(legend).to_contain_text("A Mapping Group")
        # A mark above the area is clicked, not the area.
        app.marks(page).first.click()
        app.wait_until(page, lambda: "at" in app.link(page), True)
        assert visit.outside == []
        assert visit.errors == []


def test_a_link_shows_the_shapes_of_its_window(open_app: Open, folder: LayerFolder, tmp_path: Path):
    layer = make.added(folder, make.geojson(tmp_path / "control.geojson"))
    style = f"layer={layer.layer_id},navy,80,2,30"
    with open_app(f"/?{VIEW}&{style}&from=2021-01-02&to=2021-01-10&tab=figure") as visit:
        page = visit.page
        # The front line is of February.
        _shapes(page, 2)
        # The label of the area is text, whatever is in it.
        app.the_map(page).locator(".leaflet-container").hover(position={"x": 330, "y": 420})
        tip = app.the_map(page).locator(".context-tip")
        expect(tip).to_contain_text(make.HTML, timeout=app.SLOW_MS)
        # The figure draws it: its description is that of the link, with the same layer.
        figure = page.get_by_test_id("stImage").locator("img")
        expect(figure).to_be_visible(timeout=app.SLOW_MS)
        expect(page.get_by_role("button", name="Download the figure")).to_be_visible()
        assert style in unquote(page.url)
        assert visit.errors == []


def test_dated_shapes_follow_the_handle_of_the_timeline_while_it_is_dragged(
    open_app: Open, folder: LayerFolder, tmp_path: Path
):
    layer = make.added(folder, make.geojson(tmp_path / "control.geojson"))
    with open_app(f"/?{VIEW}&layer={layer.layer_id}") as visit:
        page = visit.page
        app.ready(page)
        _shapes(page, 3)
        app.settled(page)
        first, last = (
            page.get_by_role("slider", name=f"{name} day").bounding_box()
            for name in ("First", "Last")
        )
        assert first
        assert last
        y, left = last["y"] + last["height"] / 2, first["x"] + first["width"] / 2
        right = last["x"] + last["width"] / 2
        page.mouse.move(right, y)
        page.mouse.down()
        # The days of the data are 10 November to 28 February: first to January, then to December.
        page.mouse.move(left + 0.6 * (right - left), y, steps=8)
        _shapes(page, 2)
        page.mouse.move(left + 0.36 * (right - left), y, steps=8)
        _shapes(page, 1)
        assert "to=" not in page.url
        page.mouse.up()
        app.wait_until(page, lambda: "to" in app.link(page), True)
        app.settled(page)
        _shapes(page, 1)
        assert visit.errors == []
