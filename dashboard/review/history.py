"""The log entries of one event and those merged into it: relations, proof, judgements, comments too."""

from collections.abc import Iterable, Iterator, Mapping

from dashboard.model.capture import subject_id
from dashboard.model.corpus import Corpus
from dashboard.model.records import Entry, Table
from dashboard.model.verification import VerifiedPart
from dashboard.review.judging import verification_of
from dashboard.review.sharing import shared_records
from dashboard.store.workspace import Workspace

# Of SQLite's LIMIT: a history that is cut proves nothing.
_EVERY = -1


def event_entries(workspace: Workspace, corpus: Corpus, event_id: str) -> list[Entry]:
    """Every entry, newest first; also those on claims that the event had before."""
    merged = (old for old in corpus.merged if corpus.current_id(old) == event_id)
    ids = dict.fromkeys((event_id, *merged))
    entries = _logged(workspace, ((Table.EVENT, record_id) for record_id in ids))
    subjects = set(_subjects(corpus, event_id))
    for seq in entries:
        for difference in workspace.differences(seq):
            for value in (difference.before, difference.after):
                if difference.kind is Table.EVENT and difference.record_id in ids:
                    subjects |= set(_claims_in(value or {}))
    entries |= _logged(workspace, _proof_records(workspace, subjects))
    entries |= _logged(workspace, _judgement_records(workspace, ids, subjects))
    entries |= _logged(workspace, _relation_records(workspace, ids))
    entries |= _logged(workspace, shared_records(workspace, corpus, ids))
    return [entries[seq] for seq in sorted(entries, reverse=True)]


def imported_entries(workspace: Workspace, dataset: str, event_id: str) -> list[Entry]:
    """Every entry on the verifications of an event of an imported dataset, newest first."""
    records = (verification_of(event_id, part, dataset) for part in VerifiedPart)
    entries = _logged(workspace, records)
    return [entries[seq] for seq in sorted(entries, reverse=True)]


def _logged(workspace: Workspace, records: Iterable[tuple[Table, str]]) -> dict[int, Entry]:
    return {
        entry.seq: entry
        for record in records
        for entry in workspace.log(record=record, limit=_EVERY)
    }


def _subjects(corpus: Corpus, event_id: str) -> Iterator[str]:
    """The claims of the event and their articles, as proof names them."""
    for claim in corpus.events.claims:
        if claim.event_id == event_id:
            yield subject_id(claim.article_id, claim.claim_id)
            yield subject_id(claim.article_id, None)


def _claims_in(value: Mapping[str, object]) -> Iterator[str]:
    """The same of a logged value of an event."""
    claims = value.get("claims")
    for claim in claims if isinstance(claims, list) else ():
        yield subject_id(claim["article_id"], claim["claim_id"])
        yield subject_id(claim["article_id"], None)


def _proof_records(workspace: Workspace, subjects: set[str]) -> Iterator[tuple[Table, str]]:
    """Links and captures of these claims and articles, also removed ones."""
    for key in workspace.all(Table.SOURCE_LINKS):
        if key in subjects:
            yield Table.SOURCE_LINKS, key
    for key in workspace.all(Table.CAPTURE):
        if key.rpartition(":")[0] in subjects:
            yield Table.CAPTURE, key


def _relation_records(
    workspace: Workspace, event_ids: Mapping[str, None]
) -> Iterator[tuple[Table, str]]:
    """Relations of these events, and which others they were found to differ from, also removed ones."""
    for table in (Table.RELATION, Table.DISTINCT_EVENTS):
        for key in workspace.all(table):
            if event_ids.keys() & set(key.split(":")):
                yield table, key


def _judgement_records(
    workspace: Workspace, event_ids: Iterable[str], subjects: set[str]
) -> Iterator[tuple[Table, str]]:
    """Verifications of these events and ratings of these claims, also removed ones."""
    for event_id in event_ids:
        yield from (verification_of(event_id, part) for part in VerifiedPart)
    for claim_id in workspace.all(Table.CLAIM_RATING):
        if subject_id("", claim_id) in subjects:
            yield Table.CLAIM_RATING, claim_id
