"""An article's reading as analysts corrected it, e.g. "الباب" at 120 names no place after all."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from dashboard.actors.find import ActorMention
from dashboard.dates.find import DateMention
from dashboard.dates.precision import interval_precision
from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.model.message import message
from dashboard.model.records import Correction
from dashboard.model.when import When

M = TypeVar("M", PlaceMention, ActorMention, DateMention)
_REASON = message("corrected by an analyst")


def corrected(
    mentions: Sequence[M], kind: str, corrections: Sequence[Correction], text: str
) -> tuple[M, ...]:
    """The mentions in order, with each corrected span of `text` read as the analyst reads it.

    `kind` is that of the mentions: "place", "actor" or "date". A correction takes the place of those
    that overlap its span.
    """
    if not corrections:
        return tuple(mentions)
    current = list(mentions)
    for correction in corrections:
        if correction.type == kind:
            start, end = correction.start, correction.end
            current = [m for m in current if m.end <= start or m.start >= end]
            if correction.value is not None:
                mention = _MENTION_OF[kind](start, end, text[start:end], correction.value)
                current.append(mention)
    return tuple(sorted(current, key=lambda m: m.start))


def interval(value: str) -> When:
    """The interval that "2020-12-01..2020-12-31" means; raises ValueError for anything else."""
    first, _, last = value.partition("..")
    start = date.fromisoformat(first) if first else None
    end = date.fromisoformat(last) if last else None
    if start is None and end is None:
        raise ValueError(value)
    return When(start, end, interval_precision(start, end))


def _place(start: int, end: int, surface: str, place_id: str) -> PlaceMention:
    return PlaceMention(
        start=start,
        end=end,
        surface=surface,
        place_id=place_id,
        candidates=(place_id,),
        confidence=1.0,
        reason=_REASON,
        use=MentionUse.LOCATION,
    )


def _actor(start: int, end: int, surface: str, actor_id: str) -> ActorMention:
    return ActorMention(start, end, surface, actor_id, _REASON, loaded=False)


def _date(start: int, end: int, surface: str, days: str) -> DateMention:
    when = interval(days)
    return DateMention(start, end, surface, when, _REASON, anchor_needed=False)


_MENTION_OF: Mapping[str, Callable[[int, int, str, str], Any]] = {
    "place": _place,
    "actor": _actor,
    "date": _date,
}
