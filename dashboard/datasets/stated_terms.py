"""The credit and terms that an imported file states of itself, or that follow from its events."""

import re

import pandas as pd

from dashboard.datasets.event_map.layouts import CREDITS, RECORD, TERMS
from dashboard.datasets.formats.registry import EVENT_MAP
from dashboard.datasets.formats.terms import format_terms
from dashboard.datasets.options import Preview


def stated_terms(preview: Preview) -> dict[str, str | bool]:
    """The credit and terms that a file states, or that follow from the ids of its events."""
    stated: dict[str, str | bool] = {}
    for terms in format_terms().values():
        if not terms.rows_may_be_shared and _has_events_of(preview.frame, terms.format):
            stated |= {"licence": terms.licence, "credit": terms.credit}
            stated["rows_may_be_shared"] = False
    if preview.format == EVENT_MAP:
        stated |= _stated_by_own_file(preview)
    return stated


def _has_events_of(frame: pd.DataFrame, format_: str) -> bool:
    """Whether an exported file has events of a known format, also if somebody deleted its terms."""
    id_ = re.compile(rf"(?:.*:)?{format_}:", re.DOTALL)
    record = re.compile(rf'.*"event_id":"(?:[^"]*:)?{format_}:', re.DOTALL)
    ids = ((id_, "event_id"), (record, RECORD))
    return any(
        pattern.match(str(cell))
        for pattern, column in ids
        if column in frame
        for cell in frame[column]
    )


def _stated_by_own_file(preview: Preview) -> dict[str, str | bool]:
    """The credit and terms that a file of this program states."""
    first = {name: str(preview.frame[name].iloc[0]) for name in preview.frame}
    stated: dict[str, str | bool] = {}
    if credit := first.get(CREDITS) or first.get("credits", ""):
        stated["credit"] = credit
    # Exports have an entry for terms only if these forbid to share rows.
    if terms := first.get(TERMS) or first.get("terms", ""):
        stated |= {"licence": terms, "rows_may_be_shared": False}
    return stated


def joined_credit(credit: str, another: str) -> str:
    """Both credits, that of the rows already in a dataset first; one that has the other alone."""
    if credit in another or another in credit:
        return max(credit, another, key=len)
    return f"{credit} {another}"
