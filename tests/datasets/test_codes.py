"""Codes of rows, against a plain reading row by row."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.datasets.build.codes import explode_by_code, factorize_rows

ROWS = st.lists(
    st.tuples(st.sampled_from(["", "a", "ع"]), st.sampled_from([0.5, 1.0]), st.booleans())
)
LISTS = st.lists(st.lists(st.sampled_from("abc"), max_size=3), min_size=1, max_size=5)


@given(ROWS)
def test_equal_rows_have_one_code_and_others_another(rows):
    codes, first = factorize_rows(pd.DataFrame(rows, columns=["x", "y", "z"]))
    distinct = list(dict.fromkeys(rows))
    assert [distinct[code] for code in codes] == rows
    assert [rows[at] for at in first] == distinct


@given(LISTS, st.data())
def test_each_row_has_the_values_of_its_list_in_order(lists, data):
    codes = data.draw(st.lists(st.integers(0, len(lists) - 1)))
    at, values = explode_by_code(np.array(codes, dtype=np.intp), lists)
    expected = [(row, value) for row, code in enumerate(codes) for value in lists[code]]
    assert list(zip(at.tolist(), values.to_pylist(), strict=True)) == expected
