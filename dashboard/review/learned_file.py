"""Learned names as a table, so that a team's knowledge is a file: written, and read with its faults."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import MISSING, astuple, fields, replace

from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault
from dashboard.model.learned import LearnedKind, LearnedName
from dashboard.model.rows import Row, build_records, columns_of, parse_table
from dashboard.review.learned_names import can_be_name, meanings
from dashboard.text.escape import defuse, undefuse

# A file of names is small; a larger one is another file.
MAX_BYTES = 5_000_000
# Of a file of an earlier version the columns that came later are blank.
_REQUIRED = tuple(each.name for each in fields(LearnedName) if each.default is MISSING)
# The id of a speaker or an outlet that is new here.
_ID = re.compile(r"[\w.:-]{1,120}")
_ADDED = (LearnedKind.SPEAKER, LearnedKind.OUTLET)


def to_csv(names: Iterable[LearnedName]) -> bytes:
    """The names as CSV in UTF-8 with a mark, whose cells no spreadsheet runs."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns_of(LearnedName))
    writer.writerows([defuse(str(cell or "")) for cell in astuple(name)] for name in names)
    return text.getvalue().encode("utf-8-sig")


def from_csv(file: str, content: bytes, corpus: Corpus) -> tuple[list[LearnedName], list[Fault]]:
    """The names of a file that `to_csv` wrote, and a fault for each row that is left out.

    A row of a place or a party that is not here is one; a speaker or an outlet is new here.
    """
    if len(content) > MAX_BYTES:
        return [], [Fault(file, 0, "", f"at most {MAX_BYTES:,} bytes", f"{len(content):,}")]
    table = parse_table(file, content, _REQUIRED)

    def build(row: Row) -> LearnedName:
        cells = {name: undefuse(row.cells.get(name, "")) for name in columns_of(LearnedName)}
        name = replace(row, cells=cells).record(LearnedName)
        if not can_be_name(name.wording):
            row.fault("wording", "a name", repr(name.wording[:80]))
        # A kind that is not understood is a fault already.
        if name.kind is not None and name.meaning_id not in meanings(corpus, name.kind):
            _check_new(row, name, corpus)
        return name

    return build_records(table, build), table.faults


def _check_new(row: Row, name: LearnedName, corpus: Corpus) -> None:
    """Note what a row lacks to add what it names: only a speaker or an outlet can be added."""
    if name.kind not in _ADDED or not _ID.fullmatch(name.meaning_id):
        row.fault("meaning_id", f"a known {name.kind}", repr(name.meaning_id[:80]))
    elif not can_be_name(name.meaning):
        row.fault("meaning", "the name of what is new here", repr(name.meaning[:80]))
    if name.affiliation and name.affiliation not in corpus.lexicon.actors:
        row.fault("affiliation", "a known actor", repr(name.affiliation[:80]))
