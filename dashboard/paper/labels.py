"""Labels on the printed map: each beside its mark or dot, without overlaps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from dashboard.language.language import Language
from dashboard.language.names import either
from dashboard.legend.palette import colour
from dashboard.paper.basemap import layer
from dashboard.paper.frame import Frame
from dashboard.paper.marks import PrintedMark, mark_name, ring_pt
from dashboard.paper.typeset import (
    INK,
    QUIET,
    directed,
    font,
    height_of,
    in_each_language,
    width_of,
)

Box = tuple[float, float, float, float]
# The lowest rank of towns that is named by the scale (metres per inch); 1 is a large city.
_RANKS = ((4_000, 6), (9_000, 5), (18_000, 4), (40_000, 3), (90_000, 2))
# A town of the basemap as near to a mark as this is taken for the mark's place.
_SAME_M = 4_000
_GAP_PT = 2.6
_POINTS = 72


@dataclass(frozen=True, slots=True)
class _Words:
    """A label's lines with its size in metres on the ground."""

    lines: tuple[tuple[Language, str], ...]
    tag: str
    tag_width: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Town:
    """A settlement to label, at a point of the frame in metres; 1 is the rank of a large city."""

    x: float
    y: float
    name_en: str
    name_ar: str
    rank: int


class LabelPlacer:
    """The free space for labels; boxes are (left, bottom, right, top) in metres."""

    def __init__(
        self, axes: Axes, frame: Frame, metres_per_pt: float, languages: Sequence[Language]
    ) -> None:
        self._axes = axes
        self._frame = frame
        self._pt = metres_per_pt
        self._languages = languages
        self._taken: list[Box] = []

    def keep_free(self, boxes: Iterable[Box]) -> None:
        """Reserve boxes that no label may cover."""
        self._taken.extend(boxes)

    def name_marks(
        self, marks: Sequence[PrintedMark], size: float, *, numbered: bool = True
    ) -> None:
        """Label each mark with number and name; only the number, with a line, if there is no space.

        Without numbers, a name for which there is no space is left out.
        """
        reach = {mark.number: mark.radius + ring_pt(mark) * self._pt for mark in marks}
        self.keep_free(_around(m.x, m.y, reach[m.number], reach[m.number]) for m in marks)
        for mark in marks:
            named = tuple(in_each_language(self._languages, partial(mark_name, mark)))
            words = self._words(named, size, str(mark.number) if numbered else "")
            bare = self._words((), size, str(mark.number))
            near = reach[mark.number] + _GAP_PT * self._pt
            tried = ((words, near), (bare, near), (words, 3 * near), (bare, 3 * near))
            for label, out in tried if numbered else ((words, near),):
                box = self._room(mark.x, mark.y, label, out)
                if box:
                    self._write(label, box, size, bold=numbered)
                    if out > near:
                        self._lead(mark, box)
                    break
            else:
                if not numbered:
                    continue
                self._write(bare, self._over(mark, bare), size, bold=True)

    def name_towns(self, towns: Sequence[Town], marks: Sequence[PrintedMark], size: float) -> None:
        """Label towns in the order of their rank, where there is space."""
        metres_per_inch = self._pt * _POINTS
        most = next((rank for scale, rank in _RANKS if metres_per_inch <= scale), 1)
        for town in sorted(towns, key=lambda town: town.rank):
            x, y = town.x, town.y
            if town.rank > most or not self._inside((x, y, x, y)):
                continue
            if any(abs(m.x - x) + abs(m.y - y) < _SAME_M for m in marks):
                continue
            english = town.name_en.split(" (")[0]
            named = tuple(in_each_language(self._languages, partial(either, english, town.name_ar)))
            words = self._words(named, size, "")
            box = self._room(x, y, words, _GAP_PT * self._pt)
            if box:
                self._write(words, box, size, bold=False)
                self._axes.plot([x], [y], "o", color=QUIET, markersize=1.6, zorder=10)

    def name_roads(self, roads: Mapping[str, Sequence[tuple[float, float]]], size: float) -> None:
        """Draw shields with a road's number along it, where there is space."""
        for name, points in roads.items():
            words = self._words((), size * 0.85, name)
            for x, y in points:
                box = _around(x, y, words.width / 2, words.height / 2)
                if self._inside(box) and not any(_touch(box, other) for other in self._taken):
                    self._taken.append(box)
                    self._axes.text(
                        x,
                        y,
                        name,
                        fontproperties=font(size * 0.78, bold=True),
                        color=colour("road-text"),
                        ha="center",
                        va="center_baseline",
                        zorder=9,
                        bbox={
                            "boxstyle": "round,pad=0.16",
                            "facecolor": colour("road-fill"),
                            "edgecolor": colour("road"),
                            "linewidth": 0.5,
                        },
                    )

    def _words(self, named: tuple[tuple[Language, str], ...], size: float, tag: str) -> _Words:
        lines = tuple({text: (language, text) for language, text in named}.values())
        inch = self._pt * _POINTS
        tag_width = (width_of(tag, size, bold=True) + 4.5 / _POINTS) * inch if tag else 0.0
        widest = max((width_of(text, size, bold=bool(tag)) for _l, text in lines), default=0.0)
        gap = 2 * self._pt if tag and lines else 0.0
        height = max(1, len(lines)) * height_of(size) * 0.86 * inch
        return _Words(lines, tag, tag_width, tag_width + gap + widest * inch, height)

    def _room(self, x: float, y: float, words: _Words, out: float) -> Box | None:
        """The first free position around a point."""
        width, height, slant = words.width, words.height, out * 0.72
        for left, bottom in (
            (x + out, y - height / 2),
            (x - out - width, y - height / 2),
            (x - width / 2, y + out),
            (x - width / 2, y - out - height),
            (x + slant, y + slant),
            (x + slant, y - slant - height),
            (x - slant - width, y + slant),
            (x - slant - width, y - slant - height),
            (x - width * 0.2, y - out - height),
            (x - width * 0.2, y + out),
            (x - width * 0.8, y - out - height),
            (x - width * 0.8, y + out),
        ):
            box = (left, bottom, left + width, bottom + height)
            if self._inside(box) and not any(_touch(box, other) for other in self._taken):
                return box
        return None

    def _over(self, mark: PrintedMark, words: _Words) -> Box:
        """A position for a mark without a free one, as its number has to be visible."""
        left, bottom = mark.x + mark.radius * 0.5, mark.y + mark.radius * 0.5
        return left, bottom, left + words.width, bottom + words.height

    def _inside(self, box: Box) -> bool:
        frame, edge = self._frame, 1.5 * self._pt
        return (
            box[0] > frame.left + edge
            and box[1] > frame.bottom + edge
            and box[2] < frame.right - edge
            and box[3] < frame.top - edge
        )

    def _write(self, words: _Words, box: Box, size: float, *, bold: bool) -> None:
        self._taken.append(box)
        left, bottom, _right, top = box
        middle = (bottom + top) / 2
        if words.tag:
            self._axes.text(
                left + words.tag_width / 2,
                middle,
                words.tag,
                fontproperties=font(size, bold=True),
                color="white",
                ha="center",
                va="center_baseline",
                zorder=31,
                bbox={
                    "boxstyle": "round,pad=0.18",
                    "facecolor": INK,
                    "edgecolor": "white",
                    "linewidth": 0.5,
                },
            )
        gap = 2 * self._pt if words.tag else 0.0
        step = (top - bottom) / max(1, len(words.lines))
        for at, (language, text) in enumerate(words.lines):
            self._axes.text(
                left + words.tag_width + gap,
                top - (at + 0.5) * step,
                directed(text, language),
                fontproperties=font(size, bold=bold),
                color=INK if bold else QUIET,
                va="center_baseline",
                ha="left",
                zorder=30,
                parse_math=False,
                path_effects=_HALO,
            )

    def _lead(self, mark: PrintedMark, box: Box) -> None:
        x = min(max(mark.x, box[0]), box[2])
        y = min(max(mark.y, box[1]), box[3])
        self._axes.plot([mark.x, x], [mark.y, y], color=INK, linewidth=0.5, zorder=19)


def shipped_towns(folder: Path, frame: Frame) -> list[Town]:
    """The towns of the shipped basemap."""
    known = layer(folder, "towns")
    points = frame.xy(list(known.geometry.x), list(known.geometry.y))
    names = zip(known["name_en"], known["name_ar"], known["rank"], strict=True)
    return [
        Town(float(x), float(y), english, arabic or "", int(rank))
        for (x, y), (english, arabic, rank) in zip(points, names, strict=True)
    ]


_HALO = [withStroke(linewidth=1.6, foreground="white")]


def _around(x: float, y: float, across: float, up: float) -> Box:
    return x - across, y - up, x + across, y + up


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
