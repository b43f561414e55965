"""Small workspaces with records of several kinds, and what is in a file, for comparing."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from dashboard.model.article import Outlet
from dashboard.model.corpus import Corpus
from dashboard.model.records import PlaceRecord, Table
from dashboard.store.database import reading
from dashboard.store.workspace import Change, Workspace


def outlet(name: str, key: str = "o1") -> Outlet:
    return Outlet(key, name, name, "unknown", "a test")


def save(workspace: Workspace, name: str, version: int = 0, key: str = "o1") -> int:
    text = f"نص {name} " * 200
    return workspace.commit(
        [Change(Table.OUTLET, key, outlet(name, key), version)],
        who="Rana",
        what=f"saved {name}",
        why="a reason",
        texts=[(hashlib.sha256(text.encode()).hexdigest(), text)],
    )


def filled(path: Path, corpus: Corpus) -> Workspace:
    """A workspace with outlets, places with geometry, texts, an undone entry and a redone one."""
    return fill(Workspace(path), corpus)


def fill(workspace: Workspace, corpus: Corpus) -> Workspace:
    """As `filled`, in an empty workspace."""
    for number in range(30):
        save(workspace, f"outlet {number}", key=f"o{number}")
    # Outlines first, so that most of the file has content.
    places = sorted(corpus.gazetteer.places.items(), key=lambda item: not item[1].has_outline)
    changes = [
        Change(
            Table.PLACE,
            key,
            PlaceRecord(place, tuple(n for n in corpus.gazetteer.names if n.place_id == key)),
        )
        for key, place in places[:40]
    ]
    seq = workspace.commit(changes, who="Omar", what="places", why="")
    workspace.undo(workspace.undo(seq, who="Omar", why="a mistake"), who="Omar", why="none")
    return workspace


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables that `verify` can vouch for: who, what and why have no check sum."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return {
            name: connection.execute(f"SELECT {columns} FROM {name} ORDER BY 1, 2, 3").fetchall()  # noqa: S608
            for name, columns in {
                "text": "sha256, body, 0",
                "record": "kind, record_id, version, value",
                "change": "seq, kind, record_id, after",
                "entry": "seq, undoes, 0",
            }.items()
        }


def stored(workspace: Workspace) -> dict[tuple[str, str], str | None]:
    """The record table, undecoded: the values by kind and id."""
    with reading(workspace.source) as connection:
        rows = connection.execute("SELECT kind, record_id, value FROM record").fetchall()
    return {(kind, record_id): value for kind, record_id, value in rows}


def replayed(workspace: Workspace) -> dict[tuple[str, str], str | None]:
    """What the record table must be: the last value of each record in the log."""
    with reading(workspace.source) as connection:
        query = "SELECT kind, record_id, after FROM change ORDER BY seq"
        rows = connection.execute(query).fetchall()
    return {(kind, record_id): value for kind, record_id, value in rows}
