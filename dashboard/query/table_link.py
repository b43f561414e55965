"""How the table is shown as parameters of a link, e.g. sort=-killed.best and columns=date.title."""

from dashboard.model.table_view import COLUMNS, SORTS, USUAL_COLUMNS, TableView
from dashboard.query.read_one import ReadOne

TABLE_KEYS = ("sort", "columns", "table")
_WIDE = "wide"


def table_params(table: TableView) -> dict[str, list[str]]:
    """The parameters of a table; what is as in `TableView()` is omitted."""
    order = f"{'-' if table.descending else ''}{table.sort}"
    values = {
        "sort": order if order != TableView().sort else "",
        "columns": ".".join(table.columns) if table.columns != USUAL_COLUMNS else "",
        "table": _WIDE if table.wide else "",
    }
    return {key: [value] for key, value in values.items() if value}


def table_from(read_one: ReadOne) -> TableView:
    """The table of a link, whose parameters `read_one` reads."""
    usual = TableView()
    sort, descending = read_one("sort", _order) or (usual.sort, usual.descending)
    return TableView(
        sort=sort,
        descending=descending,
        columns=read_one("columns", _columns) or usual.columns,
        wide=read_one("table", _wide) is not None,
    )


def _order(value: str) -> tuple[str, bool]:
    sort = value.removeprefix("-")
    if sort not in SORTS:
        raise ValueError(value)
    return sort, value.startswith("-")


def _columns(value: str) -> tuple[str, ...]:
    chosen = set(value.split("."))
    if not chosen <= set(COLUMNS):
        raise ValueError(value)
    return tuple(column for column in COLUMNS if column in chosen)


def _wide(value: str) -> str:
    if value != _WIDE:
        raise ValueError(value)
    return value
