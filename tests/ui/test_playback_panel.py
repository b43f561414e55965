"""A playback in the Export panel: its options, what cannot be drawn, and drawing in another process."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from dashboard.export.coarsen import Coarseness
from dashboard.export.other_process import Watch, write_in_other_process
from dashboard.export.playback.options import PlaybackOptions
from dashboard.export.write import ExportError, ExportRequest
from dashboard.language.language import ARABIC, ENGLISH
from dashboard.timeline.playback import PlayedWindow
from dashboard.ui.explore.export_job import ExportOrder, start_export
from dashboard.ui.explore.playback_panel import PlaybackFile
from tests.ui.running import texts

LINK = "kind=release"


def _panel(format_: str) -> None:
    from dashboard.export.coarsen import Coarseness
    from dashboard.project.linked import Linked
    from dashboard.query.query import Query
    from dashboard.ui.explore.playback_panel import PlaybackFile, playback_panel
    from dashboard.ui.project import catalog, load

    loaded = load()
    linked = Linked(loaded, catalog(loaded), Query())
    file = PlaybackFile(format_, Coarseness.ORIGINAL, f"a.{format_}", "image/gif", accepted=True)
    playback_panel(linked, file, 46)


def _run(format_: str) -> AppTest:
    app = AppTest.from_function(_panel, default_timeout=90, kwargs={"format_": format_})
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.usefixtures("workspace")
def test_the_panel_says_how_many_pictures_there_are_and_how_long_they_take():
    app = _run("gif")
    assert "16 pictures in 15 seconds." in texts(app)
    app.selectbox(key="playback_window").select(PlayedWindow.MONTH).run()
    app.selectbox(key="playback_seconds").select(30).run()
    assert "4 pictures in 30 seconds." in texts(app)
    assert not app.button(key="export_start").disabled
    assert PlaybackFile("gif", Coarseness.DISTRICT, "a", "b", accepted=False).name == "a"


@pytest.mark.usefixtures("workspace")
def test_without_its_package_mp4_is_no_dead_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("dashboard.ui.explore.playback_panel.has_mp4", lambda: False)
    app = _run("mp4")
    assert "requirements-video.txt" in "".join(texts(app))
    assert not app.button


def _order() -> ExportOrder:
    playback = PlaybackOptions(PlayedWindow.MONTH, 2)
    return ExportOrder(LINK, LINK, 1, ExportRequest("gif", playback=playback), "1", ENGLISH)


def test_another_process_draws_and_says_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    job = start_export(_order())
    ends = time.monotonic() + 60
    while job.running and time.monotonic() < ends:
        time.sleep(0.1)
    assert job.error is None
    with Image.open(job.path) as gif:
        assert gif.n_frames == max(1, job.watch.of)


def test_a_cancelled_playback_ends_its_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("dashboard.export.other_process._COMMAND", ["sleep", "60"])
    watch = Watch()
    watch.cancelled.set()
    began = time.monotonic()
    with pytest.raises(ExportError, match="Cancelled"):
        write_in_other_process(LINK, 1, _order().request, tmp_path / "a.gif", watch)
    assert time.monotonic() - began < 10


def test_a_file_is_that_of_a_selection_wherever_the_map_is():
    order = _order()
    assert replace(order, link=f"{LINK}&map=36,38,9") == order
    for other in ({"selection": "x"}, {"version": "2"}, {"language": ARABIC}, {"events": 2}):
        assert replace(order, **other) != order
