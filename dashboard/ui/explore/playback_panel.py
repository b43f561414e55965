"""A playback in the Export panel: options, drawing with progress, and the download."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

import streamlit as st

from dashboard.export.coarsen import Coarseness
from dashboard.export.playback.encode import PlaybackError, has_mp4, mp4_missing
from dashboard.export.playback.options import MP4, SECONDS, PlaybackOptions, picture_ms
from dashboard.export.playback.write import playback_of
from dashboard.export.write import ExportRequest
from dashboard.language.language import current
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.paper.options import LANGUAGE_LABELS, FigureLanguage
from dashboard.project.linked import Linked
from dashboard.timeline.playback import WINDOW_LABELS, PlayedWindow
from dashboard.ui.explore.export_job import ExportOrder
from dashboard.ui.explore.ordered_file import OrderedFile, ordered_file
from dashboard.ui.state import explore_query


@dataclass(frozen=True, slots=True)
class PlaybackFile:
    """The format, the coarsest places, the name of the file and its media type.

    `accepted`: whether the terms of the datasets allow the download.
    """

    format_: str
    level: Coarseness
    name: str
    media_type: str
    accepted: bool


def playback_panel(linked: Linked, file: PlaybackFile, events: int) -> None:
    """Ask for the options, and draw on a click; the map is shown as it is now."""
    if file.format_ == MP4 and not has_mp4():
        st.text(mp4_missing())
        return
    options = _options()
    query = replace(linked.query, view=explore_query.VIEW.get())
    today = datetime.now().astimezone().date()
    try:
        played = playback_of(linked._replace(query=query), file.level, options, today)
    except PlaybackError as error:
        st.text(str(error))
        return
    pictures = len(played.windows)
    seconds = max(1, round(picture_ms(options, pictures) * pictures / 1000))
    length = plural("{n} second", "{n} seconds", seconds)
    count = plural("{n} picture", "{n} pictures", pictures)
    st.text(_("{pictures} in {seconds}.").format(pictures=count, seconds=length))
    request = ExportRequest(file.format_, coarseness=file.level, playback=options)
    link = urlencode(explore_query.link_of(query), doseq=True)
    selection = urlencode(explore_query.selection_of(query), doseq=True)
    version = linked.catalog.version
    order = ExportOrder(link, selection, events, request, version, current())
    ordered_file(
        order,
        OrderedFile(
            file.name,
            file.media_type,
            file.accepted,
            _("Draw the playback"),
            _("Download the playback"),
            _pictures,
        ),
    )


def _options() -> PlaybackOptions:
    window = st.selectbox(
        _("Each picture shows"),
        list(PlayedWindow),
        index=1,
        format_func=lambda each: _(WINDOW_LABELS[each]),
        key="playback_window",
    )
    left, right = st.columns(2, gap="small")
    seconds = left.selectbox(
        _("All pictures take"),
        SECONDS,
        format_func=lambda each: plural("{n} second", "{n} seconds", each),
        key="playback_seconds",
    )
    language = right.selectbox(
        _("Language"),
        list(FigureLanguage),
        index=list(FigureLanguage).index(FigureLanguage(current().code)),
        format_func=lambda each: _(LANGUAGE_LABELS[each]),
        key="playback_language",
    )
    return PlaybackOptions(
        window or PlayedWindow.WEEK, seconds or SECONDS[0], language or FigureLanguage.ENGLISH
    )


def _pictures(drawn: int, pictures: int) -> str:
    count = plural("{n} picture", "{n} pictures", pictures)
    return _("{shown} of {pictures}").format(shown=number(drawn), pictures=count)
