"""A playback as a file: read by Pillow, of the right length, and of nothing but the selection."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dashboard.commands.main import main
from dashboard.export.coarsen import Coarseness
from dashboard.export.playback import encode
from dashboard.export.playback.encode import PlaybackError, has_mp4, mp4_missing, write_mp4
from dashboard.export.playback.options import (
    FASTEST_MS,
    LAST_MS,
    MOST_PICTURES,
    PlaybackOptions,
    picture_ms,
    playback_options,
    too_many_pictures,
)
from dashboard.export.playback.write import playback_of, write_playback
from dashboard.legend.palette import AREA_COLOUR, GROUPS
from dashboard.model.event import EventGroup
from dashboard.paper.animation import Played, pictures
from dashboard.project.linked import open_link
from dashboard.project.project import Project
from dashboard.settings import read_settings
from dashboard.timeline.playback import PlayedWindow

TODAY = date(2026, 11, 23)


def _played(
    link: str, window: PlayedWindow, level: Coarseness = Coarseness.ORIGINAL
) -> tuple[Played, PlaybackOptions]:
    options = PlaybackOptions(window, 4)
    return playback_of(open_link(Project(read_settings()), link), level, options, TODAY), options


def test_a_gif_has_a_picture_of_each_window_in_the_colours_of_the_marks(tmp_path: Path):
    played, options = _played("kind=shelling&kind=clash", PlayedWindow.MONTH)
    out, heard = tmp_path / "a.gif", []
    write_playback(played, options, "gif", out, lambda drawn, every: heard.append((drawn, every)))
    assert heard == [(1, 2), (2, 2)]
    with Image.open(out) as gif:
        assert (gif.format, gif.n_frames, gif.size) == ("GIF", 2, (1280, 800))
        assert gif.info["loop"] == 0
        durations, colours = [], set()
        for at in range(gif.n_frames):
            gif.seek(at)
            durations.append(gif.info["duration"])
            colours |= {colour for _n, colour in gif.convert("RGB").getcolors(1 << 24)}
    assert durations == [2000, 2000 + LAST_MS]
    violence = GROUPS[EventGroup.VIOLENCE].lstrip("#")
    assert tuple(bytes.fromhex(violence)) in colours


def test_the_command_writes_a_gif(tmp_path: Path):
    out = tmp_path / "a.gif"
    arguments = ["--link", "kind=release", "--format", "gif", "--window", "month", "-o", str(out)]
    with pytest.raises(SystemExit) as ended:
        main(["export", *arguments, "--seconds", "2", "--language", "ar"])
    assert ended.value.code == 0
    with Image.open(out) as gif:
        assert gif.format == "GIF"


def test_pictures_are_shown_for_their_share_of_the_seconds_but_not_too_short():
    assert picture_ms(PlaybackOptions(seconds=15), 16) == 940
    assert picture_ms(PlaybackOptions(seconds=2), 200) == FASTEST_MS
    assert picture_ms(PlaybackOptions(seconds=60), 1) == 60_000
    assert playback_options("until", 30, "both").window is PlayedWindow.UNTIL


def test_too_many_pictures_and_nothing_to_play_are_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
):
    assert too_many_pictures(MOST_PICTURES) == ""
    assert "longer windows" in too_many_pictures(MOST_PICTURES + 1)
    with pytest.raises(PlaybackError, match="No event"):
        _played("q=no+such+words+anywhere", PlayedWindow.DAY)
    monkeypatch.setattr("dashboard.export.playback.options.MOST_PICTURES", 3)
    with pytest.raises(PlaybackError, match="4 pictures would be too many: at most 3"):
        _played("", PlayedWindow.MONTH)


@pytest.mark.parametrize("level", [Coarseness.DISTRICT, Coarseness.SETTLEMENT])
def test_coarser_places_are_all_that_a_playback_has(level: Coarseness):
    exact, _options = _played("place=ain_issa&map=36.385,38.85,12", PlayedWindow.MONTH)
    played, _options = _played("place=ain_issa&map=36.385,38.85,12", PlayedWindow.MONTH, level)
    query = played.content.summary.query
    assert not query.places
    assert query.view is None
    assert played.coarse
    before = {row.place_id for row in exact.content.selected.corpus.events.places}
    after = {row.place_id for row in played.content.selected.corpus.events.places}
    if level is Coarseness.DISTRICT:
        assert "ain_issa" in before
        assert "ain_issa" not in after
    # Sources are those of the events, each once, whatever the places.
    assert played.content.summary.sources == exact.content.summary.sources
    assert after <= set(played.content.selected.corpus.gazetteer.places)


def test_circles_and_areas_are_in_no_picture_of_a_link_that_hides_them():
    """Nor in its legend; the mark stays hollow."""
    areas = []
    for link in ("place=jazira", "place=jazira&extents=hidden"):
        played, _options = _played(link, PlayedWindow.MONTH)
        picture = next(pictures(played, read_settings().basemap, "0"))
        colour = tuple(bytes.fromhex(AREA_COLOUR.lstrip("#")))
        areas.append((np.asarray(picture.image) == colour).all(axis=2).any())
    assert areas == [True, False]


def test_without_its_package_mp4_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(encode, "_PACKAGE", "no_such_package_for_films")
    assert not has_mp4()
    with pytest.raises(PlaybackError, match=r"pip install -r requirements-video\.txt"):
        write_mp4([], 100, tmp_path / "a.mp4")
    assert "GIF" in mp4_missing()


@pytest.mark.skipif(not has_mp4(), reason="imageio-ffmpeg is not installed: requirements-video.txt")
def test_an_mp4_has_its_pictures_for_their_time(tmp_path: Path):
    import imageio_ffmpeg

    played, options = _played("kind=release", PlayedWindow.MONTH)
    out = tmp_path / "a.mp4"
    write_playback(played, options, "mp4", out, lambda _drawn, _every: None)
    frames, seconds = imageio_ffmpeg.count_frames_and_secs(str(out))
    expected = (options.seconds * 1000 + LAST_MS) / 1000
    assert abs(seconds - expected) < 0.2
    assert frames == round(seconds * 20)
