"""The row of an imported event as its file has it: the names of its columns, and their cells."""

from dashboard.language.messages import _
from dashboard.model.event import Event
from dashboard.text.escape import escape


def source_columns_html(event: Event) -> str:
    """A table that opens on a click; "" for an event that was not imported, or has no such columns."""
    if not event.source_columns:
        return ""
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{escape(name)}</th><td dir="auto">{escape(cell)}</td></tr>'
        for name, cell in event.source_columns
    )
    heading = _("Columns of the source")
    return (
        f'<details class="source-columns"><summary>{heading}</summary>'
        f"<table><tbody>{rows}</tbody></table></details>"
    )
