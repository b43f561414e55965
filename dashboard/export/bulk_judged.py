"""Ratings, relations and proof in exports of any size: a column each, one cell for each event.

e.g. `reliability` "sohr: B", `relations` "follows: shelling_ain_issa_2020_12_27". They are of curated
events and of imported ones whose file this program wrote; a source that an analyst rated has its grade
with every event that it reports.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
import pyarrow as pa

from dashboard.datasets.event_map.judged_columns import relations_text
from dashboard.model.capture import ExportedProof
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim, EventRelation, RelationKind
from dashboard.model.event_link import EventLink
from dashboard.model.event_tables import CURATED
from dashboard.model.verification import EventJudgements
from dashboard.query.bulk import BETWEEN

JUDGED = (
    *("relations", "reliability", "credibility"),
    *("original_url", "archived_url", "capture_sha256"),
)
# Who verified: the columns that are blank without the names of analysts.
_AUTHORS = ("verification_by", "place_verification_by")
_RECORD = "record"


class _Event(msgspec.Struct, frozen=True):
    """The event of a record, by its id in the file that it is from."""

    event_id: str


class _Recorded(msgspec.Struct, frozen=True):
    """The parts of an exported event that these columns need; unset in files of older programs."""

    event: _Event = _Event("")
    judgements: EventJudgements = EventJudgements()
    proof: tuple[ExportedProof, ...] = ()


_DECODER = msgspec.json.Decoder(_Recorded)
Cells = Mapping[str, str | None]


class JudgedColumns:
    """The cells of the curated events of a corpus, and of imported records as they come."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._claims: Mapping[str, list[Claim]] = _by_event(corpus.events.claims)
        self._relations: Mapping[str, list[EventRelation]] = _by_event(corpus.relations)
        self._links: Mapping[str, list[EventRelation]] = _by_event(_both_ways(corpus.links))

    def added(
        self, batches: Iterable[pa.RecordBatch], *, authors: bool = True
    ) -> Iterator[pa.RecordBatch]:
        """The batches (of `query.bulk.flat` with records) with the columns, and without the record."""
        for batch in batches:
            names = ("event_id", "dataset", "outlets", _RECORD)
            columns = (batch.column(name).to_pylist() for name in names)
            cells = [self._cells(*row) for row in zip(*columns, strict=True)]
            rows = batch if authors else _without_authors(batch)
            rows = rows.drop_columns([_RECORD])
            for name in JUDGED:
                column = pa.array([cell[name] for cell in cells], pa.string())
                rows = rows.append_column(name, column)
            yield rows

    def _cells(self, event_id: str, dataset: str, outlets: str | None, record: str | None) -> Cells:
        rated = self._corpus.judgements.sources
        names = outlets.split(BETWEEN) if outlets else []
        grades = {name: rated[name].grade.value for name in names if name in rated}
        if dataset == CURATED:
            return self._curated(event_id, grades)
        given = _DECODER.decode(record) if record else _Recorded()
        grades |= {row.outlet_id: row.grade.value for row in given.judgements.sources}
        # As where such an event is loaded (`model/local_ids.py`).
        renamed = f"{dataset}:" if given.event.event_id != event_id else ""
        claims = given.judgements.claims
        credibility = {f"{renamed}{row.claim_id}": row.grade.value for row in claims}
        relations = (*given.judgements.relations, *self._links.get(event_id, ()))
        return _cells(relations, grades, credibility, given.proof)

    def _curated(self, event_id: str, grades: Mapping[str, str]) -> Cells:
        claims = self._claims.get(event_id, [])
        rated, proof = self._corpus.judgements.claims, self._corpus.proof
        credibility = {
            claim.claim_id: rated[claim.claim_id].grade.value
            for claim in claims
            if claim.claim_id in rated
        }
        proven = [proof[claim.claim_id] for claim in claims if claim.claim_id in proof]
        relations = (*self._relations.get(event_id, ()), *self._links.get(event_id, ()))
        return _cells(relations, grades, credibility, proven)


def _cells(
    relations: tuple[EventRelation, ...],
    reliability: Mapping[str, str],
    credibility: Mapping[str, str],
    proof: Iterable[ExportedProof],
) -> Cells:
    proven = list(proof)
    return {
        "relations": relations_text(relations) or None,
        "reliability": _joined(f"{name}: {grade}" for name, grade in reliability.items()),
        "credibility": _joined(f"{name}: {grade}" for name, grade in credibility.items()),
        "original_url": _joined(row.original for row in proven),
        "archived_url": _joined(row.archived for row in proven),
        "capture_sha256": _joined(sha256 for row in proven for sha256 in row.captures),
    }


def _both_ways(links: Iterable[EventLink]) -> Iterator[EventRelation]:
    """A link as a relation of each of its events: either may be alone in the file."""
    for link in links:
        first, second = link.first.event_id, link.second.event_id
        yield EventRelation(first, second, RelationKind.SAME_EVENT)
        yield EventRelation(second, first, RelationKind.SAME_EVENT)


def _joined(values: Iterable[str | None]) -> str | None:
    """The values in one cell, each once; `None` if there is none."""
    return BETWEEN.join(dict.fromkeys(value for value in values if value)) or None


def _without_authors(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows with empty columns for who verified."""
    blank = pa.nulls(batch.num_rows, pa.string())
    for name in _AUTHORS:
        batch = batch.set_column(batch.schema.get_field_index(name), name, blank)
    return batch


def _by_event(rows: Iterable[Any]) -> Mapping[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.event_id].append(row)
    return grouped
