"""Learned names as a table, so that a team's knowledge is a file: written, and read with its faults."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, fields, replace

from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault
from dashboard.model.learned import LearnedKind, LearnedName
from dashboard.model.rows import Row, build_records, columns_of, parse_table
from dashboard.review.learned_names import can_be_name
from dashboard.text.escape import defuse, undefuse

# A file of names is small; a larger one is another file.
MAX_BYTES = 5_000_000


def to_csv(names: Iterable[LearnedName]) -> bytes:
    """The names as CSV in UTF-8 with a mark, whose cells no spreadsheet runs."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns_of(LearnedName))
    writer.writerows([defuse(str(cell)) for cell in astuple(name)] for name in names)
    return text.getvalue().encode("utf-8-sig")


def from_csv(file: str, content: bytes, corpus: Corpus) -> tuple[list[LearnedName], list[Fault]]:
    """The names of a file that `to_csv` wrote, and a fault for each row that is left out.

    A row of a place or a party that is not here is one.
    """
    if len(content) > MAX_BYTES:
        return [], [Fault(file, 0, "", f"at most {MAX_BYTES:,} bytes", f"{len(content):,}")]
    table = parse_table(file, content, columns_of(LearnedName))
    known = {
        LearnedKind.PLACE: corpus.gazetteer.places,
        LearnedKind.ACTOR: corpus.lexicon.actors,
    }

    def build(row: Row) -> LearnedName:
        cells = {each.name: undefuse(row.cells[each.name]) for each in fields(LearnedName)}
        name = replace(row, cells=cells).record(LearnedName)
        if not can_be_name(name.wording):
            row.fault("wording", "a name", repr(name.wording[:80]))
        if name.kind in known and name.meaning_id not in known[name.kind]:
            row.fault("meaning_id", f"a known {name.kind}", repr(name.meaning_id[:80]))
        return name

    return build_records(table, build), table.faults
