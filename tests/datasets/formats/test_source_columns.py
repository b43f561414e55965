"""The other columns of a source as JSON."""

import json

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.datasets.files.chunks import EXTENT
from dashboard.datasets.formats.sheet import Sheet
from dashboard.datasets.formats.source_columns import source_columns

CELLS = st.lists(st.text(max_size=12), min_size=3, max_size=3)


def sheet(columns: dict[str, list]) -> Sheet:
    return Sheet("a.csv", pd.DataFrame(columns), np.arange(2, 5), lambda fault: None)


@given(st.dictionaries(st.text(min_size=1, max_size=8), CELLS, min_size=1, max_size=4))
def test_each_cell_is_given_back_by_its_column(columns: dict[str, list[str]]):
    read = source_columns(sheet(columns), ())
    cells, values = read["source_columns"], read["source_values"]
    for number, cell in enumerate(cells):
        given_back = json.loads(cell) if cell else {}
        expected = {name: sheet(columns).text(name)[number] for name in columns}
        assert given_back == {name: text for name, text in expected.items() if text}
        texts = json.loads(f"[{values[number].removeprefix('{').removesuffix('}')}]")
        assert texts == list(given_back.values())


def test_numbers_have_no_decimals_that_the_file_lacks_and_blank_rows_are_blank():
    columns = {"n": [1.0, None, 2.5], "skip": ["a", "b", "c"], EXTENT: [0, 0, 0]}
    read = source_columns(sheet(columns), ("skip",))
    assert read["source_columns"].tolist() == ['{"n":"1"}', "", '{"n":"2.5"}']
    assert read["source_values"].tolist() == ['{ "1"}', "", '{ "2.5"}']
