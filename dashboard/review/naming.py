"""What an analyst does to the gazetteer, e.g. places an unknown village -> its articles read again.

Each action is one log entry, so that one undo takes all of it back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dashboard.model.records import (
    Held,
    PlaceRecord,
    Table,
    UnknownPlaceRecord,
    UnknownStatus,
)
from dashboard.review.desk import Desk
from dashboard.review.rereading import rereading
from dashboard.store.merge import with_place
from dashboard.store.workspace import Change

# The sentences that name an unknown place, by the id of their record.
Seen = Mapping[str, Held[UnknownPlaceRecord]]


def place_unknown(desk: Desk, seen: Seen, place: PlaceRecord, *, why: str) -> None:
    """Put a place into the gazetteer for a name that it lacked; articles that name it are read again."""
    place_id = place.place.place_id
    change = Change(Table.PLACE, place_id, place, desk.version(Table.PLACE, place_id))
    _place(desk, seen, change, place, what=f"placed {place.place.name_ar}", why=why)


def name_known(
    desk: Desk, seen: Seen, before: PlaceRecord, after: PlaceRecord, *, version: int, why: str
) -> None:
    """Take an unknown name for a further name of a place, read in `version`, of the gazetteer."""
    change = Change(Table.PLACE, after.place.place_id, after, version, before)
    _place(desk, seen, change, after, what=f"added a name to {after.place.name_en}", why=why)


def dismiss_unknown(desk: Desk, seen: Seen, *, name: str, why: str) -> None:
    """Set a name aside that names no place, with the reason."""
    desk.workspace.commit(
        list(_settled(seen, UnknownStatus.DISMISSED, None)),
        who=desk.who,
        what=f"dismissed {name}",
        why=why,
    )


def edit_place(
    desk: Desk, before: PlaceRecord, after: PlaceRecord, *, version: int, why: str
) -> None:
    """Replace a gazetteer entry, read in `version` (0: a curated one that was never edited)."""
    desk.workspace.commit(
        [Change(Table.PLACE, after.place.place_id, after, version, before)],
        who=desk.who,
        what=f"edited place {after.place.name_en}",
        why=why,
    )


def _place(
    desk: Desk, seen: Seen, change: Change, place: PlaceRecord, *, what: str, why: str
) -> None:
    knowing = replace(desk, corpus=with_place(desk.corpus, place))
    articles = {held.value.article_id for held in seen.values() if held.value}
    desk.workspace.commit(
        [
            change,
            *_settled(seen, UnknownStatus.PLACED, place.place.place_id),
            *rereading(knowing, sorted(articles)),
        ],
        who=desk.who,
        what=what,
        why=why,
    )


def _settled(seen: Seen, status: UnknownStatus, place_id: str | None) -> Iterable[Change]:
    for key, held in seen.items():
        if held.value is not None:
            settled = replace(held.value, status=status, place_id=place_id)
            yield Change(Table.UNKNOWN_PLACE, key, settled, held.version)
