"""Ids that repeat, begin again, or are absent: no row is merged or overwritten in silence."""

from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.engine.datasets import Datasets
from dashboard.engine.id_rules import IdRules
from tests.engine.id_rows import Row, events_of, import_rows, without_id

MONDAY, TUESDAY = date(2021, 1, 18), date(2021, 1, 19)
FEBRUARY = date(2021, 2, 5)


@pytest.fixture
def datasets(tmp_path: Path) -> Datasets:
    return Datasets(tmp_path)


def again(datasets: Datasets, rows: list[Row], **options: str) -> None:
    """A second import of the same rows changes nothing."""
    before, card = events_of(datasets), datasets.get("t")
    counts = import_rows(datasets, rows, **options)
    assert (counts.added, counts.changed) == (0, 0)
    assert events_of(datasets) == before
    assert datasets.get("t") == card


def test_rows_of_one_id_with_other_cells_are_events(datasets):
    rows = [Row("1"), Row("2"), Row("1", TUESDAY, 36.1, "B"), Row("1")]
    counts = import_rows(datasets, rows)
    assert (counts.added, counts.repeated_ids, counts.duplicates) == (3, 1, 1)
    events = events_of(datasets)
    (other,) = events.keys() - {"1", "2"}
    assert events["1"] == without_id(rows[0])
    assert events[other] == without_id(rows[2])
    assert other.startswith("1#")
    assert len(other) == len("1#") + 8
    assert counts.examples == {"repeated_ids": (f"t:{other}",)}
    again(datasets, rows)
    again(datasets, rows[::-1])
    again(datasets, rows[2:3])


def test_same_rows_without_an_id_are_several_events(datasets):
    rows = [Row(""), Row("", TUESDAY), Row(""), Row("")]
    counts = import_rows(datasets, rows)
    assert (counts.added, counts.same_rows, counts.duplicates) == (4, 2, 0)
    assert sorted(key.partition("#")[2] for key in events_of(datasets)) == ["", "", "2", "3"]
    again(datasets, rows)
    again(datasets, rows[::-1])
    assert import_rows(datasets, [*rows, Row("")]).added == 1


@pytest.mark.parametrize("answer", ["add", None])
def test_ids_that_begin_again_are_added_as_other_events(datasets, answer):
    january = [Row("1"), Row("2", TUESDAY, 36.1)]
    february = [Row("1", FEBRUARY, 36.2), Row("2", FEBRUARY, 36.3)]
    import_rows(datasets, january)
    rules = IdRules(changed_ids=answer)
    counts = import_rows(datasets, february, rules=rules)
    assert (counts.added, counts.changed, counts.changed_ids_added) == (2, 0, 2)
    assert set(events_of(datasets).values()) == set(map(without_id, january + february))
    again(datasets, february)
    again(datasets, january)
    # A correction of either is known by its day and place.
    corrected = [Row("1", FEBRUARY, 36.2, "Corrected"), january[1]]
    counts = import_rows(datasets, corrected, rules=rules)
    assert (counts.added, counts.changed, counts.changed_ids_updated) == (0, 1, 1)
    assert set(events_of(datasets).values()) == {
        without_id(row) for row in (january[0], january[1], corrected[0], february[1])
    }
    again(datasets, corrected)


def test_changed_rows_update_their_events_on_answer(datasets):
    import_rows(datasets, [Row("1"), Row("2", lat=36.1)])
    changed = [Row("1", FEBRUARY, 36.2), Row("2", lat=36.1)]
    counts = import_rows(datasets, changed, rules=IdRules(changed_ids="update"))
    assert (counts.added, counts.changed, counts.changed_ids_updated) == (0, 1, 1)
    assert counts.examples["changed_ids_updated"] == ("t:1",)
    assert events_of(datasets) == {row.id: without_id(row) for row in changed}
    again(datasets, changed)


def test_a_row_without_day_or_place_is_no_correction_by_itself(datasets):
    import_rows(datasets, [Row("1", None), Row("2", lat=None)])
    counts = import_rows(datasets, [Row("1", None, title="B"), Row("2", lat=None, title="B")])
    assert (counts.added, counts.changed_ids_added) == (2, 2)


def test_ids_of_known_formats_are_global(datasets):
    import_rows(datasets, [Row("1")], format_="ucdp")
    counts = import_rows(datasets, [Row("1", FEBRUARY, 36.2)], format_="ucdp")
    assert (counts.added, counts.changed, counts.changed_ids_updated) == (0, 1, 0)
    assert events_of(datasets) == {"1": without_id(Row("1", FEBRUARY, 36.2))}


def test_an_older_version_of_an_event_of_acled_is_left_out(datasets):
    new, old = Row("1", title="New", timestamp="1700000000"), Row("1", timestamp="99")
    import_rows(datasets, [new], format_="acled")
    counts = import_rows(datasets, [old, Row("2", timestamp="5")], format_="acled")
    assert (counts.added, counts.changed, counts.unchanged, counts.older) == (1, 0, 0, 1)
    assert counts.examples == {"older": ("t:1",)}
    assert events_of(datasets)["1"].title == "New"
    again(datasets, [old], format_="acled")
    newest = Row("1", TUESDAY, title="Newest", timestamp="2023-11-15 00:00:00")
    assert import_rows(datasets, [newest], format_="acled").changed == 1


def test_of_two_versions_in_a_file_of_acled_the_newer_is_imported(datasets):
    rows = [Row("1", timestamp="5"), Row("1", title="New", timestamp="7"), Row("2")]
    counts = import_rows(datasets, rows, format_="acled")
    assert (counts.added, counts.older, counts.repeated_ids) == (2, 1, 0)
    assert events_of(datasets)["1"].title == "New"
    again(datasets, rows, format_="acled")


@pytest.mark.parametrize(
    "corrected",
    [Row("", lat=36.5), Row("", TUESDAY), Row("", title="B")],
    ids=["place", "day", "title"],
)
@pytest.mark.parametrize("answer", ["replace", "add", None])
def test_a_row_like_an_event_without_id_is_asked_about(datasets, corrected, answer):
    other = Row("", FEBRUARY, 40, "Else")
    import_rows(datasets, [Row(""), other])
    counts = import_rows(datasets, [corrected, other], rules=IdRules(like_rows=answer))
    if answer == "replace":
        assert (counts.added, counts.changed, counts.like_rows_replaced) == (0, 1, 1)
        assert set(events_of(datasets).values()) == {corrected, other}
    else:
        assert (counts.added, counts.changed, counts.like_rows_added) == (1, 0, 1)
        assert set(events_of(datasets).values()) == {Row(""), corrected, other}
    again(datasets, [corrected, other])


@pytest.mark.parametrize(
    "row",
    [
        Row("", FEBRUARY, 40),
        Row("", None, None),
        Row("", FEBRUARY, title="Event"),
        Row("1", lat=40),
    ],
)
def test_a_row_that_has_one_thing_in_common_is_another_event(datasets, row):
    import_rows(datasets, [Row("")])
    counts = import_rows(datasets, [row], rules=IdRules(like_rows="replace"))
    assert (counts.added, counts.like_rows_replaced) == (1, 0)


def test_a_title_that_is_there_often_makes_no_row_like_another(datasets):
    import_rows(datasets, [Row("", date(2021, 1, day)) for day in range(1, 9)])
    counts = import_rows(datasets, [Row("", date(2021, 2, day)) for day in range(1, 9)])
    assert (counts.added, counts.like_rows_added) == (8, 0)


def test_counting_alone_writes_nothing(datasets):
    rows = [Row("1"), Row("1", TUESDAY), Row(""), Row("")]
    counts = import_rows(datasets, rows, write=False)
    assert datasets.get("t") is None
    assert counts == import_rows(datasets, rows)
    card = datasets.get("t")
    changed = [Row("1", FEBRUARY), Row("", lat=36.5)]
    rules = IdRules("update", "replace")
    counts = import_rows(datasets, changed, rules=rules, write=False)
    assert datasets.get("t") == card
    assert counts == import_rows(datasets, changed, rules=rules)


def test_a_repeated_id_that_another_dataset_has_is_another_event(datasets):
    rows = [Row("a:1"), Row("a:1", TUESDAY)]
    import_rows(datasets, [Row("1")], name="a", format_="ucdp")
    for name in ("t", "u"):
        import_rows(datasets, rows, name=name, format_="ucdp")
        assert len(events_of(datasets, name)) == 2
    again(datasets, rows, format_="ucdp")


ROWS = st.builds(
    Row,
    st.sampled_from(["", "1", "2"]),
    st.sampled_from([MONDAY, TUESDAY, FEBRUARY, None]),
    st.sampled_from([36.0, 36.1, None]),
    st.sampled_from(["A", "B", "Event"]),
)


@given(st.lists(ROWS, max_size=12), st.integers(1, 5))
@settings(max_examples=40)
def test_no_row_of_a_file_is_lost(rows: list[Row], chunk: int):
    with TemporaryDirectory() as folder:
        datasets = Datasets(Path(folder))
        if not rows:
            return
        counts = import_rows(datasets, rows, chunk=chunk)
        given_ids = {row for row in rows if row.id}
        expected = Counter(map(without_id, given_ids)) + Counter(row for row in rows if not row.id)
        assert Counter(events_of(datasets).values()) == expected
        assert counts.added == expected.total()
        assert counts.added + counts.duplicates == len(rows)
        again(datasets, rows)
        again(datasets, rows[::-1])


@given(st.lists(ROWS, max_size=10, unique=True), st.integers(0, 10))
@settings(max_examples=40)
def test_no_row_of_two_files_is_lost_but_corrected_ones(rows: list[Row], at: int):
    files = [rows for rows in (rows[:at], rows[at:]) if rows]
    with TemporaryDirectory() as folder:
        datasets = Datasets(Path(folder))
        counts = [import_rows(datasets, file) for file in files]
        assert len(events_of(datasets)) == sum(one.added for one in counts)
        updated = sum(one.changed_ids_updated for one in counts)
        assert sum(one.changed for one in counts) == updated
        assert len(events_of(datasets)) == len(rows) - updated
        assert {without_id(row) for row in rows[at:]} <= set(events_of(datasets).values())
        if files:
            again(datasets, files[-1])
