"""The lexicon tables, e.g. data/lexicon/actors.csv -> {"sdf": Actor(...)}."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dashboard.model.actor import Actor, ActorName
from dashboard.model.article import Outlet, Speaker
from dashboard.model.corpus import Lexicon
from dashboard.model.errors import Fault
from dashboard.model.event import EventKind
from dashboard.model.rows import Row, build_records, columns_of, read_table, unique_rows

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")


def load_lexicon(folder: Path) -> tuple[Lexicon, list[Fault]]:
    """Read the tables in `folder`; a row that refers to an unknown id is a fault and left out."""
    faults: list[Fault] = []
    actors = _by_id(folder / "actors.csv", Actor, faults, part_of=None)
    outlets = _by_id(folder / "outlets.csv", Outlet, faults)
    speakers = _by_id(
        folder / "speakers.csv", Speaker, faults, affiliation=actors, outlet_id=outlets
    )
    kinds = _by_id(folder / "event_kinds.csv", EventKind, faults, yields_to=None, refers_to=None)
    names = read_table(folder / "actor_names.csv", columns_of(ActorName))
    actor_names = tuple(build_records(names, lambda row: _actor_name(row, actors)))
    faults.extend(names.faults)
    return Lexicon(actors, actor_names, outlets, speakers, kinds), faults


def _by_id(
    path: Path, kind: type[R], faults: list[Fault], **references: Collection[str] | None
) -> dict[str, R]:
    """The records of a file by their first column, which must be unique.

    `references` are columns that refer to ids; `None` stands for the ids of the file itself.
    """
    key, *_ = columns = columns_of(kind)
    table = unique_rows(read_table(path, columns), key)
    file_ids = {row.cells[key] for row in table.rows}

    def build(row: Row) -> R:
        for column, ids in references.items():
            known(row, column, file_ids if ids is None else ids)
        return row.record(kind)

    records = build_records(table, build)
    faults.extend(table.faults)
    return {getattr(record, key): record for record in records}


def known(row: Row, column: str, ids: Collection[str]) -> None:
    """A fault unless each word of the cell is one of `ids`."""
    value = row.optional(column)
    if value is not None and not all(word in ids for word in value.split()):
        row.fault(column, "a known id", repr(value))


def _actor_name(row: Row, actors: Collection[str]) -> ActorName:
    known(row, "actor_id", actors)
    return row.record(ActorName)
