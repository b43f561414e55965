"""The order and the columns of the table in a link."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.model.table_view import TableView
from dashboard.query.read_one import ReadOne
from dashboard.query.table_link import table_from, table_params


def _read(values: dict[str, str]) -> TableView:
    def one(key: str, read: Callable[[str], Any]) -> Any:
        return read(values[key]) if key in values else None

    read_one: ReadOne = one
    return table_from(read_one)


def test_a_link_names_only_what_is_not_usual():
    assert table_params(TableView()) == {}
    view = TableView("killed.best", descending=True, columns=("date", "title"), wide=True)
    params = table_params(view)
    assert params == {"sort": ["-killed.best"], "columns": ["date.title"], "table": ["wide"]}
    assert _read({key: value for key, (value,) in params.items()}) == view


def test_columns_are_in_the_order_of_the_table():
    assert _read({"columns": "title.date.title"}).columns == ("date", "title")


@pytest.mark.parametrize(
    ("key", "value"),
    [("sort", "places"), ("sort", "--date"), ("columns", ""), ("columns", "x"), ("table", "1")],
)
def test_what_the_table_does_not_have_is_refused(key: str, value: str):
    with pytest.raises(ValueError, match=f"^{value}$"):
        _read({key: value})
