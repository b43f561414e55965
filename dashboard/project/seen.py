"""The corpus as a viewer sees it who may not see all articles and datasets."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault
from dashboard.model.event import EventRelation
from dashboard.model.event_link import EventLink
from dashboard.store.hidden_records import HiddenRecords, seen_events

T = TypeVar("T")


def seen_corpus(corpus: Corpus, records: HiddenRecords) -> Corpus:
    """The corpus without what is hidden, as if it had never been added."""
    events = seen_events(corpus.events, records)
    claims = {claim.claim_id for claim in events.claims}
    lexicon = replace(
        corpus.lexicon,
        outlets=_without(corpus.lexicon.outlets, records.outlets),
        speakers=_without(corpus.lexicon.speakers, records.speakers),
        learned=tuple(
            name
            for name in corpus.lexicon.learned
            if name.meaning_id not in records.outlets | records.speakers
        ),
    )
    judged = corpus.judgements
    return replace(
        corpus,
        lexicon=lexicon,
        articles=_without(corpus.articles, records.hidden.articles),
        events=events,
        faults=tuple(it for it in corpus.faults if not _names(it, records)),
        relations=tuple(row for row in corpus.relations if _is_seen(row, records)),
        links=tuple(link for link in corpus.links if not _hides_link(link, records)),
        merged={
            old: into
            for old, into in corpus.merged.items()
            if corpus.current_id(old) in events.events
        },
        judgements=replace(
            judged,
            verifications={k: v for k, v in judged.verifications.items() if k[0] in events.events},
            sources=_without(judged.sources, records.outlets),
            claims={key: rating for key, rating in judged.claims.items() if key in claims},
            lapsed={k: v for k, v in judged.lapsed.items() if k[0] in events.events},
        ),
        proof={key: proof for key, proof in corpus.proof.items() if key in claims},
    )


def _without(values: Mapping[str, T], ids: Collection[str]) -> Mapping[str, T]:
    return {key: value for key, value in values.items() if key not in ids} if ids else values


def _names(fault: Fault, records: HiddenRecords) -> bool:
    """Whether a fault is of a hidden record, or names one."""
    hidden = records.hidden.articles | records.hidden.datasets | records.events | records.claims
    return not hidden.isdisjoint(f"{fault.field} {fault.found}".split())


def _is_seen(row: EventRelation, records: HiddenRecords) -> bool:
    return records.events.isdisjoint((row.event_id, row.related_id))


def _hides_link(link: EventLink, records: HiddenRecords) -> bool:
    return any(
        ref.dataset in records.hidden.datasets or ref.event_id in records.events
        for ref in (link.first, link.second)
    )
