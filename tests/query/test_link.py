from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.area import MOST_AREAS, BoxArea, CircleArea
from dashboard.model.estimate import Measure
from dashboard.model.table_view import COLUMNS, SORTS, TableView
from dashboard.model.trend import Period, Step, Trend, TrendView
from dashboard.query.facets import FACETS
from dashboard.query.link import TABS, from_params, to_params
from dashboard.query.query import EstimateRange, MapView, Query
from dashboard.query.splits import SPLITS

WORDS = frozenset({"arrest", "clash", "sdf", "ain_issa"})
VOCABULARY = {facet.field: WORDS for facet in FACETS} | {"event_id": WORDS, "place_ids": WORDS}
VALUES = st.lists(st.sampled_from(sorted(WORDS)), unique=True, max_size=3).map(tuple)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2050, 1, 1))
VIEWS = st.none() | st.builds(
    MapView,
    st.floats(-85, 85).map(lambda x: round(x, 4)),
    st.floats(-180, 180).map(lambda x: round(x, 4)),
    st.integers(4, 16),
)
TEXTS = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=50).filter(
    str.isprintable
)
BOUNDS = st.none() | st.integers(0, 999_999_999)
RANGES = st.builds(EstimateRange, st.sampled_from(Measure), BOUNDS, BOUNDS).filter(
    lambda it: it.low is not None if it.high is None else (it.low or 0) <= it.high
)
DEGREES = st.floats(-80, 80).map(lambda x: round(x, 5) + 0.0)
KM = st.floats(0.1, 300).map(lambda x: round(x, 5))
AREAS = st.builds(CircleArea, DEGREES, DEGREES, KM) | st.tuples(DEGREES, DEGREES, KM, KM).map(
    lambda it: BoxArea(it[0], it[1], round(it[0] + it[2] / 4, 5), round(it[1] + it[3] / 40, 5))
)
PERIODS = st.tuples(st.dates(), st.dates()).map(lambda it: Period(min(it), max(it)))
TRENDS = st.builds(
    Trend,
    view=st.sampled_from(TrendView),
    split=st.sampled_from(list(SPLITS)),
    cross=st.sampled_from(list(SPLITS)),
    step=st.none() | st.sampled_from(Step),
    figures=st.booleans(),
    periods=st.none() | st.tuples(PERIODS, PERIODS),
)
TABLES = st.builds(
    TableView,
    sort=st.sampled_from(SORTS),
    descending=st.booleans(),
    columns=st.sets(st.sampled_from(COLUMNS), min_size=1).map(
        lambda chosen: tuple(column for column in COLUMNS if column in chosen)
    ),
    wide=st.booleans(),
)
QUERIES = st.builds(
    Query,
    **{facet.field: VALUES for facet in FACETS},
    text=TEXTS,
    start=DAYS,
    end=DAYS,
    view=VIEWS,
    place_ids=VALUES,
    event_id=st.none() | st.sampled_from(sorted(WORDS)),
    tab=st.sampled_from(TABS),
    trend=TRENDS,
    table=TABLES,
    basemap=st.sampled_from(["", "online", "syria.pmtiles", "خريطة (2).mbtiles"]),
    estimate=st.none() | RANGES,
    areas=st.lists(AREAS, unique=True, max_size=MOST_AREAS).map(tuple),
    measure=st.sampled_from(Measure),
    extents=st.booleans(),
).filter(lambda query: not (query.start and query.end) or query.start <= query.end)


@given(QUERIES)
def test_a_query_survives_its_link(query: Query):
    assert from_params(to_params(query), VOCABULARY) == (query, ())


@given(
    st.dictionaries(
        st.text(max_size=8)
        | st.sampled_from(
            ["kind", "from", "to", "map", "at", "event", "tab", "q", "basemap", "area", "compare"]
        ),
        st.lists(st.text(max_size=30), max_size=3),
    )
)
def test_no_link_raises_or_selects_unknown_values(params: dict[str, list[str]]):
    query, _ = from_params(params, VOCABULARY)
    assert from_params(to_params(query), VOCABULARY)[0] == query
    assert set(query.kinds) <= WORDS


def test_each_bad_value_has_a_notice():
    params = {
        "kind": ["nonsense"],
        "from": ["2021-13-01"],
        "map": ["1,2"],
        "tab": ["x"],
        "z": ["1"],
    }
    query, notices = from_params(params, VOCABULARY)
    assert query == Query()
    assert len(notices) == 4


def test_numbers_in_the_wrong_order_are_dropped():
    query, notices = from_params({"estimate": ["killed:9..3"]}, VOCABULARY)
    assert query == Query()
    assert notices == ("The link's numbers are in the wrong order (9 to 3): ignored.",)


def test_dates_in_the_wrong_order_are_dropped():
    query, notices = from_params({"from": ["2021-02-01"], "to": ["2021-01-01"]}, VOCABULARY)
    assert query == Query()
    assert "wrong order" in notices[0]


def test_layers_are_in_the_link_in_their_order_and_bounded():
    first, second = f"{'1' * 16},rose,40,3,0", f"{'2' * 16},teal,80,2,20"
    query, notices = from_params({"layer": [second, first, second]}, VOCABULARY)
    assert notices == ()
    assert to_params(query)["layer"] == [second, first]
    assert not query.is_filtered
    many = [f"{at:016x}" for at in range(12)]
    query, notices = from_params({"layer": [*many, "x,y"]}, VOCABULARY)
    assert [layer.layer_id for layer in query.layers] == many[:8]
    assert len(notices) == 2
