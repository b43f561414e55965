"""Write a playback of the events of a link, with places made coarser where this is asked for."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from dashboard.export.coarsen import LABELS, Coarseness, filters_to_name
from dashboard.export.playback.encode import WRITERS, PlaybackError, has_mp4, mp4_missing
from dashboard.export.playback.options import (
    MP4,
    PlaybackOptions,
    picture_ms,
    too_many_pictures,
)
from dashboard.export.progress import Progress
from dashboard.export.single_file.shared_events import shared_events
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.layers.drawn import DrawnLayer, drawn_layers
from dashboard.layers.folder import LayerFolder
from dashboard.model.selected import SelectedEvents
from dashboard.paper.animation import Played, days_played, pictures
from dashboard.paper.content import Content
from dashboard.paper.options import ANIMATION, Area, FigureOptions
from dashboard.project.linked import Linked
from dashboard.query.query import Query
from dashboard.settings import PROGRAM, Settings, read_settings
from dashboard.summary.heading import too_many
from dashboard.summary.summary import Summary
from dashboard.tiles.folder import Basemap, BasemapFolder
from dashboard.timeline.playback import playback_windows


def playback_of(linked: Linked, level: Coarseness, options: PlaybackOptions, today: date) -> Played:
    """What is played: the events of the link and no others, from their first day to the last.

    Raises PlaybackError if there are too many events, none with a date, or too many pictures.
    """
    _loaded, catalog, query = linked
    selected = catalog.select(query)
    if selected is None:
        raise PlaybackError(too_many())
    terms = catalog.terms(catalog.totals(query)[0].datasets)
    # Coloured areas would count all dates in each picture: a playback has marks.
    named = filters_to_name(query.with_defaults(("event_id", "shading")), level)
    summary = Summary(_shared(selected, level), named, today, catalog.events, terms)
    if all(event.when.undated for event in summary.selected.events):
        raise PlaybackError(_("No event of the selection has a date: there is nothing to play."))
    tiles, layers = _grounds(query, read_settings()) if level is Coarseness.ORIGINAL else (None, ())
    figure = FigureOptions(
        layout=ANIMATION, language=options.language, area=Area.VIEW,
        digits=current().digits, dates=current().dates,
    )  # fmt: skip
    windows = playback_windows(options.window, *days_played(summary))
    if words := too_many_pictures(len(windows)):
        raise PlaybackError(words)
    coarse = "" if level is Coarseness.ORIGINAL else LABELS[level]
    return Played(Content(summary, tiles, layers), figure, windows, coarse)


def _shared(selected: SelectedEvents, level: Coarseness) -> SelectedEvents:
    """The events with coarser places, and with the articles that they have: outlets count them."""
    shared, whole = shared_events(selected, level), selected.corpus
    events = replace(shared.corpus.events, claims=whole.events.claims)
    corpus = replace(shared.corpus, events=events, articles=whole.articles)
    return replace(shared, corpus=corpus, reference=corpus)


def _grounds(query: Query, settings: Settings) -> tuple[Basemap | None, tuple[DrawnLayer, ...]]:
    """The basemap of a file and the layers of analysts that the link names."""
    tiles = BasemapFolder(settings.basemaps).basemaps().get(query.basemap)
    return tiles, drawn_layers(query.layers, LayerFolder(settings.layers).layers())


def write_playback(
    played: Played, options: PlaybackOptions, format_: str, path: Path, tell: Progress
) -> None:
    """Draw and write it; `tell` hears after each picture how many there are."""
    if format_ == MP4 and not has_mp4():
        raise PlaybackError(mp4_missing())
    images = []
    for picture in pictures(played, read_settings().basemap, PROGRAM):
        images.append(picture.image)
        tell(len(images), len(played.windows))
    WRITERS[format_](images, picture_ms(options, len(images)), path)
