"""The selection as a figure for print: map, timeline, legend, key, sources and caveat on one sheet.

It is drawn on the server as vectors, from the same data as the screen, and says what it leaves out.
"""

import io
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.map.from_records import places_in_first_view
from dashboard.paper.arrows import arrow_boxes, draw_arrows
from dashboard.paper.basemap import draw_basemap, draw_roads
from dashboard.paper.chart import draw_chart, heights_width, hidden_spans
from dashboard.paper.chosen_areas import draw_chosen_areas
from dashboard.paper.content import Content, Coverage, coverage_of, marks_of
from dashboard.paper.context_layers import draw_layers, layer_signs, window_of
from dashboard.paper.frame import Frame, frame_around
from dashboard.paper.furniture import (
    draw_graticule,
    draw_locator,
    draw_north,
    draw_scale,
    edge_map,
    locator_corner,
)
from dashboard.paper.labels import LabelPlacer, shipped_towns
from dashboard.paper.legend import Seen, draw_legend
from dashboard.paper.marks import PrintedMark, draw_areas, draw_mark
from dashboard.paper.notes import (
    Note,
    caveat_notes,
    figure_notes,
    key_notes,
    left_out_notes,
    notes_in,
    source_notes,
    write,
)
from dashboard.paper.options import Area, FigureOptions, Format
from dashboard.paper.shaded_areas import draw_shaded_areas, shade_rows
from dashboard.paper.sheet import Box, Sheet, Texts, days_height, fitted
from dashboard.paper.tile_ground import draw_tiles
from dashboard.paper.typeset import QUIET, Column, in_each_language
from dashboard.summary.heading import sentence, suggested_title

POINTS = 72
_DPI, _PREVIEW_DPI = 300, 150
_TITLE, _SUBTITLE = 1.75, 1.1
# The first aspect ratio of the map to try, before the layout determines the available one.
_FIRST_SHAPE, _ROUNDS, _SAME_SHAPE = 1.4, 5, 0.01
_LOCATOR = 1.15
_NOWHERE = (36.4, 39.5)
# Text stays text in a PDF; in an SVG it becomes outlines, as few readers have the font.
STYLE: dict[Any, Any] = {
    "hatch.linewidth": 0.45,
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "svg.hashsalt": "map",
}
# matplotlib is not thread-safe, and each session of the app runs in a thread.
_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def figure_style() -> Iterator[None]:
    """The style of figures, for one thread at a time; no figure is saved inside."""
    with _ONE_AT_A_TIME, mpl.rc_context(STYLE):
        yield


@dataclass(frozen=True, slots=True)
class Ground:
    """The frame and marks of the map, and which events of the selection they show."""

    frame: Frame
    marks: tuple[PrintedMark, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure with the frame and marks of its map."""

    figure: Figure
    ground: Ground


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The layout and content, computed before anything is drawn."""

    content: Content
    options: FigureOptions
    basemap: Path
    ground: Ground
    seen: Seen
    texts: Texts
    sheet: Sheet


def make_figure(content: Content, options: FigureOptions, basemap: Path, version: str) -> Printed:
    """Draw the sheet; `basemap` is the folder of the basemap's files, `version` the program's."""
    with figure_style():
        drawing = _layout(content, options, basemap, version)
        sheet = drawing.sheet
        figure = Figure(figsize=(sheet.width, sheet.height), facecolor="white")
        _write_head(figure, drawing)
        _draw_map(figure, drawing)
        if sheet.chart:
            _draw_timeline(figure, sheet.chart, drawing)
        _write_notes(figure, drawing)
        return Printed(figure, drawing.ground)


def _layout(content: Content, options: FigureOptions, basemap: Path, version: str) -> _Drawing:
    """Repeat the layout until the map has the aspect ratio of its space on the sheet."""
    shape, map_width = _FIRST_SHAPE, options.sheet.width * options.sheet.map_share
    for _round in range(_ROUNDS):
        ground = ground_of(content, options, shape, map_width)
        seen = seen_of(content, options, ground)
        texts, sheet = fitted(options, seen, partial(_texts, content, options, ground, version))
        available = sheet.map[2] / sheet.map[3]
        if abs(available - shape) < _SAME_SHAPE and sheet.map[2] == map_width:
            break
        shape, map_width = available, sheet.map[2]
    return _Drawing(content, options, basemap, ground, seen, texts, sheet)


def ground_of(content: Content, options: FigureOptions, shape: float, map_width: float) -> Ground:
    """The map for an aspect ratio (width by height), `map_width` inches wide."""
    frame = _frame(content, options, shape)
    marks = marks_of(content, frame, frame.width / (map_width * POINTS))
    return Ground(frame, marks, coverage_of(content, marks))


def _texts(
    content: Content,
    options: FigureOptions,
    ground: Ground,
    version: str,
    most_marks: int,
    most_listed: int,
) -> Texts:
    """All texts, with at most `most_marks` marks, and `most_listed` events per list, named."""
    languages = options.languages
    hidden = below_chart(content, options)
    if options.sheet.bare:
        key = key_notes(content, ground.marks, languages, most_marks, cited=False)
        # The second column is free: no sources stand in it.
        notes = (*figure_notes(content, languages), *key)
        return Texts(options.sheet.text, (), (), notes, (), hidden)
    left_out = left_out_notes(
        content, ground.coverage, languages, most_listed, timeline=options.timeline
    )
    return Texts(
        options.sheet.text,
        head_notes(content, options),
        (
            *figure_notes(content, languages),
            *key_notes(content, ground.marks, languages, most_marks),
        ),
        (*left_out, *source_notes(content, languages)),
        tuple(caveat_notes(content, ground.frame, version, languages)),
        hidden,
    )


def _frame(content: Content, options: FigureOptions, shape: float) -> Frame:
    """The area of the map: the current view, the first view, or all marks."""
    points = [(mark.lat, mark.lon) for mark in content.map.marks] or [_NOWHERE]
    if options.area is Area.ALL:
        return frame_around(points, None, shape)
    if view := content.summary.query.view:
        return frame_around(points, view, shape)
    around = places_in_first_view(content.selected.reference)
    return frame_around([(place.lat, place.lon) for place in around] or points, None, shape)


def seen_of(content: Content, options: FigureOptions, ground: Ground) -> Seen:
    """The signs that appear in the figure, for the legend."""
    frame, marks = ground.frame, ground.marks
    scratch = Figure(figsize=(1, 1)).add_axes((0, 0, 1, 1))
    arrows, contested_arrows = draw_arrows(scratch, content.map, frame, marks)
    areas, circles, lines = draw_areas(scratch, content.map, frame)
    layers = layer_signs(content.layers, frame, window_of(content.summary.query))
    selected = content.selected
    dated = [event.event_id for event in selected.events if not event.when.undated]
    return Seen(
        groups=frozenset(group for mark in marks for group in mark.groups),
        contested=any(mark.contested for mark in marks),
        unreviewed=any(mark.unreviewed for mark in marks),
        confirmed=any(mark.confirmed for mark in marks),
        refuted=any(mark.refuted for mark in marks)
        or any(arrow.refuted for arrow in content.map.movements),
        only_possible=any(mark.only_possible for mark in marks),
        hollow=any(mark.hollow for mark in marks),
        merged=any(len(mark.marks) > 1 for mark in marks),
        arrows=arrows,
        contested_arrows=contested_arrows,
        areas=areas,
        lines=lines,
        circles=circles,
        extents=content.summary.query.extents,
        attestations=tuple(dict.fromkeys(map(selected.attestation, dated)))
        if options.timeline
        else (),
        measure=content.sizes.measure,
        no_figure=any(mark.size is None for mark in marks),
        at_several=sum(mark.count for mark in marks)
        > len({position for mark in marks for position in mark.positions}),
        chosen=bool(content.summary.query.areas),
        layers=layers,
        shades=shade_rows(content.shaded) if content.shaded else (),
        level=content.summary.query.shading,
    )


def head_notes(content: Content, options: FigureOptions) -> tuple[Note, ...]:
    """Title and sentence in each language."""
    given = {"en": options.title_en, "ar": options.title_ar}
    heads = in_each_language(
        options.languages, lambda: (suggested_title(content.summary), sentence(content.summary))
    )
    return tuple(
        note
        for language, (title, words) in heads
        for note in (
            Note(given[language.code] or title, language, bold=True, share=_TITLE),
            Note(words, language, share=_SUBTITLE),
        )
    )


def axes_at(figure: Figure, box: Box) -> Axes:
    """Axes in a box of the page, in inches."""
    width, height = figure.get_size_inches()
    left, bottom, wide, high = box
    return figure.add_axes((left / width, bottom / height, wide / width, high / height))


def _write_head(figure: Figure, drawing: _Drawing) -> None:
    boxes = drawing.sheet.heads
    columns = [Column(figure, box[0], box[2], box[1] + box[3]) for box in boxes]
    order = drawing.options.languages
    for note in drawing.texts.head:
        column = columns[order.index(note.language) if len(columns) > 1 else 0]
        write(column, [note], drawing.options.sheet.text)


def _draw_map(figure: Figure, drawing: _Drawing) -> None:
    frame, marks, content = drawing.ground.frame, drawing.ground.marks, drawing.content
    languages, size, sheet = drawing.options.languages, drawing.texts.size, drawing.sheet
    axes = axes_at(figure, sheet.map)
    pt = frame.width / (sheet.map[2] * POINTS)
    draw_basemap(axes, frame, drawing.basemap)
    towns = draw_tiles(axes, frame, content.tiles) if content.tiles else ()
    draw_graticule(axes, frame, size)
    # Tiles have the true course of roads; ours is schematic.
    places = {} if content.tiles else content.selected.corpus.gazetteer.places
    roads = draw_roads(axes, frame, places)
    draw_layers(axes, content.layers, frame, window_of(content.summary.query))
    if content.shaded:
        draw_shaded_areas(axes, content.shaded, frame)
    draw_areas(axes, content.map, frame)
    draw_chosen_areas(axes, content.summary.query.areas, frame)
    draw_arrows(axes, content.map, frame, marks)
    for mark in marks:
        draw_mark(axes, mark, pt, size)
    placer = LabelPlacer(axes, frame, pt, languages)
    placer.keep_free(
        [draw_scale(axes, frame, pt, size, languages), draw_north(axes, frame, pt, size)]
    )
    placer.keep_free(arrow_boxes(content.map, frame, pt))
    side = _LOCATOR * POINTS * pt
    corner = None if sheet.narrow else locator_corner(frame, marks, side)
    if corner:
        placer.keep_free([corner])
        draw_locator(figure, sheet.map, frame, drawing.basemap, corner)
    placer.name_marks(marks, size)
    placer.name_roads(roads, size)
    placer.name_towns(towns or shipped_towns(drawing.basemap, frame), marks, size * 0.9)
    edge = (frame.left, frame.bottom, frame.right, frame.top)
    edge_map(axes, edge, linewidth=0.7, zorder=50)


def _draw_timeline(figure: Figure, box: Box, drawing: _Drawing) -> None:
    data, size = drawing.content.timeline, drawing.texts.size
    left, bottom, width, high = box
    # The numbers beside the chart are not cut by the edge of the sheet.
    inwards = max(0.0, heights_width(data, size) - left)
    chart = axes_at(figure, (left + inwards, bottom, width - inwards, high))
    draw_chart(chart, data, size, drawing.options.languages)
    write_below_chart(figure, box, drawing.texts, drawing.options)


def below_chart(content: Content, options: FigureOptions) -> tuple[Note, ...]:
    """How many events of uncertain date the timeline does not draw; nothing if it draws all."""
    if not (options.timeline and content.timeline.hidden_spans):
        return ()
    words = partial(hidden_spans, content.timeline)
    return tuple(notes_in(options.languages, words, colour=QUIET, before=0.2))


def write_below_chart(figure: Figure, box: Box, texts: Texts, options: FigureOptions) -> None:
    """Write the line below the days of the timeline, whose chart is in `box`."""
    left, bottom, width, _high = box
    top = bottom - days_height(options, texts.size)
    write(Column(figure, left, width, top), texts.below_chart, texts.size)


def _write_notes(figure: Figure, drawing: _Drawing) -> None:
    sheet, texts, languages = drawing.sheet, drawing.texts, drawing.options.languages
    boxes = sheet.columns if languages[0].direction == "ltr" else sheet.columns[::-1]
    columns = [Column(figure, left, width, bottom + high) for left, bottom, width, high in boxes]
    draw_legend(figure, columns[0], drawing.seen, texts.size, languages)
    write(columns[0], texts.key, texts.size)
    write(columns[-1], texts.rest, texts.size)
    left, bottom, width, high = sheet.caveat
    write(Column(figure, left, width, bottom + high), texts.caveat, texts.size)


def save(printed: Printed, kind: Format, manifest: Mapping[str, object]) -> bytes:
    """The figure as a file, with the manifest in its metadata."""
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True)
    return bytes_of(printed.figure, kind, str(manifest.get("title", "")), text)


def bytes_of(figure: Figure, kind: Format, title: str, manifest: str = "") -> bytes:
    """Any figure as a file, e.g. a PDF; the manifest in its metadata, in an SVG as a comment."""
    if kind is Format.PDF:
        metadata = {"Title": title, "Creator": "Event map", "CreationDate": None}
        return _saved(figure, "pdf", {**metadata, "Keywords": manifest})
    if kind is Format.PNG:
        metadata = {"Title": title, "Software": "Event map", "Manifest": manifest}
        return _saved(figure, "png", metadata)
    svg = _saved(figure, "svg", {"Title": title, "Creator": "Event map", "Date": None})
    # Two hyphens would end the comment; JSON allows an escape sequence for the second.
    escaped = manifest.replace("--", r"-\u002d")
    at = svg.index(b"<svg")
    return svg[:at] + f"<!-- manifest: {escaped} -->\n".encode() + svg[at:]


def preview(printed: Printed, dpi: int = _PREVIEW_DPI) -> bytes:
    """The figure as a small PNG, for the screen."""
    return _saved(printed.figure, "png", {}, dpi)


def _saved(figure: Figure, kind: str, metadata: Mapping[str, object], dpi: int = _DPI) -> bytes:
    buffer = io.BytesIO()
    with figure_style():
        figure.savefig(buffer, format=kind, dpi=dpi, metadata=dict(metadata))
    return buffer.getvalue()
