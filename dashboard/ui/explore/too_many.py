"""The notice that a figure or a file of records cannot be created."""

from dashboard.engine.load import MOST_RECORDS
from dashboard.language.messages import _
from dashboard.language.numbers import number


def too_many() -> str:
    """Show that the selection has more events than are loaded as records."""
    text = _("At most {most} events here: use narrower filters, or export CSV or GeoParquet.")
    return text.format(most=number(MOST_RECORDS))
