"""Trends of the real corpus: counts, their texts and tables, the chart, the figure, and clicks."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.browser.compared_chart import (
    MOST_BARS,
    compared_bars,
    compared_chart,
    compared_key,
)
from dashboard.browser.trend_chart import bars, key_html, trend_chart
from dashboard.browser.trend_tables import (
    compared_rows,
    compared_table,
    difference_words,
    ratio_words,
    time_rows,
)
from dashboard.model.trend import Period, Step, Trend, TrendView
from dashboard.paper.figure import bytes_of
from dashboard.paper.options import Format
from dashboard.paper.trend_figure import TrendTexts, trend_figure
from dashboard.project.catalog import Catalog
from dashboard.project.project import Project
from dashboard.query.query import Query
from dashboard.query.trend_link import trend_params
from dashboard.settings import read_settings
from dashboard.trends.compared import Compared, Row, compared
from dashboard.trends.count import Bounds, change
from dashboard.trends.cross_table import cross_table
from dashboard.trends.from_engine import counted
from dashboard.trends.labels import category_name, period_name
from dashboard.trends.over_time import OverTime, Series, over_time
from dashboard.ui.explore.trends import fields, figure, picking
from dashboard.ui.state import explore_query

pytestmark = pytest.mark.usefixtures("workspace_of_the_tests")
JANUARY = Period(date(2021, 1, 1), date(2021, 1, 31))
HOSTILE = '</script><img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    project = Project(read_settings())
    return project.catalog(project.load())


def _odd(name: str) -> OverTime:
    count = [Bounds(1, 3)]
    series = [Series("x", name, "#0072B2", count)]
    return OverTime(JANUARY, Step.MONTH, False, [JANUARY], series, count, 0)


def test_categories_of_one_value_add_up_to_all_events(catalog: Catalog):
    data = over_time(catalog, Query(trend=Trend(split="kind", step=Step.MONTH)))
    for at, everything in enumerate(data.everything):
        assert sum(series.counts[at].low for series in data.series) == everything.low
        assert sum(series.counts[at].high for series in data.series) == everything.high
    assert [period_name(period, data.step) for period in data.periods][1] == "December 2020"


def test_certain_dates_only_leaves_out_what_may_be_outside(catalog: Catalog):
    january = Query(start=JANUARY.start, end=JANUARY.end, trend=Trend(step=Step.MONTH))
    (possible,) = over_time(catalog, january).everything
    sure = Query(start=JANUARY.start, end=JANUARY.end, certain=True, trend=Trend(step=Step.MONTH))
    (certain,) = over_time(catalog, sure).everything
    assert certain == Bounds(possible.low, possible.low)
    assert catalog.totals(sure)[0].shown == certain.low
    assert catalog.totals(january)[0].shown == possible.high


def test_the_chart_has_a_row_for_each_part_of_a_bar(catalog: Catalog):
    data = over_time(catalog, Query(trend=Trend(split="actor")))
    rows = bars(data)
    counts = [count for series in data.series for count in series.counts]
    assert rows["events"].sum() == sum(count.high for count in counts)
    assert rows.loc[rows["certainty"] == "certain", "events"].sum() == sum(it.low for it in counts)
    assert trend_chart(data, "Events").to_dict()["encoding"]["y"]["title"] == "Events"


def test_strangers_names_are_data_in_the_chart_and_escaped_in_the_key():
    data = _odd(HOSTILE)
    assert "<img" not in key_html(data)
    scale = trend_chart(data, "Events").to_dict()["encoding"]["color"]["scale"]
    assert scale["domain"] == [HOSTILE]


def test_a_file_has_the_lowest_and_the_highest_count():
    columns, rows = time_rows(_odd("=1+1"))
    assert [dict(zip(columns, row, strict=True)) for row in rows][1] == {
        "start": "2021-01-01", "end": "2021-01-31", "category": "x", "category_name": "=1+1",
        "at_least": 1, "at_most": 3, "open_end": "",
    }  # fmt: skip


def test_the_comparison_has_the_counts_of_the_filter(catalog: Catalog):
    december = Period(date(2020, 12, 1), date(2020, 12, 31))
    query = Query(trend=Trend(TrendView.PERIODS, "kind", periods=(december, JANUARY)))
    data = compared(catalog, query, "All events")
    for period, count in zip(
        data.periods, (data.everything.earlier, data.everything.later), strict=True
    ):
        totals, _counts = catalog.totals(Query(start=period.start, end=period.end))
        assert count == Bounds(totals.shown - totals.possible, totals.shown)
    sure = compared(catalog, replace(query, certain=True, start=JANUARY.start), "All events")
    assert [count.high for count in (sure.everything.earlier, sure.everything.later)] == [
        data.everything.earlier.low,
        data.everything.later.low,
    ]
    assert len(compared_table(data, "Kind")) == len(data.rows) + 1 == len(compared_rows(data)[1])


@pytest.mark.parametrize(
    ("earlier", "later", "difference", "ratio"),
    [
        (Bounds(4, 4), Bounds(6, 6), "+2", "1.5"),
        (Bounds(2, 4), Bounds(1, 6), "−3 to +4", "0.25 to 3"),
        (Bounds(0, 0), Bounds(0, 0), "0", ""),
        (Bounds(1, 1, open=True), Bounds(2, 2), "not known: a figure has no upper end", ""),
    ],
)
def test_changes_in_words(earlier: Bounds, later: Bounds, difference: str, ratio: str):
    row = Row("x", "x", earlier, later, change(earlier, later))
    assert difference_words(row.change.difference) == difference
    assert ratio_words(row) == ratio


def test_the_bars_of_two_periods_have_the_counts_of_the_table(catalog: Catalog):
    periods = Period(date(2020, 12, 1), date(2020, 12, 31)), JANUARY
    data = compared(catalog, Query(trend=Trend(split="kind", periods=periods)), "All")
    parts = compared_bars(data)
    assert set(parts["category"]) == set(range(min(len(data.rows), MOST_BARS)))
    for at, row in enumerate(data.rows[:MOST_BARS]):
        both = parts[parts["category"] == at]
        assert both[both["period"] == "Earlier"]["events"].sum() == row.earlier.high
        assert both[both["period"] == "Later"]["events"].sum() == row.later.high
        sure = both[both["certainty"] == "certain"]["events"].sum()
        assert sure == row.earlier.low + row.later.low
    dark = compared_chart(data, "Events", dark=True).to_dict()["encoding"]["color"]["scale"]
    assert dark["range"][1] in compared_key(dark=True)
    assert dark["range"][1] not in compared_key()


def test_two_categories_of_one_name_have_bars_of_their_own():
    count = Bounds(1, 1)
    rows = [Row(key, HOSTILE, count, count, change(count, count)) for key in ("a", "b")]
    data = Compared((JANUARY, JANUARY), rows, rows[0])
    assert set(compared_bars(data)["name"]) == {HOSTILE, f"{HOSTILE} (2)"}
    assert "<img" not in compared_key()


def test_a_cross_table_of_one_value_each_has_every_event_once(catalog: Catalog):
    query = Query(trend=Trend(TrendView.CROSS, "group", "attestation"))
    assert cross_table(catalog, query).events.sum() == catalog.events
    assert set(counted(catalog, query, 2).categories) > {""}
    assert category_name(catalog.names, "group", "") == "All others"


def test_the_figure_is_drawn_and_names_its_sources(catalog: Catalog):
    query = Query(trend=Trend(split="actor"))
    data = over_time(catalog, query)
    texts = TrendTexts("Title", "Sentence", "Events", ["Note"], ["Source"], date(2026, 1, 1))
    assert bytes_of(trend_figure(data, texts), Format.PDF, "Title").startswith(b"%PDF")
    assert figure._sources(catalog, query)[0].startswith("Orient Net (19 events)")


def test_a_category_becomes_the_filter_that_has_its_events(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
):
    changes: dict[str, object] = {}
    monkeypatch.setattr(explore_query, "change", changes.update)
    picking.filter_value(catalog, "actor", "sdf")
    picking.filter_value(catalog, "actor", "")
    picking.filter_value(catalog, "actor", None)
    assert changes == {"actors": ("sdf",)}
    picking.filter_value(catalog, "group", "violence")
    kinds = changes["kinds"]
    assert isinstance(kinds, tuple)
    assert {catalog.names.lexicon.kinds[kind].group for kind in kinds} == {"violence"}
    picking.filter_dates(JANUARY)
    assert (changes["start"], changes["end"]) == (JANUARY.start, JANUARY.end)


def test_only_what_differs_from_the_default_is_in_the_link():
    assert trend_params(Trend()) == {}
    assert trend_params(Trend(periods=(JANUARY, JANUARY)))["compare"] == [
        "2021-01-01..2021-01-31,2021-01-01..2021-01-31"
    ]


def test_what_is_missing_is_named():
    assert "has a figure: killed." in fields.nothing(Query(trend=Trend(figures=True)))
    assert "date" in fields.nothing(Query())
