"""Verifications of imported events: which of them count, as a table for the engine and as records.

A verification counts if its event is in a dataset that is shown, and says what it said when it was
verified. If another import changed the event, the verification has lapsed, which is a state too. If the
event is not here (it was deleted, has another id, or its dataset was removed or hidden), the
verification rests: it is listed, and counts again when the event is back.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import ibis.expr.types as ir
import pyarrow as pa

from dashboard.engine.engine import MOST_VALUES, Engine
from dashboard.engine.imported import Row, to_records
from dashboard.model.event_tables import CURATED
from dashboard.model.verification import (
    ImportedEvent,
    ImportedVerification,
    Judgements,
    Verification,
    VerificationRecord,
    VerifiedPart,
    possible_ids,
    rows_subject,
)
from dashboard.query.tables import EngineTables
from dashboard.query.verified import VERIFIED_SCHEMA

_COLUMNS = {VerifiedPart.EVENT: "verification", VerifiedPart.PLACE: "place_verification"}
_EVENT = (
    "event", "event_id", "dataset", "kind", "first_day", "last_day", "date_precision",
)  # fmt: skip
_PLACE = ("event", "role", "place_id", "lat", "lon")
_ACTOR = ("event", "role", "actor")


@dataclass(frozen=True, slots=True)
class ImportedVerifications:
    """The verifications of imported events: those that count or have lapsed, and those that rest.

    `numbers` are those of the verified events in the engine, by id.
    """

    judgements: Judgements = field(default_factory=Judgements)
    resting: tuple[ImportedVerification, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)

    def table(self) -> pa.Table | None:
        """The rows of `VERIFIED_SCHEMA`; `None` if no verification counts or has lapsed."""
        rows: dict[str, dict[str, object]] = {}
        for event_id, part in (*self.judgements.verifications, *self.judgements.lapsed):
            row = rows.setdefault(event_id, {"verified_event": self.numbers[event_id]})
            record = self.judgements.verification(event_id, part)
            name = _COLUMNS[part]
            row |= _cells(record, name) if record else {f"new_{name}": Verification.LAPSED.value}
        return pa.Table.from_pylist(list(rows.values()), VERIFIED_SCHEMA) if rows else None


def _cells(record: VerificationRecord, name: str) -> Mapping[str, object]:
    return {
        f"new_{name}": record.state.value,
        f"new_{name}_by": record.who,
        f"new_{name}_at": record.at.isoformat(),
        f"new_{name}_ground": record.ground,
    }


def find_verified(
    engine: Engine, stored: Collection[ImportedVerification]
) -> ImportedVerifications:
    """Compare verifications with the events of the engine."""
    named = [possible_ids(row.dataset, row.record.event_id) for row in stored]
    ids = sorted({event_id for names in named for event_id in names})
    here: dict[str, ImportedEvent] = {}
    for start in range(0, len(ids), MOST_VALUES):
        here |= imported_events(engine, ids[start : start + MOST_VALUES])
    counting: dict[tuple[str, VerifiedPart], VerificationRecord] = {}
    lapsed: dict[tuple[str, VerifiedPart], VerificationRecord] = {}
    resting = []
    for row, names in zip(stored, named, strict=True):
        of_dataset = (name for name in names if name in here and here[name].dataset == row.dataset)
        event_id = next(of_dataset, None)
        if event_id is None:
            resting.append(row)
            continue
        record = replace(row.record, event_id=event_id)
        counts = here[event_id].subjects[record.part] == record.subject
        (counting if counts else lapsed)[event_id, record.part] = record
    numbers = {event_id: event.number for event_id, event in here.items()}
    return ImportedVerifications(Judgements(counting, lapsed=lapsed), tuple(resting), numbers)


def imported_events(engine: Engine, event_ids: Sequence[str]) -> Mapping[str, ImportedEvent]:
    """Those of these events that are in imported datasets, with what a verification is of."""
    if not event_ids:
        return {}
    found = to_records(engine.ask(_events, tuple(event_ids)))
    numbers = tuple(row["event"] for row in found)
    places = _by_event(engine, "event_places", numbers, _PLACE)
    actors = _by_event(engine, "event_actors", numbers, _ACTOR)
    return {row["event_id"]: _imported(row, places, actors) for row in found}


def _events(tables: EngineTables, event_ids: Collection[str]) -> ir.Table:
    rows = tables.events
    rows = rows.filter(rows.event_id.isin(list(event_ids)), rows.dataset != CURATED)
    return rows.select(*_EVENT)


def _imported(
    row: Row, places: Mapping[int, Sequence[Row]], actors: Mapping[int, Sequence[Row]]
) -> ImportedEvent:
    number = row["event"]
    at = sorted(
        f"{it['role']}:{it['place_id']}:{_degrees(it['lat'])}:{_degrees(it['lon'])}"
        for it in places.get(number, ())
    )
    parties = sorted({f"{it['role']}:{it['actor']}" for it in actors.get(number, ())})
    days = [str(row[name]) for name in ("first_day", "last_day", "date_precision")]
    subjects = {
        VerifiedPart.PLACE: rows_subject(at),
        VerifiedPart.EVENT: rows_subject([row["kind"], *days, *at, *parties]),
    }
    return ImportedEvent(row["dataset"], number, subjects)


def _degrees(value: float | None) -> str:
    """A coordinate to some ten centimetres, the same from each engine."""
    return "" if value is None else f"{value:.6f}"


def _by_event(
    engine: Engine, name: str, numbers: tuple[int, ...], columns: tuple[str, ...]
) -> Mapping[int, Sequence[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    if numbers:
        for row in to_records(engine.ask(_rows_of, numbers, name=name, columns=columns)):
            grouped[row["event"]].append(row)
    return grouped


def _rows_of(
    tables: EngineTables, numbers: Collection[int], *, name: str, columns: Collection[str]
) -> ir.Table:
    rows = tables.named(name)
    return rows.filter(rows.event.isin(list(numbers))).select(*columns).distinct()
