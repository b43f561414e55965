"""Events that may lie outside of the dates, on the printed map: pale as on the screen, and counted."""

from datetime import date

import pytest

from dashboard.model.corpus import Corpus
from dashboard.paper.content import Content
from dashboard.paper.figure import bytes_of, make_figure
from dashboard.paper.options import FigureOptions, Format
from dashboard.query.query import Query
from dashboard.settings import Settings
from dashboard.summary.summary import Summary
from tests.oracle.selected import selected_by_id

WORDS = "pale: all of them only possibly within the dates"
DAYS = date(2021, 1, 1), date(2021, 1, 20)


def content(corpus: Corpus, query: Query) -> Content:
    ids = [
        key
        for key, event in corpus.events.events.items()
        if event.when.overlaps(query.start, query.end)
    ]
    return Content(Summary(selected_by_id(corpus, ids), query, date(2026, 11, 28), 46))


@pytest.mark.parametrize(
    ("query", "has"), [(Query(start=DAYS[0], end=DAYS[1]), True), (Query(), False)]
)
def test_marks_of_possible_events_are_pale_and_counted(
    corpus: Corpus, settings: Settings, query: Query, *, has: bool
):
    printed = make_figure(content(corpus, query), FigureOptions(), settings.basemap, "0.1")
    events = content(corpus, query).selected.events
    for mark in printed.ground.marks:
        whens = [events[position].when for position in mark.positions]
        assert mark.possible == sum(not when.lies_in(query.start, query.end) for when in whens)
    assert any(mark.only_possible for mark in printed.ground.marks) is has
    written = " ".join(
        text.get_text() for text in printed.figure.findobj(lambda it: hasattr(it, "get_text"))
    )
    assert (WORDS in " ".join(written.split())) is has
    assert ("possibly within the dates: " in " ".join(written.split())) is has
    image = bytes_of(printed.figure, Format.PNG, "possible")
    assert image.startswith(b"\x89PNG")
