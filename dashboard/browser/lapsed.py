"""Verifications that lapsed, as a table: what was verified has been changed since."""

from collections.abc import Iterable

from dashboard.browser.links import href
from dashboard.browser.resting import ground_cells, verification_table
from dashboard.language.messages import _
from dashboard.language.names import title_of
from dashboard.model.event import Event
from dashboard.model.verification import VerificationRecord
from dashboard.text.escape import escape


def lapsed_html(rows: Iterable[tuple[Event, VerificationRecord]]) -> str:
    """Which events were verified, by whom, when and on what ground; "" if there is nothing."""
    listed = [(_link(event), *ground_cells(record)) for event, record in rows]
    why = _(
        "The event or its place was changed after it had been verified, so that its state is “lapsed”: "
        "in filters, counts, on the map and in files. Verify it again, or undo the change."
    )
    return verification_table(why, (_("Event"), _("Verification"), _("Ground")), listed)


def _link(event: Event) -> str:
    address = href("./", event=event.event_id, tab="evidence")
    return f'<a href="{address}" target="_self"><bdi>{escape(title_of(event))}</bdi></a>'
