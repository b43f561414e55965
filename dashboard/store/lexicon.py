"""The lexicon tables, e.g. data/lexicon/actors.csv -> {"sdf": Actor(...)}."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from dashboard.model.actor import Actor, ActorName
from dashboard.model.article import Outlet, Speaker
from dashboard.model.corpus import Lexicon
from dashboard.model.errors import Fault
from dashboard.model.event import EventGroup, EventKind
from dashboard.model.place import NameStrength
from dashboard.model.rows import Row, build_records, columns_of, read_table, unique_rows

T = TypeVar("T")


def load_lexicon(folder: Path) -> tuple[Lexicon, list[Fault]]:
    """Read the tables in `folder`; a row that refers to an unknown id is a fault and left out."""
    faults: list[Fault] = []
    actors = _by_id(folder / "actors.csv", columns_of(Actor), lambda row: row.record(Actor), faults)
    outlets = _by_id(
        folder / "outlets.csv", columns_of(Outlet), lambda row: row.record(Outlet), faults
    )
    speakers = _by_id(
        folder / "speakers.csv",
        columns_of(Speaker),
        lambda row: _speaker(row, actors, outlets),
        faults,
    )
    kinds = _by_id(folder / "event_kinds.csv", columns_of(EventKind), _kind, faults)
    names = read_table(folder / "actor_names.csv", columns_of(ActorName))
    actor_names = tuple(build_records(names, lambda row: _actor_name(row, actors)))
    faults.extend(names.faults)
    return Lexicon(actors, actor_names, outlets, speakers, kinds), faults


def _by_id(
    path: Path, columns: tuple[str, ...], build: Callable[[Row], T | None], faults: list[Fault]
) -> dict[str, T]:
    """The records of a file by their first column, which must be another in each row."""
    key = columns[0]
    table = unique_rows(read_table(path, columns), key)
    records = build_records(table, build)
    faults.extend(table.faults)
    return {getattr(record, key): record for record in records}


def known(row: Row, column: str, ids: Mapping[str, object]) -> str | None:
    """The cell if it is blank or one of `ids`; otherwise a fault."""
    value = row.optional(column)
    if value is not None and value not in ids:
        row.fault(column, "a known id", repr(value))
    return value


def _actor_name(row: Row, actors: Mapping[str, Actor]) -> ActorName | None:
    strength = row.one_of("strength", NameStrength, "strong or weak")
    loaded = row.one_of("loaded", ("0", "1").index, "0 or 1")
    known(row, "actor_id", actors)
    if strength is None or loaded is None:
        return None
    return row.record(
        ActorName,
        strength=strength,
        loaded=bool(loaded),
        valid_from=row.parse("valid_from", date.fromisoformat, "a day as 2024-12-08"),
        valid_to=row.parse("valid_to", date.fromisoformat, "a day as 2024-12-08"),
    )


def _speaker(row: Row, actors: Mapping[str, Actor], outlets: Mapping[str, Outlet]) -> Speaker:
    known(row, "affiliation", actors)
    known(row, "outlet_id", outlets)
    return row.record(Speaker)


def _kind(row: Row) -> EventKind | None:
    group = row.one_of("group", EventGroup, "one of " + ", ".join(EventGroup))
    return None if group is None else row.record(EventKind, group=group)
