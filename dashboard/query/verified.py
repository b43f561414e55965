"""The verifications of imported events in place of those in their files, e.g. "confirmed" by an analyst.

They are a small table beside the tables of events, joined by the event's number. They are joined nowhere
else: filters, counts, marks, lists and exports read the columns as if they were in the files.
"""

from dataclasses import replace

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from dashboard.model.event_tables import DENORMALISED_TABLES, VERIFIED
from dashboard.model.verification import Verification
from dashboard.query.tables import EngineTables

PARTS = ("verification", "place_verification")
_DETAILS = ("by", "at", "ground")
# The name of the table. Its columns have other names than those that they replace; a state is null if
# nobody verified that part, and "lapsed" if it was changed since.
VERIFIED_TABLE = "verified_events"
VERIFIED_SCHEMA = pa.schema(
    {
        "verified_event": pa.int64(),
        **{f"new_{part}": pa.string() for part in PARTS},
        **{f"new_{name}": kind for name, kind in VERIFIED.items()},
    }
)


def with_verified(tables: EngineTables, verified: ir.Table) -> EngineTables:
    """The tables with the states of `verified` (VERIFIED_SCHEMA) where it has any."""
    names = ("events", *DENORMALISED_TABLES)
    return replace(tables, **{name: _joined(tables.named(name), verified) for name in names})


def _joined(rows: ir.Table, verified: ir.Table) -> ir.Table:
    both = rows.left_join(verified, rows.event == verified.verified_event)
    new: dict[str, ir.Value] = {}
    for part in PARTS:
        state = both[f"new_{part}"]
        # A verification of the file counts before one that has lapsed.
        counts = (state != Verification.LAPSED.value) | (
            both[part] == Verification.UNVERIFIED.value
        )
        replaced = state.notnull() & counts
        new[part] = ibis.ifelse(replaced, state, both[part])
        for name in (f"{part}_{detail}" for detail in _DETAILS):
            if name in rows.columns:
                new[name] = ibis.ifelse(replaced, both[f"new_{name}"], both[name])
    return both.select(**{name: new.get(name, both[name]) for name in rows.columns})
