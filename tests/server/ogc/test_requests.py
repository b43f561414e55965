"""Parameters of a request for features: read as the standard says, or refused with a sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.query.facets import FACETS
from dashboard.server.ogc.requests import (
    DEFAULT_LIMIT,
    MOST,
    Bounds,
    Cursor,
    feature_request,
)
from dashboard.server.parameters import RequestError

KNOWN: dict[str, frozenset[str]] = {
    **{facet.field: frozenset({"a", "b"}) for facet in FACETS},
    "event_id": frozenset(),
    "place_ids": frozenset(),
}


def read(**params: str | list[str]):
    given = {k.replace("_", "-") if k == "bbox_crs" else k: v for k, v in params.items()}
    return feature_request({k: v if isinstance(v, list) else [v] for k, v in given.items()}, KNOWN)


def test_without_parameters_all_events_are_asked_for():
    wanted = read()
    assert (wanted.limit, wanted.bounds, wanted.cursor) == (DEFAULT_LIMIT, None, Cursor())
    assert (wanted.query.start, wanted.query.end, wanted.format) == (None, None, "json")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020-12-05", date(2020, 12, 5), date(2020, 12, 5)),
        ("2020-12-05/2020-12-09", date(2020, 12, 5), date(2020, 12, 9)),
        ("2020-12-05T08:00:00Z/..", date(2020, 12, 5), None),
        ("/2020-12-09T23:59:59+03:00", None, date(2020, 12, 9)),
    ],
)
def test_datetime(text: str, start: date | None, end: date | None):
    query = read(datetime=text).query
    assert (query.start, query.end) == (start, end)


def test_filters_have_the_names_of_the_pages_link():
    query = read(
        kind=["a", "b"],
        actor="a",
        q="words",
        certain="dates",
        area=["circle:38,36,5"],
        **{"from": "2020-12-01"},
    ).query
    assert (query.kinds, query.actors, query.text) == (("a", "b"), ("a",), "words")
    assert query.certain
    assert list(map(str, query.areas)) == ["circle:38,36,5"]
    assert query.start == date(2020, 12, 1)


def test_bounds_and_pages():
    assert read(bbox="38,36,39,37").bounds == Bounds(38, 36, 39, 37)
    assert read(bbox="38,36,-100,39,37,4000").bounds == Bounds(38, 36, 39, 37)
    assert read(limit="5").limit == 5
    assert read(limit="999999").limit == MOST
    assert read(next="12.3").cursor == Cursor(12, 3)
    across = Bounds(170, -10, -170, 10)
    assert across.contains(180, 0)
    assert across.contains(-175, 0)
    assert not across.contains(0, 0)


@pytest.mark.parametrize(
    "params",
    [
        {"colour": "kind"},
        {"bbox": "1,2,3"},
        {"bbox": "38,37,39,36"},
        {"bbox": "nan,1,2,3"},
        {"bbox": "a,b,c,d"},
        {"bbox": ["1,2,3,4", "1,2,3,4"]},
        {"bbox_crs": "http://www.opengis.net/def/crs/EPSG/0/4326"},
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "ten"},
        {"limit": "²"},
        {"next": "12"},
        {"next": "1.2; DROP TABLE events"},
        {"datetime": "yesterday"},
        {"datetime": "../.."},
        {"datetime": "2021-01-01/2020-01-01"},
        {"datetime": "2021-01-01", "from": "2021-01-01"},
        {"f": "html"},
        {"kind": "no_such_kind"},
        {"from": "2021-13-01"},
    ],
    ids=str,
)
def test_what_is_not_understood_is_refused(params: dict[str, str | list[str]]):
    with pytest.raises(RequestError):
        read(**params)


@given(
    params=st.dictionaries(
        st.sampled_from(
            ["bbox", "datetime", "limit", "next", "f", "kind", "q", "from", "estimate"]
        ),
        st.lists(st.text(max_size=40), min_size=1, max_size=2),
    )
)
def test_any_text_is_read_or_refused(params: dict[str, list[str]]):
    try:
        wanted = feature_request(params, KNOWN)
    except RequestError:
        return
    assert 1 <= wanted.limit <= MOST
