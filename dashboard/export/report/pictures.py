"""The pictures of a report: the map with its timeline, as in figures for print, without their texts."""

from dataclasses import dataclass
from pathlib import Path

from dashboard.language.language import current
from dashboard.language.messages import _, plural
from dashboard.language.words import isolate
from dashboard.paper.basemap import CREDIT
from dashboard.paper.content import Content
from dashboard.paper.figure import make_figure, preview
from dashboard.paper.options import REPORT, Area, FigureLanguage, FigureOptions
from dashboard.settings import PROGRAM
from dashboard.summary.summary import Summary

# Dots per inch of printed pictures; of more a document would be too large to send.
_DPI = 220


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture as a PNG, and what is said below it."""

    png: bytes
    caption: str


def map_picture(summary: Summary, basemap: Path) -> DrawnPicture:
    """The map of all marks of the selection and its timeline, in the current language."""
    language = current()
    options = FigureOptions(
        layout=REPORT,
        language=FigureLanguage(language.code),
        area=Area.ALL,
        digits=language.digits,
        dates=language.dates,
    )
    printed = make_figure(Content(summary), options, basemap, PROGRAM)
    coverage = printed.ground.coverage
    said = [
        _(
            "Map and timeline of the selection. Projection: {projection}. Base map: {credit}."
        ).format(projection=isolate(printed.ground.frame.name), credit=isolate(CREDIT))
    ]
    if left := len(coverage.unlocated):
        said.append(plural("{n} event has no place.", "{n} events have no place.", left))
    if left := len(coverage.undated):
        said.append(
            plural(
                "{n} event has no date, so it is not in the timeline.",
                "{n} events have no date, so they are not in the timeline.",
                left,
            )
        )
    return DrawnPicture(preview(printed, _DPI), " ".join(said))
