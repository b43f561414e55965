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
from dashboard.model.rows import Row, Table, build_records, read_table, unique_rows

T = TypeVar("T")


def load_lexicon(folder: Path) -> tuple[Lexicon, list[Fault]]:
    """Read the tables in `folder`; a row that refers to an unknown id is a fault and left out."""
    faults: list[Fault] = []
    actors = _by_id(folder / "actors.csv", "actor_id", _ACTOR, _actor, faults)
    outlets = _by_id(folder / "outlets.csv", "outlet_id", _OUTLET, _outlet, faults)
    speakers = _by_id(
        folder / "speakers.csv",
        "speaker_id",
        _SPEAKER,
        lambda row: _speaker(row, actors, outlets),
        faults,
    )
    kinds = _by_id(folder / "event_kinds.csv", "kind", _KIND, _kind, faults)
    names = read_table(folder / "actor_names.csv", _ACTOR_NAME)
    actor_names = tuple(build_records(names, lambda row: _actor_name(row, actors)))
    faults.extend(names.faults)
    return Lexicon(actors, actor_names, outlets, speakers, kinds), faults


def _by_id(
    path: Path,
    key: str,
    columns: tuple[str, ...],
    build: Callable[[Row], T | None],
    faults: list[Fault],
) -> dict[str, T]:
    table: Table = unique_rows(read_table(path, columns), key)
    records = build_records(table, lambda row: _keyed(row.text(key), build(row)))
    faults.extend(table.faults)
    return dict(records)


def _keyed(key: str, record: T | None) -> tuple[str, T] | None:
    return None if record is None else (key, record)


_ACTOR = ("actor_id", "name_en", "name_ar", "type", "part_of", "acled_name", "source")
_ACTOR_NAME = (
    "actor_id",
    "name",
    "lang",
    "strength",
    "loaded",
    "valid_from",
    "valid_to",
    "source",
)
_OUTLET = ("outlet_id", "name_en", "name_ar", "type", "source")
_SPEAKER = ("speaker_id", "name_en", "name_ar", "type", "affiliation", "outlet_id", "source")
_KIND = (
    "kind",
    "group",
    "name_en",
    "name_ar",
    "definition",
    "definition_ar",
    "plover_type",
    "plover_mode",
    "acled_event_type",
    "acled_sub_event_type",
    "source",
)


def known(row: Row, column: str, ids: Mapping[str, object]) -> str | None:
    """The cell if it is blank or one of `ids`; otherwise a fault."""
    value = row.optional(column)
    if value is not None and value not in ids:
        row.fault(column, "a known id", repr(value))
    return value


def _actor(row: Row) -> Actor:
    return Actor(
        actor_id=row.text("actor_id"),
        name_en=row.text("name_en"),
        name_ar=row.text("name_ar"),
        type=row.text("type"),
        part_of=row.optional("part_of"),
        acled_name=row.optional("acled_name"),
        source=row.text("source"),
    )


def _actor_name(row: Row, actors: Mapping[str, Actor]) -> ActorName | None:
    strength = row.one_of("strength", NameStrength, "strong or weak")
    loaded = row.one_of("loaded", ("0", "1").index, "0 or 1")
    known(row, "actor_id", actors)
    if strength is None or loaded is None:
        return None
    return ActorName(
        actor_id=row.text("actor_id"),
        name=row.text("name"),
        lang=row.text("lang"),
        strength=strength,
        loaded=bool(loaded),
        source=row.text("source"),
        valid_from=row.parse("valid_from", date.fromisoformat, "a day as 2024-12-08"),
        valid_to=row.parse("valid_to", date.fromisoformat, "a day as 2024-12-08"),
    )


def _outlet(row: Row) -> Outlet:
    return Outlet(
        outlet_id=row.text("outlet_id"),
        name_en=row.text("name_en"),
        name_ar=row.text("name_ar"),
        type=row.text("type"),
        source=row.text("source"),
    )


def _speaker(row: Row, actors: Mapping[str, Actor], outlets: Mapping[str, Outlet]) -> Speaker:
    return Speaker(
        speaker_id=row.text("speaker_id"),
        name_en=row.text("name_en"),
        name_ar=row.text("name_ar"),
        type=row.text("type"),
        affiliation=known(row, "affiliation", actors),
        outlet_id=known(row, "outlet_id", outlets),
        source=row.text("source"),
    )


def _kind(row: Row) -> EventKind | None:
    group = row.one_of("group", EventGroup, "one of " + ", ".join(EventGroup))
    if group is None:
        return None
    return EventKind(
        kind=row.text("kind"),
        group=group,
        name_en=row.text("name_en"),
        name_ar=row.text("name_ar"),
        definition=row.text("definition"),
        definition_ar=row.text("definition_ar"),
        plover_type=row.optional("plover_type"),
        plover_mode=row.optional("plover_mode"),
        acled_event_type=row.optional("acled_event_type"),
        acled_sub_event_type=row.optional("acled_sub_event_type"),
        source=row.text("source"),
    )
