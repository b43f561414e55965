"""Verifications of imported events that are not here now, as a table; none of them is lost."""

from collections.abc import Iterable

from dashboard.browser.judgements import verified_by
from dashboard.language.labels import label
from dashboard.language.messages import _
from dashboard.model.verification import ImportedVerification, VerificationRecord, VerifiedPart
from dashboard.text.escape import escape


def resting_html(rows: Iterable[ImportedVerification], event_id: str | None = None) -> str:
    """What was verified, in which dataset, by whom, when and on what ground; "" if there is nothing.

    Only of `event_id`, if it is given.
    """
    shown = [row for row in rows if event_id in (None, row.record.event_id)]
    why = _(
        "The events were deleted or have other ids now, or their datasets were removed or are "
        "hidden. Each verification counts again when its event is back."
    )
    heads = (_("Event"), _("Dataset"), _("Verification"), _("Ground"))
    return verification_table(why, heads, map(_cells, shown))


def verification_table(why: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of verifications below the reason why they do not count; "" without rows.

    The cells are HTML.
    """
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    if not body:
        return ""
    head = "".join(f"<th>{name}</th>" for name in heads)
    return (
        f'<p class="muted">{why}</p><table class="resting"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def ground_cells(record: VerificationRecord) -> tuple[str, str]:
    """The state with who entered it and when, and the ground."""
    state = label(record.state)
    if record.part is VerifiedPart.PLACE:
        state = _("Place: {state}").format(state=state)
    by = f'<span class="muted">{verified_by(record)}</span>'
    return f"{state}<br>{by}", f"<bdi>{escape(record.ground)}</bdi>"


def _cells(row: ImportedVerification) -> tuple[str, ...]:
    record = row.record
    return (
        f'<bdi>{escape(row.title)}</bdi><br><bdi dir="ltr">{escape(record.event_id)}</bdi>',
        f"<bdi>{escape(row.dataset)}</bdi>",
        *ground_cells(record),
    )
