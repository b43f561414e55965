"""ACLED's list of events that it deleted: an id and the time of the deletion, e.g. SYR1, 1590090834.

Source: ACLED API documentation, "Deleted endpoint"; CSV, or JSON with the rows in "data".
"""

import re
from datetime import UTC, datetime

import pandas as pd
import pyarrow as pa

from dashboard.datasets.formats.sheet import Sheet
from dashboard.engine.deletions import DELETIONS_SCHEMA

REQUIRED = ("event_id_cnty", "deleted_timestamp")
ROLES = {"event_id_cnty": "event_id", "deleted_timestamp": "deletion_time"}
_EXPECTED_TIME = "seconds since 1970 (9 or 10 digits), or a date with a time"
# From 1973 on: a shorter number may be a year or a day such as 20210118. A file with a blank cell may
# have ".0" behind all numbers of the column.
_SECONDS = re.compile(r"[0-9]{9,10}(?:\.0+)?")
_DATE_AND_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")


def acled_deletions(sheet: Sheet) -> pa.Table:
    """The deletions of a chunk by `DELETIONS_SCHEMA`, with the ids as ACLED's events have them.

    A row without an id, or with a time that is not understood, is reported and left out.
    """
    ids = sheet.text("event_id_cnty")
    texts = sheet.text("deleted_timestamp")
    seconds = texts.map({text: _to_seconds(text) for text in texts.unique()})
    missing = (ids == "").to_numpy()
    sheet.unread(missing, "event_id_cnty", "the id of an event")
    unknown = seconds.isna().to_numpy() & ~missing
    sheet.unread(unknown, "deleted_timestamp", _EXPECTED_TIME)
    rows = pd.DataFrame({"event_id": "acled:" + ids, "deleted": seconds})[~(missing | unknown)]
    cells = {"event_id": rows["event_id"].tolist(), "deleted": list(map(int, rows["deleted"]))}
    return pa.table(cells, schema=DELETIONS_SCHEMA)


def _to_seconds(text: str) -> int | None:
    """A time in seconds since 1970, `None` if it is not understood; without a zone it is UTC."""
    if _SECONDS.fullmatch(text):
        return int(text.partition(".")[0])
    if not _DATE_AND_TIME.fullmatch(text):
        return None
    try:
        time = datetime.fromisoformat(text)
        return int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
