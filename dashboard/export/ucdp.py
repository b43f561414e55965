"""The selection in the columns of UCDP GED as CSV."""

from dashboard.datasets.event_map.ucdp_columns import FURTHER, ucdp_row
from dashboard.datasets.formats.codebook_columns import UCDP_GED
from dashboard.export.selection import Export, events_of
from dashboard.export.tables import write_csv


def to_ucdp(export: Export) -> bytes:
    """CSV with one row per event."""
    shared = {name: export.about.get(name) for name in ("credits", "coarsened", "terms")}
    columns = [*UCDP_GED, *FURTHER]
    rows = (ucdp_row(event) | shared for event in events_of(export))
    return write_csv(columns, ([row.get(name) for name in columns] for row in rows))
