"""A playback as pictures: the map of a figure with the events of one window after another.

What does not change (ground, names of places, legend, sources, timeline) is drawn once; for each
picture marks, dates, counts and the window on the timeline are drawn upon it. Marks do not move: places
that would overlap are one mark in all pictures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

from dashboard.language.messages import _, plural
from dashboard.language.words import comma, day, isolate, span
from dashboard.legend.palette import colour
from dashboard.map.map_model import MapModel
from dashboard.model.event_tables import day_number, day_of
from dashboard.paper.arrows import draw_arrows
from dashboard.paper.basemap import draw_basemap, draw_roads
from dashboard.paper.chart import draw_chart
from dashboard.paper.chosen_areas import draw_chosen_areas
from dashboard.paper.content import Content, days_shown, mark_within
from dashboard.paper.context_layers import draw_layers, window_of
from dashboard.paper.figure import (
    POINTS,
    Ground,
    axes_at,
    below_chart,
    figure_style,
    ground_of,
    head_notes,
    seen_of,
    write_below_chart,
)
from dashboard.paper.furniture import draw_graticule, draw_north, draw_scale, edge_map
from dashboard.paper.labels import LabelPlacer, shipped_towns
from dashboard.paper.legend import Seen, draw_legend
from dashboard.paper.mark_sizes import scale
from dashboard.paper.marks import draw_areas, draw_mark
from dashboard.paper.notes import Note, caveat_notes, figure_notes, height, source_notes, write
from dashboard.paper.options import FigureOptions
from dashboard.paper.sheet import Sheet, Texts, fitted
from dashboard.paper.tile_ground import draw_tiles
from dashboard.paper.typeset import Column, in_each_language
from dashboard.summary.summary import Summary
from dashboard.timeline.playback import Days

# Pixels per inch: 1280 by 800 pixels.
DPI = 128
_FIRST_SHAPE, _ROUNDS, _SAME_SHAPE = 1.6, 5, 0.01
_DATES, _COUNTS = 1.6, 1.35
_ACCENT = colour("accent")


@dataclass(frozen=True, slots=True)
class WindowCount:
    """The events within a window for certain, and those that may lie outside of it."""

    certain: int
    possible: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its window, what it says of the number of events, and its pixels."""

    window: Days
    count: WindowCount
    image: Image.Image


@dataclass(frozen=True, slots=True)
class Played:
    """What is played: the events, the options of the figure, and its windows.

    `coarse` says how precise places are at most, as a message; "" if they are as in the data.
    """

    content: Content
    options: FigureOptions
    windows: Sequence[Days]
    coarse: str = ""

    @property
    def days(self) -> Days:
        """The first and the last day of the timeline."""
        return days_played(self.content.summary)


def days_played(summary: Summary) -> Days:
    """The days of the date filter, or else of the events."""
    extent = days_shown(summary)
    return day_of(extent.first), day_of(extent.last)


def shown_in(content: Content, window: Days) -> tuple[frozenset[int], WindowCount]:
    """The positions of the events that may lie in a window, and their count."""
    events = content.selected.events
    sure = {at for at, event in enumerate(events) if event.when.lies_in(*window)}
    may = {at for at, event in enumerate(events) if event.when.overlaps(*window)}
    shown = sure if content.summary.query.certain else may
    return frozenset(shown), WindowCount(len(sure & shown), len(shown - sure))


def count_lines(count: WindowCount) -> str:
    """E.g. "3 events within the dates, 24 possibly", in the current language."""
    parts = [plural("{n} event within the dates", "{n} events within the dates", count.certain)]
    if count.possible:
        parts.append(_("{n} possibly").format(n=count.possible))
    return comma(parts)


def pictures(played: Played, basemap: Path, version: str) -> Iterator[Picture]:
    """The picture of each window; `basemap` is the folder of the basemap's files."""
    with figure_style():
        stage = _stage(played, basemap, version)
    for window in played.windows:
        shown, count = shown_in(played.content, window)
        with figure_style():
            image = stage.picture(window, shown, count)
        yield Picture(window, count, image)


def _stage(played: Played, basemap: Path, version: str) -> "_Stage":
    """Draw all that does not change."""
    content, options = played.content, played.options
    layout, shape = options.sheet, _FIRST_SHAPE
    map_width = layout.width * layout.map_share
    for _round in range(_ROUNDS):
        ground = ground_of(content, options, shape, map_width)
        seen = _seen(content, options, ground)
        texts, sheet = fitted(options, seen, partial(_texts, played, ground, version))
        if abs(sheet.map[2] / sheet.map[3] - shape) < _SAME_SHAPE and sheet.map[2] == map_width:
            break
        shape, map_width = sheet.map[2] / sheet.map[3], sheet.map[2]
    figure = Figure(figsize=(sheet.width, sheet.height), facecolor="white", dpi=DPI)
    stage = _Stage(played, ground, sheet, texts, figure)
    stage.draw_ground(basemap)
    stage.draw_texts(seen)
    return stage


def _seen(content: Content, options: FigureOptions, ground: Ground) -> Seen:
    """The signs of all pictures: an event of several days is pale where it is only possible."""
    whens = [event.when for event in content.selected.events]
    pale = any(not when.undated and when.start != when.end for when in whens)
    return replace(seen_of(content, options, ground), only_possible=pale)


def _texts(
    played: Played, ground: Ground, version: str, _most_marks: int, most_listed: int
) -> Texts:
    content, languages = played.content, played.options.languages
    return Texts(
        played.options.sheet.text,
        _head(played),
        tuple(figure_notes(content, languages)),
        _sources(content, played.options, most_listed),
        (*_coarse_notes(played), *caveat_notes(content, ground.frame, version, languages)),
        below_chart(content, played.options),
    )


def _coarse_notes(played: Played) -> Iterator[Note]:
    """That places are less precise than in the data."""
    if not played.coarse:
        return
    texts = in_each_language(
        played.options.languages,
        lambda: _(
            "Places are less precise than in the data ({level}). Headlines may name places."
        ).format(level=isolate(_(played.coarse))),
    )
    for language, text in texts:
        yield Note(text, language, bold=True, share=0.92, before=0.3)


def _head(played: Played) -> tuple[Note, ...]:
    """Title and sentence, and below them the room for dates and counts."""
    content, options = played.content, played.options
    count = WindowCount(len(content.selected.events), len(content.selected.events))
    return (
        *head_notes(content, options),
        *(note for language in _window_notes(options, played.days, count) for note in language),
    )


def _window_notes(
    options: FigureOptions, window: Days, count: WindowCount
) -> list[tuple[Note, Note]]:
    """Dates and counts, two lines in each language."""
    start, end = window
    texts = in_each_language(
        options.languages,
        lambda: (day(start) if start == end else span(start, end), count_lines(count)),
    )
    return [
        (
            Note(dates, language, bold=True, share=_DATES, colour=_ACCENT),
            Note(counted, language, bold=True, share=_COUNTS),
        )
        for language, (dates, counted) in texts
    ]


def _sources(content: Content, options: FigureOptions, most: int) -> tuple[Note, ...]:
    """The sources without numbers, each once, as many as there is room for."""
    notes = source_notes(content, options.languages)
    if not notes:
        return ()
    heading, *lines = notes
    distinct = list({note.text: replace(note, tag="–") for note in lines}.values())
    left = len(distinct) - most
    if left > 0:
        more = in_each_language(
            options.languages, lambda: plural("and {n} more", "and {n} more", left)
        )
        distinct = distinct[:most]
        distinct += [Note(text, language, share=0.92) for language, text in more]
    return (heading, *distinct)


def _model_within(content: Content, shown: frozenset[int], window: Days) -> MapModel:
    """The circles of places with shown events, and the outlines and movements of the window's days."""
    low, high = map(day_number, window)
    certain = content.summary.query.certain

    def inside(days: Sequence[tuple[int, int]]) -> bool:
        if certain:
            return any(first >= low and last <= high for first, last in days)
        return any(last >= low and first <= high for first, last in days)

    model, events_at = content.map, content.events_at
    return MapModel(
        model.marks,
        tuple(each for each in model.circles if events_at[each.mark] & shown),
        tuple(each for each in model.outlines if inside(each.days)),
        tuple(each for each in model.movements if inside(each.days)),
    )


def _emptied(axes: Axes) -> Axes:
    """The axes without what was drawn in them."""
    for artist in [*axes.patches, *axes.lines, *axes.texts]:
        artist.remove()
    return axes


def _bare(axes: Axes) -> Axes:
    """Axes of which nothing is seen but what is drawn in them."""
    axes.axis("off")
    axes.patch.set_visible(False)
    return axes


class _Stage:
    """The figure with all that does not change, upon which pictures are drawn."""

    def __init__(
        self, played: Played, ground: Ground, sheet: Sheet, texts: Texts, figure: Figure
    ) -> None:
        self._played = played
        self._ground = ground
        self._sheet = sheet
        self._texts = texts
        self._figure = figure
        self._canvas = FigureCanvasAgg(figure)
        # The events on the map, and which of them may lie outside of the window.
        self._on_map: tuple[frozenset[int], frozenset[int]] | None = None
        sizes = played.content.sizes
        self._scale = scale(list(map(sizes.of, played.content.events_at)), sizes.measure)
        self._pt = ground.frame.width / (sheet.map[2] * POINTS)

    def draw_ground(self, basemap: Path) -> None:
        """Map, names, scale and timeline."""
        content, frame = self._played.content, self._ground.frame
        languages, size = self._played.options.languages, self._texts.size
        axes = axes_at(self._figure, self._sheet.map)
        draw_basemap(axes, frame, basemap)
        if content.tiles:
            draw_tiles(axes, frame, content.tiles)
        draw_graticule(axes, frame, size)
        roads = draw_roads(
            axes, frame, {} if content.tiles else content.selected.corpus.gazetteer.places
        )
        draw_layers(axes, content.layers, frame, window_of(content.summary.query))
        draw_chosen_areas(axes, content.summary.query.areas, frame)
        placer = LabelPlacer(axes, frame, self._pt, languages)
        placer.keep_free(
            [
                draw_scale(axes, frame, self._pt, size, languages),
                draw_north(axes, frame, self._pt, size),
            ]
        )
        placer.name_marks(self._ground.marks, size, numbered=False)
        placer.name_roads(roads, size)
        placer.name_towns(shipped_towns(basemap, frame), self._ground.marks, size * 0.9)
        edge_map(axes, (frame.left, frame.bottom, frame.right, frame.top), linewidth=0.7, zorder=50)
        if self._sheet.chart:
            box, options = self._sheet.chart, self._played.options
            draw_chart(axes_at(self._figure, box), content.timeline, size, languages)
            write_below_chart(self._figure, box, self._texts, options)

    def draw_texts(self, seen: Seen) -> None:
        """Title, legend, sources and caveat; then the picture is what the others are drawn upon."""
        options, texts, sheet = self._played.options, self._texts, self._sheet
        for column, language in zip(self._head_columns(), options.languages, strict=False):
            notes = [note for note in texts.head if note.language == language][:2]
            write(column, notes, options.sheet.text)
        left, bottom, width, high = sheet.columns[0]
        column = Column(self._figure, left, width, bottom + high)
        draw_legend(self._figure, column, seen, texts.size, options.languages)
        write(column, texts.key, texts.size)
        write(column, texts.rest, texts.size)
        left, bottom, width, high = sheet.caveat
        write(Column(self._figure, left, width, bottom + high), texts.caveat, texts.size)
        self._canvas.draw()  # type: ignore[no-untyped-call]
        self._background = self._canvas.copy_from_bbox(self._figure.bbox)  # type: ignore[no-untyped-call]
        # Above the picture: the axes of the marks, and of the window on the timeline.
        boxes = [box for box in (sheet.map, sheet.chart) if box]
        self._above = [_bare(axes_at(self._figure, box)) for box in boxes]

    def _head_columns(self) -> list[Column]:
        return [
            Column(self._figure, left, width, bottom + high)
            for left, bottom, width, high in self._sheet.heads
        ]

    def picture(self, window: Days, shown: frozenset[int], count: WindowCount) -> Image.Image:
        """The picture of a window: the ground again, and upon it what this window has."""
        canvas = self._canvas
        canvas.restore_region(self._background)  # type: ignore[no-untyped-call]
        renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
        self._draw_marks(window, shown)
        self._draw_window(window)
        for axes in self._above:
            axes.draw(renderer)
        for text in self._window_texts(window, count):
            text.draw(renderer)
            text.remove()
        pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        return Image.frombytes("RGBA", canvas.get_width_height(), pixels).convert("RGB")

    def _draw_marks(self, window: Days, shown: frozenset[int]) -> None:
        content, frame = self._played.content, self._ground.frame
        events = content.selected.events
        possible = frozenset(at for at in shown if not events[at].when.lies_in(*window))
        # Many windows have the events of the one before.
        if self._on_map == (shown, possible):
            return
        self._on_map = (shown, possible)
        marks = [
            mark
            for each in self._ground.marks
            if (mark := mark_within(content, each, shown, window, self._scale)) is not None
        ]
        axes = _emptied(self._above[0])
        axes.set(xlim=(frame.left, frame.right), ylim=(frame.bottom, frame.top))
        model = _model_within(content, shown, window)
        draw_areas(axes, model, frame)
        draw_arrows(axes, model, frame, marks)
        for mark in marks:
            draw_mark(axes, mark, self._pt, self._texts.size)

    def _draw_window(self, window: Days) -> None:
        """The window on the timeline: what is before and after it is pale."""
        first, last = self._played.days
        axes = _emptied(self._above[-1])
        days = (last - first).days + 1
        axes.set(xlim=(0, days), ylim=(0, 1))
        start, end = (window[0] - first).days, (window[1] - first).days + 1
        for left, right in ((0, start), (end, days)):
            axes.add_patch(
                Rectangle((left, 0), right - left, 1, color="white", alpha=0.7, linewidth=0)
            )
        axes.add_patch(
            Rectangle(
                (start, 0), end - start, 1, facecolor="none", edgecolor=_ACCENT, linewidth=1.4
            )
        )

    def _window_texts(self, window: Days, count: WindowCount) -> list[Text]:
        options = self._played.options
        before = len(self._figure.texts)
        notes = _window_notes(options, window, count)
        columns = self._head_columns()
        for at, column in enumerate(columns):
            language = options.languages[at]
            head = [note for note in self._texts.head if note.language == language][:2]
            column.skip(height(head, options.sheet.text, column.width))
            write(column, notes[at], options.sheet.text)
        return self._figure.texts[before:]
