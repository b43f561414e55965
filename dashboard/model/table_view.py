"""How the table of events is shown: its order, its columns, and whether it has the page for itself."""

from dataclasses import dataclass

from dashboard.model.estimate import Measure

# The columns in the order of the table; "figures" stands for those of each measure that is given.
COLUMNS = (
    "date", "kind", "title", "other_title", "places", "attestation", "figures", "verification",
    "place_verification", "reviewed", "dataset",
)  # fmt: skip
# Shown unless chosen otherwise: the title in the reader's language says what the other one says.
USUAL_COLUMNS = tuple(column for column in COLUMNS if column != "other_title")
BOUNDS = ("low", "best", "high")
# What the rows can be sorted by; a figure is e.g. "killed.best". Places are lists, and have no order.
SORTS = (
    *(column for column in COLUMNS if column not in ("figures", "places")),
    *(f"{measure.value}.{bound}" for measure in Measure for bound in BOUNDS),
)


@dataclass(frozen=True, slots=True)
class TableView:
    """The table sorted by `sort`, one of `SORTS`; `columns` are some of `COLUMNS` in their order."""

    sort: str = "date"
    descending: bool = False
    columns: tuple[str, ...] = USUAL_COLUMNS
    wide: bool = False
