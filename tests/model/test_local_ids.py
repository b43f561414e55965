"""Ids of exported events in another workspace: the same for the same place or article, else others."""

from dataclasses import replace

import pytest

from dashboard.export.coarsen import Coarseness
from dashboard.export.selection import event_records
from dashboard.model.corpus import Corpus
from dashboard.model.exported_event import ExportedEvent
from dashboard.model.local_ids import with_distinct_ids
from dashboard.query.query import Query
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events


@pytest.fixture(scope="module")
def record(corpus: Corpus, index: EventIndex) -> ExportedEvent:
    selected = selected_events(corpus, index, Query(kinds=("arrest",)))
    return next(it for it in event_records(selected, Coarseness.ORIGINAL) if it.places)


def test_the_workspace_that_exported_an_event_has_its_ids(corpus: Corpus, record: ExportedEvent):
    assert with_distinct_ids(record, corpus.gazetteer.places, corpus.articles, "theirs") is record


def test_another_article_of_the_same_id_gets_another_id(corpus: Corpus, record: ExportedEvent):
    article_id = record.articles[0].article_id
    another = replace(corpus.articles[article_id], sha256="0" * 64)
    local = replace(corpus, articles={**corpus.articles, article_id: another})
    renamed = with_distinct_ids(record, local.gazetteer.places, local.articles, "theirs")
    assert renamed.articles[0].article_id == f"theirs:{article_id}"
    cited = {claim.article_id for claim in renamed.claims}
    assert cited == {article.article_id for article in renamed.articles}
    assert article_id not in {row.article_id for row in renamed.places}


def test_another_place_of_the_same_id_gets_another_id(corpus: Corpus, record: ExportedEvent):
    place_id = record.places[0].place_id
    gazetteer = corpus.gazetteer
    another = replace(gazetteer.places[place_id], uncertainty_m=77_777)
    places = {**gazetteer.places, place_id: another}
    local = replace(corpus, gazetteer=replace(gazetteer, places=places))
    renamed = with_distinct_ids(record, local.gazetteer.places, local.articles, "theirs")
    ids = {row.place_id for row in renamed.gazetteer}
    assert f"theirs:{place_id}" in ids
    assert place_id not in ids | {row.place_id for row in renamed.places}
