"""The timeline of events in memory: bars of those known to a day, spans of others, the rest counted."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import day_number, day_of
from dashboard.model.when import DatePrecision, When
from dashboard.query.histogram import Extent
from dashboard.query.query import Query
from dashboard.timeline.from_records import days_from_records, extent_of_events
from dashboard.timeline.timeline import TimelineData, timeline_of
from tests.oracle.select import EventIndex
from tests.oracle.selected import events_between, selected_by_id, selected_events


def test_every_dated_event_is_a_bar_or_a_span(corpus: Corpus, index: EventIndex):
    selected = selected_events(corpus, index, Query())
    data = timeline_of(days_from_records(selected, extent_of_events(selected.events)))
    whens = [event.when for event in selected.events]
    dated = [when for when in whens if not when.undated]
    assert _bars(data) + len(data.spans) + data.hidden_spans == len(dated)
    assert _bars(data) == sum(when.precision is DatePrecision.DAY for when in dated)


def test_an_event_of_a_whole_year_does_not_widen_the_timeline(corpus: Corpus):
    events = corpus.events.events.values()
    extent = extent_of_events(events)
    assert day_of(extent.first) >= date(2020, 10, 1)
    assert day_of(extent.last) <= date(2021, 3, 31)
    assert any(event.when.precision is DatePrecision.YEAR for event in events)


def test_events_without_dates_have_no_extent():
    assert extent_of_events(events_between(_whens([(None, None)])).events) is None


FIRST, LAST = date(2020, 12, 1), date(2021, 2, 28)
DAYS = st.none() | st.dates(date(2020, 6, 1), date(2021, 8, 1))


@st.composite
def intervals(draw):
    start, end = draw(DAYS), draw(DAYS)
    return (end, start) if start and end and start > end else (start, end)


def _whens(rows):
    """Dates of these first and last days; one day of both is a date, both unknown none."""
    return [
        When(
            start,
            end,
            None
            if start is end is None
            else DatePrecision.DAY
            if start == end
            else DatePrecision.OPEN,
        )
        for start, end in rows
    ]


def _timeline(rows, first=None, last=None, stances=("asserts",)) -> TimelineData:
    """The timeline of events with these first and last days."""
    extent = Extent(day_number(first or FIRST), day_number(last or LAST))
    return timeline_of(days_from_records(events_between(_whens(rows), stances), extent))


def _bars(data):
    return sum(sum(part.counts.values()) for part in data.bins)


@given(st.lists(intervals(), min_size=1, max_size=40))
def test_an_event_is_one_bar_or_one_span_or_counted(rows):
    data = _timeline(rows)
    dated = sum(start is not None or end is not None for start, end in rows)
    exact = sum(
        start is not None and start == end and FIRST <= start <= LAST for start, end in rows
    )
    titles = [span.title for span in data.spans]
    assert _bars(data) == exact
    assert len(titles) + data.hidden_spans == dated - exact
    assert len(set(titles)) == len(titles)


@given(st.lists(intervals(), min_size=1, max_size=40))
def test_a_span_is_never_narrower_than_what_is_known(rows):
    known = {f"event {number}": row for number, row in enumerate(rows)}
    for span in _timeline(rows).spans:
        start, end = known[span.title.split(":")[0]]
        shown = date.fromisoformat(span.start), date.fromisoformat(span.end)
        assert span.open_start == (start is None or start < FIRST)
        assert span.open_end == (end is None or end > LAST)
        assert shown[0] == min(max(start or FIRST, FIRST), LAST)
        assert shown[1] == max(min(end or LAST, LAST), FIRST)


@given(st.lists(intervals(), min_size=1, max_size=40))
def test_spans_of_a_lane_lie_side_by_side(rows):
    spans = _timeline(rows).spans
    for lane in {span.lane for span in spans}:
        beside = sorted((span.start, span.end) for span in spans if span.lane == lane)
        assert all(left[1] < right[0] for left, right in pairwise(beside))


@given(st.lists(intervals(), min_size=1, max_size=40))
def test_the_density_strip_counts_the_events_without_a_lane(rows):
    data = _timeline(rows)
    assert bool(data.density) == bool(data.hidden_spans)
    assert all(0 <= count <= data.hidden_spans for count in data.density)


def test_the_number_of_spans_is_limited_and_the_strip_has_the_rest():
    day, rows = FIRST, []
    while day < LAST:
        rows += [(day, day + timedelta(days=1))] * 20
        day += timedelta(days=2)
    data = _timeline(rows)
    assert len(data.spans) == 200
    assert data.hidden_spans == len(rows) - 200
    assert sum(data.density) == 2 * data.hidden_spans
    assert max(span.start for span in data.spans) > "2021-02-20"


def test_both_ends_known_are_drawn_before_an_open_one():
    rows = [(None, LAST)] * 30 + [(date(2021, 1, 1), date(2021, 1, 20))]
    data = _timeline(rows)
    assert "event 30" in {span.title.split(":")[0] for span in data.spans}


def test_what_lies_beyond_the_edge_is_counted_but_may_lie_in_no_cell():
    rows = [(date(2019, 1, 1), date(2019, 12, 31))] * 30
    data = _timeline(rows)
    assert data.hidden_spans == 30 - len(data.spans)
    assert set(data.density) == {0}


def test_bars_are_stacked_by_attestation():
    data = _timeline([(FIRST, FIRST)] * 3, stances=("denies", "asserts", "denies"))
    assert [part.counts for part in data.bins] == [
        {"contested": 2, "corroborated": 0, "single_source": 1}
    ]


def test_bars_follow_the_calendar_as_the_extent_grows():
    day = date(2021, 1, 20)

    def bar(first, last):
        (only,) = _timeline([(day, day)], first, last).bins
        return only.start, only.days

    assert bar(FIRST, LAST) == ("2021-01-20", 1)
    assert bar(date(2019, 1, 1), LAST) == ("2021-01-18", 7)
    assert bar(date(2005, 1, 1), LAST) == ("2021-01-01", 31)
    assert bar(date(1980, 1, 1), LAST) == ("2021-01-01", 59)


def test_no_dated_event_gives_an_empty_timeline():
    data = _timeline([(None, None)])
    assert (data.bins, data.spans, data.hidden_spans, data.density) == ((), (), 0, ())


def test_only_the_selected_events_are_drawn(corpus: Corpus):
    extent = extent_of_events(corpus.events.events.values())
    none = timeline_of(days_from_records(selected_by_id(corpus, []), extent))
    assert (none.bins, none.spans, none.hidden_spans) == ((), (), 0)
    one = selected_by_id(corpus, ["withdrawal_mabaqer"])
    (span,) = timeline_of(days_from_records(one, extent)).spans
    assert (span.start, span.end) == ("2021-02-01", "2021-02-28")
    assert one.events[0].title_en in span.title
