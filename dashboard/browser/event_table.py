"""Events as the columns of a table, with the order that each column can be sorted by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.browser.event_rows import EventRow
from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import N_, _
from dashboard.model.estimate import Figure, Measure
from dashboard.model.table_view import BOUNDS, TableView
from dashboard.model.verification import Verification
from dashboard.text.escape import defuse

HEADINGS: Mapping[str, str] = {
    "date": N_("Date"),
    "kind": N_("Kind"),
    "title": N_("Event"),
    "other_title": N_("In the other language"),
    "places": N_("Places"),
    "attestation": N_("Attestation"),
    "figures": N_("Figures"),
    "verification": N_("Verification"),
    "place_verification": N_("Verification of the place"),
    "reviewed": N_("Reviewed"),
    "dataset": N_("Dataset"),
}
_BOUND_HEADINGS = {
    "low": N_("{measure}, lowest"),
    "best": N_("{measure}, best"),
    "high": N_("{measure}, highest"),
}
# The places of an event are a list, and have no order.
_UNSORTED = "places"
Figures = Mapping[str, Mapping[Measure, Figure]]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column with a cell per row: a text, a number, or `None` for no number.

    `sort` is one of `SORTS`, or "" if the rows cannot be sorted by this column.
    """

    heading: str
    sort: str
    cells: Sequence[str | int | None]
    numeric: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class EventTable:
    """The columns, the events of the rows, the selected event, and how the table is shown."""

    columns: Sequence[TableColumn]
    ids: Sequence[str]
    selected: str | None
    view: TableView


def table_columns(rows: Sequence[EventRow], view: TableView, figures: Figures) -> list[TableColumn]:
    """The chosen columns with headings for people.

    Each measure that one of the events has (`figures` by event id) has columns for the lowest, the best
    and the highest figure; no figure, and an open end, are `None`. What is copied may be pasted into a
    spreadsheet, so texts of strangers are defused.
    """
    columns: list[TableColumn] = []
    for name in view.columns:
        if name == "figures":
            columns += _figure_columns(rows, figures)
        else:
            sort = "" if name == _UNSORTED else name
            title = name in ("title", "other_title")
            cells = [_cell(row, name) for row in rows]
            columns.append(TableColumn(_(HEADINGS[name]), sort, cells, title=title))
    return columns


def sort_heading(sort: str) -> str:
    """The heading of the column that rows are sorted by, also if it is not shown."""
    measure, dot, bound = sort.partition(".")
    if not dot:
        return _(HEADINGS[sort])
    return _bound_heading(Measure(measure), bound)


def _bound_heading(measure: Measure, bound: str) -> str:
    return _(_BOUND_HEADINGS[bound]).format(measure=sentence_case(label(measure)))


def _cell(row: EventRow, name: str) -> str:
    unverified = label(Verification.UNVERIFIED)
    cells = {
        "date": row.when,
        "kind": row.kind,
        "title": defuse(row.title),
        "other_title": defuse(row.other_title),
        "places": defuse(row.places),
        "attestation": row.attestation_label,
        "verification": row.verification_label or unverified,
        "place_verification": row.verification_of_place or unverified,
        "reviewed": _("yes") if row.reviewed else _("no"),
        "dataset": defuse(row.dataset or _("Curated events")),
    }
    return cells[name]


def _figure_columns(rows: Sequence[EventRow], figures: Figures) -> list[TableColumn]:
    """The lowest, best and highest figures of each measure that is given."""
    given = {each for row in rows for each in figures.get(row.event_id, {})}
    columns = []
    for each in (measure for measure in Measure if measure in given):
        of_rows = [figures.get(row.event_id, {}).get(each) for row in rows]
        for bound in BOUNDS:
            heading = _bound_heading(each, bound)
            cells = [getattr(it, bound) if it else None for it in of_rows]
            columns.append(TableColumn(heading, f"{each.value}.{bound}", cells, numeric=True))
    return columns
