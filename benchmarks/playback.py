"""Seconds for a playback of a hundred days as GIF: `python -m benchmarks.playback`."""

import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dashboard.export.playback.encode import write_gif
from dashboard.model.selected import SelectedEvents
from dashboard.paper.animation import Played, pictures
from dashboard.paper.content import Content
from dashboard.paper.options import FigureOptions
from dashboard.project.project import Project
from dashboard.query.query import Query
from dashboard.settings import PROGRAM, read_settings
from dashboard.summary.summary import Summary
from dashboard.timeline.playback import PlayedWindow, playback_windows

# Most events of the corpus are of these days.
_QUERY = Query(start=date(2020, 11, 21), end=date(2020, 11, 21) + timedelta(days=99))


def main() -> None:
    """Measure a playback of all events of the corpus."""
    project = Project(read_settings())
    selected = project.catalog(project.load()).select(Query())
    if selected is not None:
        print(measured(selected))


def measured(selected: SelectedEvents) -> str:
    """The seconds of drawing and of writing, and the size of the file."""
    start, end = _QUERY.start or date.min, _QUERY.end or date.max
    windows = playback_windows(PlayedWindow.DAY, start, end)
    today = datetime.now(UTC).date()
    content = Content(Summary(selected, _QUERY, today, len(selected.events)))
    began = time.perf_counter()
    played = Played(content, FigureOptions(layout="animation"), windows)
    images = [each.image for each in pictures(played, read_settings().basemap, PROGRAM)]
    drawn = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gif"
        write_gif(images, 100, path)
        written, size = time.perf_counter(), path.stat().st_size / 1e6
    return (
        f"{len(selected.events):,} events, {len(images)} pictures: drawn in {drawn - began:.1f} s, "
        f"written in {written - drawn:.1f} s, {size:.1f} MB"
    )


if __name__ == "__main__":
    main()
