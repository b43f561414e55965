"""Notes on what the columns of another codebook cannot say of an event, e.g. "not located"."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


def span_note(event: Row) -> str:
    """The first and the last day of an event, e.g. "2021-01-18 to unknown"."""
    return f"{event['date_start'] or 'unknown'} to {event['date_end'] or 'unknown'}"


def verified_notes(event: Row) -> list[str]:
    """How far the event and its place were verified, e.g. "verification: refuted", if at all."""
    names = ("verification", "place_verification")
    states = {name.replace("_", " "): event[name] for name in names}
    return [f"{name}: {state}" for name, state in states.items() if state != "unverified"]


def place_notes(event: Row, places: Sequence[Row]) -> list[str]:
    """That an event has no place, or all its places, as these columns have only one."""
    if not places:
        return ["not located"]
    return [f"places: {event['places_en']}"] if len(places) > 1 else []
