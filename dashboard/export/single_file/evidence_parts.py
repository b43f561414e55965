"""The evidence of each event, and its row of the list, in the reader's language, as parts of a tree."""

from collections import defaultdict
from dataclasses import replace

from dashboard.browser.captures import is_web, proof_html
from dashboard.browser.event_header import event_header_html
from dashboard.browser.event_rows import EventRow, event_rows
from dashboard.browser.evidence import claims_html
from dashboard.browser.relations import relations_html
from dashboard.browser.source_columns import source_columns_html
from dashboard.export.single_file.tree import Nodes
from dashboard.language.figures import figure_words, measured
from dashboard.language.names import Named
from dashboard.model.capture import ClaimProof
from dashboard.model.corpus import Corpus, Events
from dashboard.model.event import Event
from dashboard.model.selected import SelectedEvents
from dashboard.query.query import Query
from dashboard.store.capture_files import FileState

# The texts of a row that differ from event to event, in the order in which the file has them.
ROW_FIELDS = (
    "when", "kind", "title", "other_title", "places", "attestation_label", "dataset", "figure",
    "verification_label",
)  # fmt: skip


def row_texts(
    selected: SelectedEvents, query: Query, names: dict[str, str], nodes: Nodes
) -> list[list[int]]:
    """The numbers of the texts of each event's row (`ROW_FIELDS`); `names` are those of datasets."""
    figures = selected.corpus.figures()
    given = {
        key: measured(query.measure, figure_words(of_event[query.measure]))
        for key, of_event in figures.items()
        if query.measure in of_event
    }
    rows = event_rows(selected, None, names, given)
    return [[nodes.text(text) for text in _texts(row)] for row in rows]


def _texts(row: EventRow) -> list[str]:
    return [getattr(row, name) for name in ROW_FIELDS]


def evidence_parts(selected: SelectedEvents, nodes: Nodes) -> list[list[int]]:
    """The numbers of the parts of each event's evidence."""
    corpora = corpus_of_each_event(selected.corpus)
    return [
        nodes.add(_evidence_html(selected, corpora[event.event_id], event))
        for event in selected.events
    ]


def search_texts(selected: SelectedEvents, nodes: Nodes) -> list[list[int]]:
    """The numbers of the texts in which a search finds each event, as on Explore."""
    corpus, corpora = selected.corpus, corpus_of_each_event(selected.corpus)
    found = []
    for event in selected.events:
        rows, kind = corpora[event.event_id].events, corpus.lexicon.kinds[event.kind]
        texts = [event.title_en, event.title_ar, event.summary_en, event.summary_ar]
        named: list[Named] = [kind]
        for claim in rows.claims:
            texts += [claim.quote, claim.gloss_en]
            named.append(corpus.lexicon.outlets[corpus.articles[claim.article_id].outlet_id])
            ids = (claim.speaker_id, claim.via_id)
            named += [corpus.lexicon.speakers[key] for key in ids if key]
        named += [corpus.gazetteer.places[row.place_id] for row in rows.places]
        named += [corpus.lexicon.actors[row.actor_id] for row in rows.actors]
        texts += [name for it in named for name in (it.name_en, it.name_ar)]
        found.append([nodes.text(text) for text in dict.fromkeys(texts) if text])
    return found


def _evidence_html(selected: SelectedEvents, corpus: Corpus, event: Event) -> str:
    attestation = selected.attestation(event.event_id)
    return "".join(
        (
            event_header_html(corpus, event, attestation),
            relations_html(selected.corpus, event.event_id),
            claims_html(corpus, event, {}, _links(corpus)),
            source_columns_html(event),
        )
    )


def _links(corpus: Corpus) -> dict[str, str]:
    """The links of each claim to its original and to an archived copy, as HTML by its id."""
    links = {}
    for claim in corpus.events.claims:
        proof, url = corpus.proof.get(claim.claim_id), corpus.articles[claim.article_id].url
        original = (proof.original if proof else None) or url
        given = ClaimProof(original, proof.archived if proof else None)
        if is_web(given.original) or is_web(given.archived):
            links[claim.claim_id] = proof_html(given, lambda _sha256: FileState.MISSING)
    return links


def corpus_of_each_event(corpus: Corpus) -> dict[str, Corpus]:
    """The corpus of each event alone: to look through the rows of all for each takes minutes."""
    places, actors, claims = defaultdict(list), defaultdict(list), defaultdict(list)
    for place in corpus.events.places:
        places[place.event_id].append(place)
    for actor in corpus.events.actors:
        actors[actor.event_id].append(actor)
    for claim in corpus.events.claims:
        claims[claim.event_id].append(claim)
    return {
        key: replace(
            corpus,
            events=Events({key: event}, tuple(places[key]), tuple(actors[key]), tuple(claims[key])),
        )
        for key, event in corpus.events.events.items()
    }
