"""Events and their companions, e.g. seeds/events.csv, event_places.csv, event_actors.csv, claims.csv."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from dashboard.model.article import Article
from dashboard.model.corpus import Events, Lexicon
from dashboard.model.errors import Fault
from dashboard.model.event import (
    ActorRole,
    Claim,
    Event,
    EventActor,
    EventPlace,
    PlaceRole,
    Stance,
)
from dashboard.model.gazetteer import Gazetteer
from dashboard.model.rows import Row, build_records, read_table, unique_rows
from dashboard.model.when import DatePrecision, When
from dashboard.store.lexicon import known

_EVENT = (
    "event_id",
    "kind",
    "title_en",
    "title_ar",
    "date_start",
    "date_end",
    "date_precision",
    "date_reason",
    "date_reason_ar",
    "summary_en",
    "summary_ar",
)
_PLACE = ("event_id", "place_id", "role", "article_id", "surface", "note")
_ACTOR = ("event_id", "actor_id", "role", "note")
_CLAIM = (
    "claim_id",
    "event_id",
    "article_id",
    "via_id",
    "speaker_id",
    "stance",
    "start",
    "end",
    "quote",
    "gloss_en",
    "figure_value",
    "figure_unit",
    "note",
)


def load_events(
    folder: Path, lexicon: Lexicon, gazetteer: Gazetteer, articles: Mapping[str, Article]
) -> tuple[Events, list[Fault]]:
    """Read the four tables in `folder` and check every id, date and span in them.

    A claim whose quote is not what stands at its offsets is a fault and left out, and so is an event
    that no claim supports.
    """
    event_table = unique_rows(read_table(folder / "events.csv", _EVENT), "event_id")
    drafts = {e.event_id: e for e in build_records(event_table, lambda r: _event(r, lexicon))}
    claim_table = unique_rows(read_table(folder / "claims.csv", _CLAIM), "claim_id")
    claims = build_records(claim_table, lambda row: _claim(row, drafts, lexicon, articles))
    events = _supported(drafts, claims, event_table.faults)
    place_table = read_table(folder / "event_places.csv", _PLACE)
    places = build_records(place_table, lambda r: _event_place(r, drafts, gazetteer, articles))
    actor_table = read_table(folder / "event_actors.csv", _ACTOR)
    actors = build_records(actor_table, lambda row: _event_actor(row, drafts, lexicon))
    tables = (event_table, place_table, actor_table, claim_table)
    loaded = Events(
        events,
        tuple(place for place in places if place.event_id in events),
        tuple(actor for actor in actors if actor.event_id in events),
        tuple(claims),
    )
    return loaded, [fault for table in tables for fault in table.faults]


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
    known(row, "kind", lexicon.kinds)
    when = _when(row)
    if when is None:
        return None
    return Event(
        event_id=row.text("event_id"),
        kind=row.text("kind"),
        title_en=row.text("title_en"),
        title_ar=row.text("title_ar"),
        when=when,
        date_reason=row.text("date_reason"),
        summary_en=row.text("summary_en"),
        date_reason_ar=row.optional("date_reason_ar") or "",
        summary_ar=row.optional("summary_ar") or "",
    )


def _when(row: Row) -> When | None:
    start = row.parse("date_start", date.fromisoformat, "a day as 2021-02-28")
    end = row.parse("date_end", date.fromisoformat, "a day as 2021-02-28")
    precision = row.parse("date_precision", DatePrecision, "one of " + ", ".join(DatePrecision))
    try:
        return When(start, end, precision)
    except ValueError as error:
        row.fault("date_end", str(error), f"{start}..{end}, {precision}")
        return None


def _event_place(
    row: Row, events: Mapping[str, Event], gazetteer: Gazetteer, articles: Mapping[str, Article]
) -> EventPlace | None:
    known(row, "event_id", events)
    known(row, "place_id", gazetteer.places)
    known(row, "article_id", articles)
    role = row.one_of("role", PlaceRole, "one of " + ", ".join(PlaceRole))
    if role is None:
        return None
    return EventPlace(
        event_id=row.text("event_id"),
        place_id=row.text("place_id"),
        role=role,
        article_id=row.optional("article_id"),
        surface=row.optional("surface"),
        note=row.optional("note"),
    )


def _event_actor(row: Row, events: Mapping[str, Event], lexicon: Lexicon) -> EventActor | None:
    known(row, "event_id", events)
    known(row, "actor_id", lexicon.actors)
    role = row.one_of("role", ActorRole, "one of " + ", ".join(ActorRole))
    if role is None:
        return None
    return EventActor(row.text("event_id"), row.text("actor_id"), role, row.optional("note"))


def _claim(
    row: Row, events: Mapping[str, Event], lexicon: Lexicon, articles: Mapping[str, Article]
) -> Claim | None:
    known(row, "event_id", events)
    known(row, "article_id", articles)
    stance = row.one_of("stance", Stance, "one of " + ", ".join(Stance))
    start = row.one_of("start", int, "a whole number")
    end = row.one_of("end", int, "a whole number")
    article = articles.get(row.text("article_id"))
    if stance is None or start is None or end is None or article is None:
        return None
    _check_span(row, article.text, start, end)
    return Claim(
        claim_id=row.text("claim_id"),
        event_id=row.text("event_id"),
        article_id=article.article_id,
        via_id=known(row, "via_id", lexicon.speakers),
        speaker_id=known(row, "speaker_id", lexicon.speakers),
        stance=stance,
        start=start,
        end=end,
        quote=row.cells["quote"],
        gloss_en=row.text("gloss_en"),
        figure_value=row.parse("figure_value", float, "a number"),
        figure_unit=row.optional("figure_unit"),
        note=row.optional("note"),
    )


def _check_span(row: Row, text: str, start: int, end: int) -> None:
    if not 0 <= start < end <= len(text):
        row.fault("end", f"offsets within 0..{len(text)}, in order", f"{start}..{end}")
    elif text[start:end] != row.cells["quote"]:
        row.fault("quote", f"the words at {start}..{end}: {text[start:end][:60]!r}", "others")
