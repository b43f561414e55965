"""Reading dates in its parts: written forms, the days they mean, the day a page states."""

from datetime import date, datetime

import pytest

from dashboard.dates import resolve
from dashboard.dates.patterns import first_words, patterns
from dashboard.dates.published import find_published
from dashboard.dates.read import Anchor, ParsedDate
from dashboard.model.when import When
from dashboard.text.normalise import fold
from dashboard.text.prepared import prepare

READ_ON = date(2021, 1, 5)


def _days(when: When | None) -> tuple[str, str] | None:
    return None if when is None else (str(when.start), str(when.end))


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("iso", "2021-01-18"),
        ("numeric", "18/1/2021"),
        ("day_month", "27 كانون الأول/ديسمبر 2020"),
        ("weekday", "يوم الاثنين"),
    ],
)
def test_a_written_form_is_recognised(form: str, text: str):
    assert patterns()[form].search(fold(text))


def test_every_name_of_a_first_word_is_a_pattern():
    names = {name for names in first_words().values() for name in names}
    assert names
    assert names <= patterns().keys()


@pytest.mark.parametrize(
    ("when", "days"),
    [
        (resolve.day_of(2021, 2, 29), None),
        (resolve.day_of(2020, 2, 29), ("2020-02-29", "2020-02-29")),
        (resolve.month_of(2021, 2), ("2021-02-01", "2021-02-28")),
        (resolve.year_of(2020), ("2020-01-01", "2020-12-31")),
        (resolve.offset(-1, READ_ON), ("2021-01-04", "2021-01-04")),
        (resolve.ago(3, "day", READ_ON, about=False), ("2021-01-02", "2021-01-02")),
        (resolve.hijri_day(1442, 6, 1), ("2021-01-14", "2021-01-14")),
        (resolve.hijri_day(1300, 1, 1), None),
    ],
)
def test_days_are_those_of_the_calendar(when: When | None, days: tuple[str, str] | None):
    assert _days(when) == days


def test_a_date_without_a_year_lies_before_publication():
    assert resolve.guess_year(12, 27, READ_ON) == 2020
    assert resolve.guess_year(1, 4, READ_ON) == 2021


def test_a_weekday_is_the_last_one_before_publication():
    monday = resolve.weekday_of(1, None, READ_ON)
    assert _days(monday) == ("2021-01-04", "2021-01-04")
    assert monday.start is not None
    assert monday.start.isoweekday() == 1


def test_parts_lie_within_the_whole():
    month = resolve.month_of(2021, 1)
    half = resolve.nth_of(month, 2, 2)
    assert half is not None
    assert month.start is not None
    assert half.start is not None
    assert half.start > month.start
    assert half.end == month.end
    assert resolve.nth_of(month, 3, 2) is None


def test_an_interval_does_not_run_backwards():
    first, last = resolve.offset(-2, READ_ON), resolve.offset(0, READ_ON)
    assert _days(resolve.until(first, last)) == ("2021-01-03", "2021-01-05")
    assert resolve.until(last, first) is None


def test_the_calendar_has_a_first_day():
    assert resolve.days_before(date(1, 1, 3), 2) == date(1, 1, 1)
    assert resolve.days_before(date(1, 1, 3), 3) is None


def test_the_first_end_of_a_range_takes_the_year_of_the_second():
    """As "27 December to 3 January 2021": the last such day before the range ends."""
    end = ParsedDate(resolve.day_of(2021, 1, 3), "written in full")
    begin = ParsedDate(None, "no year", day=27, month=12)
    assert _days(begin.with_year_of(end)) == ("2020-12-27", "2020-12-27")
    assert Anchor(READ_ON, None, "").published == READ_ON


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("العنوان\nتاريخ النشر: 2020-12-28 07:17\nنص الخبر هنا.", datetime(2020, 12, 28, 7, 17)),  # noqa: DTZ001
        ("العنوان\nتاريخ النشر: 28/12/2020\nنص الخبر هنا.", datetime(2020, 12, 28)),  # noqa: DTZ001
        ("العنوان\nقصف الجيش البلدة في 28 كانون الأول 2020.", None),
    ],
)
def test_a_day_of_publication_is_one_that_the_page_labels(text: str, expected: datetime | None):
    published = find_published(prepare(text, frozenset()))
    assert (published.value if published else None) == expected
    if published:
        assert published.reason.msgid.startswith("Stated: ")
