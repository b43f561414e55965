"""A cell that is far too long for a date is none, and costs no more than its length."""

from dashboard.datasets.formats.partial_dates import LONGEST, interval


def test_a_text_too_long_for_a_date_is_none_and_no_pattern_is_tried_on_it():
    # Without a bound it took more than a minute.
    assert interval("x" * 400_000, None) is None
    assert interval("18 January 2021" + "." * LONGEST, None) is None
    assert interval("18 January 2021", None) is not None
