"""The lexicon tables, e.g. data/lexicon/actors.csv -> {"sdf": Actor(...)}."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dashboard.model.actor import Actor, ActorName
from dashboard.model.article import Outlet, Speaker
from dashboard.model.corpus import Lexicon
from dashboard.model.errors import Fault
from dashboard.model.event import EventKind
from dashboard.model.rows import columns_of, read_records

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
    names, found = read_records(folder / "actor_names.csv", ActorName, actor_id=actors)
    return Lexicon(actors, tuple(names), outlets, speakers, kinds), [*faults, *found]


def _by_id(
    path: Path, kind: type[R], faults: list[Fault], **references: Collection[str] | None
) -> dict[str, R]:
    """The records of a file by their first column, which must be unique."""
    key = columns_of(kind)[0]
    records, found = read_records(path, kind, key, **references)
    faults.extend(found)
    return {getattr(record, key): record for record in records}
