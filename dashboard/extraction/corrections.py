"""An article's reading as analysts corrected it, e.g. "الباب" at 120 names no place after all."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from dashboard.actors.find import ActorMention
from dashboard.dates.find import DateMention
from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.model.records import Correction
from dashboard.model.when import DatePrecision, When
from dashboard.text.zones import ZoneKind

M = TypeVar("M", PlaceMention, ActorMention, DateMention)
REASON = "corrected by an analyst"


def corrected_places(
    places: Sequence[PlaceMention], corrections: Iterable[Correction], text: str
) -> tuple[PlaceMention, ...]:
    """The place mentions with each corrected span read as the analyst reads it."""
    return _corrected(places, corrections, "place", lambda correction: _place(correction, text))


def corrected_actors(
    actors: Sequence[ActorMention], corrections: Iterable[Correction], text: str
) -> tuple[ActorMention, ...]:
    """The mentions of parties, corrected."""
    return _corrected(actors, corrections, "actor", lambda correction: _actor(correction, text))


def corrected_dates(
    dates: Sequence[DateMention], corrections: Iterable[Correction], text: str
) -> tuple[DateMention, ...]:
    """The dates, corrected."""
    return _corrected(dates, corrections, "date", lambda correction: _date(correction, text))


def _corrected(
    mentions: Sequence[M],
    corrections: Iterable[Correction],
    kind: str,
    read: Callable[[Correction], M | None],
) -> tuple[M, ...]:
    kept = tuple(mentions)
    for correction in corrections:
        if correction.type == kind:
            kept = _put(kept, correction, read(correction))
    return kept


def interval(value: str) -> When:
    """The interval that "2020-12-01..2020-12-31" stands for; raises ValueError for anything else."""
    first, _, last = value.partition("..")
    start = date.fromisoformat(first) if first else None
    end = date.fromisoformat(last) if last else None
    if start is None and end is None:
        raise ValueError(value)
    return When(start, end, _precision(start, end))


def _precision(start: date | None, end: date | None) -> DatePrecision:
    if start is None or end is None:
        return DatePrecision.OPEN
    days = (end - start).days
    for most, precision in (
        (0, DatePrecision.DAY),
        (6, DatePrecision.WEEK),
        (30, DatePrecision.MONTH),
        (365, DatePrecision.YEAR),
    ):
        if days <= most:
            return precision
    return DatePrecision.OPEN


def _put(mentions: Sequence[M], correction: Correction, mention: M | None) -> tuple[M, ...]:
    put = [m for m in mentions if m.end <= correction.start or m.start >= correction.end]
    if mention is not None:
        put.append(mention)
    return tuple(sorted(put, key=lambda m: m.start))


def _place(correction: Correction, text: str) -> PlaceMention | None:
    if correction.value is None:
        return None
    return PlaceMention(
        start=correction.start,
        end=correction.end,
        surface=text[correction.start : correction.end],
        place_id=correction.value,
        candidates=(correction.value,),
        confidence=1.0,
        reason=REASON,
        zone=ZoneKind.BODY,
        use=MentionUse.LOCATION,
        corrected=False,
    )


def _actor(correction: Correction, text: str) -> ActorMention | None:
    if correction.value is None:
        return None
    surface = text[correction.start : correction.end]
    return ActorMention(
        correction.start, correction.end, surface, correction.value, 1.0, REASON, loaded=False
    )


def _date(correction: Correction, text: str) -> DateMention | None:
    if correction.value is None:
        return None
    return DateMention(
        start=correction.start,
        end=correction.end,
        surface=text[correction.start : correction.end],
        when=interval(correction.value),
        rule="corrected",
        reason=REASON,
        anchor_needed=False,
    )
