"""How the cells of a table are written, by its first rows: the order of dates, the decimal comma."""

import re
from collections.abc import Sequence

import pandas as pd

from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.formats.days import DateOrder, numeric, orders
from dashboard.datasets.formats.sheet import cell_text
from dashboard.model.message import message
from dashboard.text.normalise import fold

_SAMPLE = 5_000
# Orders of dates in the names of their columns, also in French, German and Turkish.
_DAY_FIRST = r"d{1,2}\W?m{1,2}\W?y{2,4}|jj\Wmm\W(?:aa){1,2}|tt\Wmm\W(?:jj){1,2}|gg\Waa\Wyyyy"
_ORDERS = (
    (re.compile(rf"\b(?:{_DAY_FIRST})\b"), DateOrder.DAY_FIRST),
    (re.compile(r"\bm{1,2}\W?d{1,2}\W?y{2,4}\b"), DateOrder.MONTH_FIRST),
    (re.compile(r"\by{2,4}\W?m{1,2}\W?d{1,2}\b"), DateOrder.YEAR_FIRST),
)


def resolve_date_order(
    sample: pd.DataFrame, columns: Sequence[str], chosen: DateOrder | None
) -> DateOrder | None:
    """The chosen date order, or the only one that the values allow; `None` if no date needs an order.

    Raises UnclearError if the values allow several, or none.
    """
    dates = sample_texts(sample, columns)
    if chosen is not None or not numeric(dates):
        return chosen
    possible = orders(dates)
    if len(possible) > 1:
        possible &= {order for column in columns if (order := _order_of_name(column))} or possible
    if len(possible) == 1:
        return possible.pop()
    why = message(
        "{columns}: it is not clear whether day or month comes first", columns=", ".join(columns)
    )
    raise UnclearError(
        "date_order", [item.value for item in DateOrder if item in possible or not possible], why
    )


def _order_of_name(column: str) -> DateOrder | None:
    """The order that the name of a column gives, as "Date (dd/mm/yyyy)"."""
    folded = fold(column)
    return next((order for pattern, order in _ORDERS if pattern.search(folded)), None)


def resolve_decimal_comma(
    sample: pd.DataFrame, columns: Sequence[str], *, chosen: bool | None
) -> bool:
    """Whether numbers have a decimal comma: the chosen answer, or true if any value has one."""
    if chosen is not None:
        return chosen
    return any(re.fullmatch(r"-?\d+,\d+", text) for text in sample_texts(sample, columns))


def sample_texts(sample: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """The texts in the first cells of the columns that are not blank."""
    cells = [sample[column].head(_SAMPLE).tolist() for column in columns if column in sample]
    return [text for column in cells for cell in column if (text := cell_text(cell))]
