"""Events with their places, actors, claims and estimates, e.g. seeds/events.csv and claims.csv."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from dashboard.model.article import Article
from dashboard.model.corpus import Events, Lexicon
from dashboard.model.errors import Fault
from dashboard.model.estimate import Estimate
from dashboard.model.event import Claim, Event, EventActor, EventPlace, Stance
from dashboard.model.place import Gazetteer
from dashboard.model.rows import (
    Row,
    build_records,
    columns_of,
    read_records,
    read_table,
    unique_rows,
)
from dashboard.model.when import DatePrecision, When

_EVENT = (
    *(name for name in columns_of(Event) if name not in {"when", "source_columns"}),
    "date_start", "date_end", "date_precision",
)  # fmt: skip
# A table from before claims had the field that they dispute lacks its column.
_CLAIM = tuple(name for name in columns_of(Claim) if name not in {"estimates", "disputes"})
# `side` is the id of an actor, `words` are words of the claim's quote.
_ESTIMATE = ("claim_id", *columns_of(Estimate))


def load_events(
    folder: Path, lexicon: Lexicon, gazetteer: Gazetteer, articles: Mapping[str, Article]
) -> tuple[Events, list[Fault]]:
    """Read the five tables in `folder` and check every id, date and span in them.

    A claim whose quote is not the text at its offsets is a fault and left out, and so is an event
    without a claim. An estimate whose words are not in its claim's quote is a fault too.
    """
    event_table = unique_rows(read_table(folder / "events.csv", _EVENT), "event_id")
    drafts = {e.event_id: e for e in build_records(event_table, lambda r: _event(r, lexicon))}
    claim_table = unique_rows(read_table(folder / "claims.csv", _CLAIM), "claim_id")
    claims = build_records(claim_table, lambda row: _claim(row, drafts, lexicon, articles))
    claims, estimate_faults = _with_estimates(folder / "estimates.csv", claims, lexicon)
    events = _supported(drafts, claims, event_table.faults)
    places, place_faults = read_records(
        folder / "event_places.csv",
        EventPlace,
        event_id=drafts,
        place_id=gazetteer.places,
        article_id=articles,
    )
    actors, actor_faults = read_records(
        folder / "event_actors.csv", EventActor, event_id=drafts, actor_id=lexicon.actors
    )
    loaded = Events(
        events,
        tuple(place for place in places if place.event_id in events),
        tuple(actor for actor in actors if actor.event_id in events),
        tuple(claims),
    )
    faults = [*event_table.faults, *place_faults, *actor_faults, *claim_table.faults]
    return loaded, [*faults, *estimate_faults]


def _with_estimates(
    path: Path, claims: Sequence[Claim], lexicon: Lexicon
) -> tuple[list[Claim], list[Fault]]:
    """The claims with their estimates, which the CSV at `path` has, and its faults."""
    by_id = {claim.claim_id: claim for claim in claims}
    table = read_table(path, _ESTIMATE)

    def build(row: Row) -> tuple[str, Estimate] | None:
        row.known("claim_id", by_id)
        row.known("side", lexicon.actors)
        claim = by_id.get(row.text("claim_id"))
        if claim is not None and row.text("words") not in claim.quote:
            row.fault("words", "words of the claim's quote", repr(row.cells["words"][:80]))
        return _estimate(row)

    estimates: dict[str, list[Estimate]] = {}
    for claim_id, estimate in build_records(table, build):
        estimates.setdefault(claim_id, []).append(estimate)
    with_them = [
        replace(each, estimates=tuple(estimates.get(each.claim_id, ()))) for each in claims
    ]
    return with_them, table.faults


def _estimate(row: Row) -> tuple[str, Estimate] | None:
    """The id of the claim and its estimate; `None` for a row with a fault."""
    before = len(row.faults)
    claim_id = row.text("claim_id")
    try:
        estimate = row.record(Estimate)
    except ValueError as error:
        # A number that could not be parsed is missing too, and is a fault already.
        if len(row.faults) == before:
            bounds = ", ".join(str(row.optional(name)) for name in ("low", "best", "high"))
            row.fault("best", str(error), bounds)
        return None
    return (claim_id, estimate) if len(row.faults) == before else None


def _supported(
    drafts: Mapping[str, Event], claims: list[Claim], faults: list[Fault]
) -> dict[str, Event]:
    supported = {claim.event_id for claim in claims}
    faults.extend(
        Fault("events.csv", 0, "event_id", "a claim for every event", event_id)
        for event_id in drafts
        if event_id not in supported
    )
    return {key: event for key, event in drafts.items() if key in supported}


def _event(row: Row, lexicon: Lexicon) -> Event | None:
    row.known("kind", lexicon.kinds)
    when = _when(row)
    return None if when is None else row.record(Event, when=when, source_columns=())


def _when(row: Row) -> When | None:
    start = row.parse("date_start", date.fromisoformat, "a day as 2021-02-28")
    end = row.parse("date_end", date.fromisoformat, "a day as 2021-02-28")
    precision = row.parse("date_precision", DatePrecision, "one of " + ", ".join(DatePrecision))
    try:
        return When(start, end, precision)
    except ValueError as error:
        row.fault("date_end", str(error), f"{start}..{end}, {precision}")
        return None


def _claim(
    row: Row, events: Mapping[str, Event], lexicon: Lexicon, articles: Mapping[str, Article]
) -> Claim | None:
    row.known("event_id", events)
    row.known("article_id", articles)
    stance = row.one_of("stance", Stance, "one of " + ", ".join(Stance))
    start = row.one_of("start", int, "a whole number")
    end = row.one_of("end", int, "a whole number")
    article = articles.get(row.text("article_id"))
    if stance is None or start is None or end is None or article is None:
        return None
    _check_span(row, article.text, start, end)
    row.known("via_id", lexicon.speakers)
    row.known("speaker_id", lexicon.speakers)
    return row.record(
        Claim,
        stance=stance,
        start=start,
        end=end,
        # Not stripped: the article may begin or end it with a space.
        quote=row.cells["quote"],
        estimates=(),
    )


def _check_span(row: Row, text: str, start: int, end: int) -> None:
    if not 0 <= start < end <= len(text):
        row.fault("end", f"offsets within 0..{len(text)}, in order", f"{start}..{end}")
    elif text[start:end] != row.cells["quote"]:
        row.fault("quote", f"the words at {start}..{end}: {text[start:end][:60]!r}", "others")
