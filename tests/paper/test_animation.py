"""The pictures of a playback: what each says of its window, and that only what changes is drawn anew."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dashboard.language.language import ARABIC, ENGLISH, using_language
from dashboard.model.corpus import Corpus
from dashboard.paper.animation import (
    Played,
    WindowCount,
    count_lines,
    days_played,
    pictures,
    shown_in,
)
from dashboard.paper.content import Content
from dashboard.paper.options import FigureLanguage, FigureOptions
from dashboard.query.query import Query
from dashboard.settings import Settings
from dashboard.summary.summary import Summary
from dashboard.timeline.playback import PlayedWindow, playback_windows
from tests.oracle.select import EventIndex, select
from tests.oracle.selected import selected_by_id, selected_events

MADE = date(2026, 11, 23)


def _content(corpus: Corpus, index: EventIndex, query: Query | None = None) -> Content:
    chosen = query or Query()
    return Content(Summary(selected_events(corpus, index, chosen), chosen, MADE, index.size))


def _played(content: Content, window: PlayedWindow, **options: object) -> Played:
    figure = FigureOptions(layout="animation", **options)  # type: ignore[arg-type]
    return Played(content, figure, playback_windows(window, *days_played(content.summary)))


@pytest.mark.parametrize("window", PlayedWindow)
@pytest.mark.parametrize("certain", [False, True])
def test_counts_of_each_window_are_those_of_the_query(
    corpus: Corpus, index: EventIndex, window: PlayedWindow, certain: bool
):
    content = _content(corpus, index, Query(certain=certain))
    windows = _played(content, window).windows
    found = set()
    for start, end in windows:
        shown, count = shown_in(content, (start, end))
        query = Query(start=start, end=end, certain=certain)
        sure = int(select(index, replace(query, certain=True)).shown.sum())
        assert len(shown) == int(select(index, query).shown.sum())
        assert count == WindowCount(sure, len(shown) - sure)
        found |= shown
    assert found


def test_events_certain_and_possible_are_counted_apart_in_both_languages():
    with using_language(ENGLISH):
        assert count_lines(WindowCount(3, 24)) == "3 events within the dates, 24 possibly"
        assert count_lines(WindowCount(1, 0)) == "1 event within the dates"
    with using_language(ARABIC):
        assert count_lines(WindowCount(2, 5)) == "حدثان ضمن التاريخين، 5 ربما"


@pytest.mark.parametrize("language", FigureLanguage)
def test_pictures_are_equal_but_for_what_their_windows_change(
    corpus: Corpus, index: EventIndex, settings: Settings, language: FigureLanguage
):
    played = _played(_content(corpus, index), PlayedWindow.MONTH, language=language)
    drawn = list(pictures(played, settings.basemap, "0"))
    assert [each.window for each in drawn] == list(played.windows)
    pixels = [np.asarray(each.image, dtype=int) for each in drawn]
    assert {each.shape for each in pixels} == {(800, 1280, 3)}
    differs = np.abs(pixels[0] - pixels[1]).sum(axis=2) > 0
    assert 0.005 < differs.mean() < 0.5
    # Title, sources and caveat are the same.
    assert not differs[:80].any()
    assert not differs[-60:].any()
    # A picture does not depend on those before it.
    again = list(pictures(replace(played, windows=played.windows[1:2]), settings.basemap, "0"))
    assert np.array_equal(np.asarray(again[0].image, dtype=int), pixels[1])


def test_strangers_titles_are_no_formulas_and_one_event_is_played(
    corpus: Corpus, index: EventIndex, settings: Settings
):
    dated = next(e for e in corpus.events.events.values() if not e.when.undated)
    content = Content(Summary(selected_by_id(corpus, [dated.event_id]), Query(), MADE, index.size))
    for title in ("$\\frac{1}{", "a $x$ b"):
        played = _played(content, PlayedWindow.MONTH, title_en=title)
        (first, *_others) = pictures(
            replace(played, windows=played.windows[:1]), settings.basemap, "0"
        )
        assert first.image.size == (1280, 800)
