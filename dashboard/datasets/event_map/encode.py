"""The record of an event as JSON that any file format carries unchanged, and back, checked."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from math import isfinite

import msgspec

from dashboard.model.estimate import MOST_COUNTED
from dashboard.model.event import EventKind
from dashboard.model.exported_event import VERSION, ExportedEvent, ExportedPlace
from dashboard.model.message import MAX_DEPTH, Message, StoredText, message
from dashboard.model.verification import ENTERED

# Characters that XML or a cell may not contain, and the beginning of an escape in workbooks.
_FRAGILE = re.compile("[\x7f-\x9f\ufffe\uffff]|_(?=x)")
# Most characters of a record, and of an article up to the end of a quote.
MOST_CHARACTERS = 2_000_000
# Most rows of a list in a record, and most places that contain one: events have some ten.
_MOST_ROWS, _MOST_CONTAINERS = 2_000, 50
_HASH = re.compile("[0-9a-f]{64}")
_DECODER = msgspec.json.Decoder(ExportedEvent)


class RecordError(ValueError):
    """A record that is not one of this program; `expected` and `found` are for the list of faults."""

    def __init__(self, expected: StoredText, found: str) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected = expected
        self.found = found


def to_json(record: ExportedEvent) -> str:
    """The record as JSON without characters that a file format could change."""
    text = msgspec.json.encode(record).decode()
    return _FRAGILE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def from_json(text: str, kinds: Mapping[str, EventKind]) -> ExportedEvent:
    """The record; raises RecordError if it is not complete and consistent."""
    if len(text) > MOST_CHARACTERS:
        raise RecordError(message("at most {n} characters", n=MOST_CHARACTERS), f"{len(text):,}")
    try:
        record = _DECODER.decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeEncodeError) as error:
        raise RecordError(message("the record of an event as JSON"), str(error)[:200]) from error
    if record.version != VERSION:
        raise RecordError(
            message("a record of version {n}", n=VERSION), f"version {record.version}"
        )
    if record.event.kind not in kinds:
        raise RecordError(message("a kind of event of this program"), repr(record.event.kind)[:80])
    _check_sizes(record)
    _check_references(record)
    for place in record.gazetteer:
        _check_place(place)
    _check_claims(record)
    _check_judgements(record)
    _check_proof(record)
    return record


def _check_sizes(record: ExportedEvent) -> None:
    """Whether the lists and reasons of a record are no longer or deeper than any of this program."""
    lists = (
        record.places, record.actors, record.claims, record.gazetteer, record.parties,
        record.outlets, record.speakers, record.articles, record.event.source_columns,
        record.judged.relations,
        record.proven, *(row.captures for row in record.proven),
    )  # fmt: skip
    longest = max(map(len, lists))
    if longest > _MOST_ROWS:
        raise RecordError(message("at most {n} rows of a table", n=_MOST_ROWS), f"{longest:,}")
    containers = max((len(place.within) for place in record.gazetteer), default=0)
    if containers > _MOST_CONTAINERS:
        raise RecordError(
            message("at most {n} places around one", n=_MOST_CONTAINERS), f"{containers:,}"
        )
    reasons = [record.event.date_reason, *(row.note for row in record.places)]
    reasons += [row.published_reason for row in record.articles]
    for reason in reasons:
        if isinstance(reason, Message) and reason.depth > MAX_DEPTH:
            raise RecordError(
                message("reasons of at most {n} parts", n=MAX_DEPTH), f"{reason.depth:,}"
            )


def _check_references(record: ExportedEvent) -> None:
    """Whether the record has all that its rows refer to."""
    places = {row.place_id for row in record.gazetteer}
    parties = {row.actor_id for row in record.parties}
    speakers = {row.speaker_id for row in record.speakers}
    outlets = {row.outlet_id for row in record.outlets}
    articles = {row.article_id for row in record.articles}
    known = (
        ("place", (row.place_id for row in record.places), places),
        ("actor", (row.actor_id for row in record.actors), parties),
        ("actor", (row.part_of for row in record.parties), parties),
        ("actor", (row.affiliation for row in record.speakers), parties),
        ("outlet", (row.outlet_id for row in record.speakers), outlets),
        ("outlet", (row.outlet_id for row in record.articles), outlets),
        ("article", (row.article_id for row in record.claims), articles),
        ("claim", (row.claim_id for row in record.proven), {row.claim_id for row in record.claims}),
        ("speaker", (row.speaker_id for row in record.claims), speakers),
        ("speaker", (row.via_id for row in record.claims), speakers),
    )
    for what, ids, among in known:
        for key in ids:
            if key is not None and key not in among:
                raise RecordError(message("a known {what}", what=what), repr(key)[:80])
    _check_unique(record)
    event_ids = {row.event_id for row in record.places} | {row.event_id for row in record.actors}
    event_ids |= {row.event_id for row in record.claims}
    for event_id in event_ids - {record.event.event_id}:
        raise RecordError(
            message("rows of {event}", event=record.event.event_id), repr(event_id)[:80]
        )


def _check_unique(record: ExportedEvent) -> None:
    """Whether no id is there twice: of two rows only one would be read."""
    lists: dict[str, list[str]] = {
        "claim": [row.claim_id for row in record.claims],
        "proof": [row.claim_id for row in record.proven],
        "place": [row.place_id for row in record.gazetteer],
        "actor": [row.actor_id for row in record.parties],
        "outlet": [row.outlet_id for row in record.outlets],
        "speaker": [row.speaker_id for row in record.speakers],
        "article": [row.article_id for row in record.articles],
        "column": [name for name, _cell in record.event.source_columns],
    }
    for what, ids in lists.items():
        twice = next((key for key, times in Counter(ids).items() if times > 1), None)
        if twice is not None:
            raise RecordError(message("each {what} once", what=what), repr(twice)[:80])


def _check_place(place: ExportedPlace) -> None:
    lat, lon = place.latitude, place.longitude
    if not 0 <= place.uncertainty_m < 2**31:
        raise RecordError(message("a radius in metres"), str(place.uncertainty_m))
    if lat is None and lon is None:
        return
    if lat is None or lon is None:
        raise RecordError(message("both coordinates or none"), f"{lat}, {lon}")
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise RecordError(message("coordinates in degrees"), f"{lat}, {lon}")


def _check_claims(record: ExportedEvent) -> None:
    if not record.claims:
        raise RecordError(message("at least one claim"), "none")
    for claim in record.claims:
        inside = 0 <= claim.start <= claim.end <= MOST_CHARACTERS
        for estimate in claim.estimates:
            figures = (estimate.low, estimate.best, estimate.high)
            if any(figure is not None and figure > MOST_COUNTED for figure in figures):
                raise RecordError(message("figures of at most {n}", n=MOST_COUNTED), str(figures))
        if not inside or claim.end - claim.start != len(claim.quote):
            span = f"{claim.start} to {claim.end}"
            raise RecordError(message("offsets of {n} characters", n=len(claim.quote)), span)
    for day in (record.event.when.start, record.event.when.end):
        if day is not None and not date(1, 1, 1) <= day <= date(9999, 12, 31):
            raise RecordError(message("a day of the calendar"), str(day))


def _check_judgements(record: ExportedEvent) -> None:
    """Whether judgements are of this event, its claims and its outlets, each once."""
    judged, event_id = record.judged, record.event.event_id
    claims = {row.claim_id for row in record.claims}
    outlets = {row.outlet_id for row in record.outlets}
    verified = (*judged.verifications, *judged.lapsed)
    of_event = [row.event_id for row in verified]
    of_event += [row.event_id for row in judged.relations]
    rated = [row.claim_id for row in judged.claims]
    rated += [row.claim_id for row in verified if row.claim_id is not None]
    known = (
        ("event", of_event, {event_id}),
        ("claim", rated, claims),
        ("outlet", [row.outlet_id for row in judged.sources], outlets),
    )
    for what, ids, among in known:
        if unknown := next((key for key in ids if key not in among), None):
            raise RecordError(message("a known {what}", what=what), repr(unknown)[:80])
    for state in {row.state for row in verified}:
        if state not in ENTERED:
            raise RecordError(message("a state that somebody entered"), state.value)
    once: dict[str, list[object]] = {
        "verification": [row.part for row in judged.verifications],
        "lapsed verification": [row.part for row in judged.lapsed],
        "claim": [row.claim_id for row in judged.claims],
        "outlet": [row.outlet_id for row in judged.sources],
        "relation": list(judged.relations),
    }
    for what, keys in once.items():
        if len(set(keys)) < len(keys):
            raise RecordError(message("each {what} once", what=what), what)


def _check_proof(record: ExportedEvent) -> None:
    """Whether links are of the web, and hashes are hashes: a page would show them."""
    for row in record.proven:
        for link in (row.original, row.archived):
            if link is not None and not link.startswith(("http://", "https://")):
                raise RecordError(message("a link of the web"), repr(link)[:80])
        for sha256 in row.captures:
            if not _HASH.fullmatch(sha256):
                raise RecordError(message("a SHA-256"), repr(sha256)[:80])
