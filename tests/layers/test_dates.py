"""The days of features: partial dates are all of their days, and nothing is guessed."""

import pytest

from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.formats.days import DateOrder
from dashboard.layers.dates import UNDATED, Days, date_order, read_days

JANUARY = 18628


@pytest.mark.parametrize(("first", "last", "days"), [
    ("2021-01", None, Days(JANUARY, JANUARY + 30)),
    ("كانون الثاني 2021", None, Days(JANUARY, JANUARY + 30)),
    ("2021-01-18", None, Days(JANUARY + 17, JANUARY + 17)),
    ("2021", "2021-01-18", Days(JANUARY, JANUARY + 17)),
    ("2021-01-18", "2021-01", Days(JANUARY + 17, JANUARY + 30)),
    ("2021-01-18", "", Days(JANUARY + 17, None)),
    ("2021-01-18", "..", Days(JANUARY + 17, None)),
    ("", "2021-01", Days(None, JANUARY + 30)),
    ("", None, UNDATED),
    ("unknown", "غير معروف", UNDATED),
    ("soon", None, None),
    ("2021-02-31", None, None),
    ("2021-01-18", "2020", None),
    ("1/2/2021", None, None),
])  # fmt: skip
def test_days(first: str, last: str | None, days: Days | None):
    assert read_days(first, last, None) == days


def test_the_order_of_dates_of_numbers_is_determined_by_all_of_them_or_asked():
    assert date_order("a", ["2021-01-18", ""], None) is None
    assert date_order("a", ["1/2/2021", "18/1/2021"], None) is DateOrder.DAY_FIRST
    assert date_order("a", ["1/2/2021"], DateOrder.MONTH_FIRST) is DateOrder.MONTH_FIRST
    with pytest.raises(UnclearError) as caught:
        date_order("a", ["1/2/2021"], None)
    assert caught.value.choices == ("dmy", "mdy", "ymd")
