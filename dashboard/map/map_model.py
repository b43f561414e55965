"""What a map shows, whoever draws it: marks, circles, outlines and movements."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.map.marks import Circle, Mark, Selection, place_mark
from dashboard.map.outlines import Movement, Outline
from dashboard.model.place import Place

NO_SELECTION = Selection()


@dataclass(frozen=True, slots=True)
class MapModel:
    """Marks, the largest first, with circles and outlines under them, and movements between them."""

    marks: tuple[Mark, ...]
    circles: tuple[Circle, ...]
    outlines: tuple[Outline, ...]
    movements: tuple[Movement, ...]


def place_marks(
    counts: pd.DataFrame,
    rows: pd.DataFrame,
    places: Mapping[str, Place],
    selection: Selection = NO_SELECTION,
) -> tuple[Mark, ...]:
    """One mark per site, the largest first.

    `counts` has the columns site and events, and figure_size if marks have the size of a figure;
    `rows` (site, place_id) has the places with events.
    """
    sizes = [name for name in ("figure_size", "events") if name in counts]
    totals = counts.groupby("site")[sizes].sum().sort_values(sizes, ascending=False)
    members = rows.groupby("site")["place_id"].unique()
    return tuple(
        place_mark(str(site), members.loc[site], places, selection) for site in totals.index
    )
