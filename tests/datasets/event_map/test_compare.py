"""Which cells say the same as the record, in the notations of the formats."""

from dataclasses import replace

import pytest

from dashboard.datasets.event_map.compare import CHILDREN, Difference, differences
from dashboard.datasets.event_map.layouts import Layout, layout_rows
from dashboard.datasets.event_map.tables import EventRows, rows_of
from dashboard.export.acled import to_acled
from dashboard.export.coarsen import Coarseness
from dashboard.export.selection import event_records, export_of
from dashboard.export.ucdp import to_ucdp
from dashboard.model.corpus import Corpus
from dashboard.query.query import Query
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events


@pytest.fixture(scope="module")
def rows(corpus: Corpus, index: EventIndex) -> EventRows:
    selected = selected_events(corpus, index, Query(kinds=("arrest",)))
    (record, *_) = event_records(selected, Coarseness.ORIGINAL)
    rows = rows_of(record, corpus.lexicon.kinds)
    event = rows.event | {"date_start": "2021-01-18", "killed_low": 3, "summary_en": "a\r\nb"}
    return replace(rows, event=event, source={"a": "1", "b": "x"})


@pytest.mark.parametrize(
    ("column", "cell", "same"),
    [
        ("date_start", "2021-01-18", True),
        ("date_start", "18/1/2021", True),
        ("date_start", "2021-01-18 00:00:00", True),
        ("date_start", "19/1/2021", False),
        ("date_start", "", False),
        ("killed_low", "3.0", True),
        ("killed_low", "4", False),
        ("killed_low", "many", False),
        ("killed_high", "", True),
        ("killed_high", "5", False),
        ("reviewed", "TRUE", True),
        ("reviewed", "0", False),
        ("summary_en", "a\nb", True),
        ("summary_en", "'a\nb", False),
        ("source_a", "1", True),
        ("source_b", "", False),
        ("source_c", "1", False),
        ("a column of somebody", "anything", True),
    ],
)
def test_a_cell_is_compared_in_any_notation(rows: EventRows, column: str, cell: str, *, same: bool):
    (expected,) = layout_rows(rows, Layout.EVENT)
    found = list(differences(rows, expected | {column: cell}))
    assert [one.field for one in found] == ([] if same else [column])


@pytest.mark.parametrize("name", CHILDREN)
@pytest.mark.parametrize(
    "text", ["{", "5", "[1]", '[{"no": "row"}, {}, {}, {}, {}, {}, {}, {}, {}]']
)
def test_child_rows_that_are_none_are_a_difference(rows: EventRows, name: str, text: str):
    (expected,) = layout_rows(rows, Layout.EVENT)
    (found,) = differences(rows, expected | {name: text})
    assert isinstance(found, Difference)
    assert found.field == name


def test_rows_of_acled_and_ucdp_are_one_per_event(corpus: Corpus, index: EventIndex):
    selected = selected_events(corpus, index, Query(kinds=("arrest",)))
    export = export_of(selected, Coarseness.ORIGINAL, {})
    for write in (to_acled, to_ucdp):
        assert write(export).count(b'""version""') == len(selected.events)
