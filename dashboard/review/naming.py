"""Edits of the gazetteer, e.g. an unknown village is added -> the articles that name it are reread.

Each action is one log entry, so that one undo reverts all of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dashboard.model.message import Message, StoredText, message
from dashboard.model.records import PlaceRecord, Table, UnknownPlaceRecord, UnknownStatus, Versioned
from dashboard.review.edit_session import EditSession
from dashboard.review.rereading import rereading
from dashboard.store.merge import with_place
from dashboard.store.workspace import Change

# The records of one unknown name by id, one for each sentence that contains it.
Seen = Mapping[str, Versioned[UnknownPlaceRecord]]


def place_unknown(session: EditSession, seen: Seen, place: PlaceRecord, *, why: str) -> None:
    """Add a place to the gazetteer for an unknown name, and reread the articles that contain it."""
    change = session.change(Table.PLACE, place.place.place_id, place)
    what = message("placed {name}", name=place.place.name_ar)
    _place(session, seen, change, place, what=what, why=why)


def name_known(
    session: EditSession,
    seen: Seen,
    before: PlaceRecord,
    after: PlaceRecord,
    *,
    version: int,
    why: str,
) -> None:
    """Add an unknown name to a place of the gazetteer, which was read in `version`."""
    change = Change(Table.PLACE, after.place.place_id, after, version, before)
    what = message("added a name to {name}", name=after.place.name_en)
    _place(session, seen, change, after, what=what, why=why)


def dismiss_unknown(session: EditSession, seen: Seen, *, name: str, why: StoredText) -> None:
    """Mark an unknown name as no place name, with the reason."""
    changes = _settled(seen, UnknownStatus.DISMISSED, None)
    session.commit(changes, message("dismissed {name}", name=name), why)


def edit_place(
    session: EditSession, before: PlaceRecord, after: PlaceRecord, *, version: int, why: str
) -> None:
    """Replace a gazetteer entry that was read in `version` (0: a curated one, never edited)."""
    change = Change(Table.PLACE, after.place.place_id, after, version, before)
    session.commit([change], message("edited place {name}", name=after.place.name_en), why)


def _place(
    session: EditSession, seen: Seen, change: Change, place: PlaceRecord, *, what: Message, why: str
) -> None:
    updated = replace(session, corpus=with_place(session.corpus, place))
    articles = {stored.value.article_id for stored in seen.values() if stored.value}
    settled = _settled(seen, UnknownStatus.PLACED, place.place.place_id)
    session.commit([change, *settled, *rereading(updated, sorted(articles))], what, why)


def _settled(seen: Seen, status: UnknownStatus, place_id: str | None) -> Iterable[Change]:
    for key, stored in seen.items():
        if stored.value is not None:
            settled = replace(stored.value, status=status, place_id=place_id)
            yield Change(Table.UNKNOWN_PLACE, key, settled, stored.version)
