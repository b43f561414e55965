"""The selection in the columns of ACLED as CSV, for comparing lists."""

from dashboard.datasets.event_map.acled_columns import FURTHER, acled_row
from dashboard.datasets.formats.codebook_columns import ACLED
from dashboard.export.selection import Export, events_of
from dashboard.export.tables import write_csv


def to_acled(export: Export) -> bytes:
    """CSV with one row per event."""
    shared = {name: export.about.get(name) for name in ("credits", "coarsened", "terms")}
    columns = [*ACLED, *FURTHER]
    rows = (acled_row(event) | shared for event in events_of(export))
    return write_csv(columns, ([row.get(name) for name in columns] for row in rows))
