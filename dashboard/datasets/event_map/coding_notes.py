"""Notes on what the columns of another codebook cannot say of an event, e.g. "not located"."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


def span_note(event: Row) -> str:
    """The first and the last day of an event, e.g. "2021-01-18 to unknown"."""
    return f"{event['date_start'] or 'unknown'} to {event['date_end'] or 'unknown'}"


def place_notes(event: Row, places: Sequence[Row]) -> list[str]:
    """That an event has no place, or all its places, as these columns have only one."""
    if not places:
        return ["not located"]
    return [f"places: {event['places_en']}"] if len(places) > 1 else []
