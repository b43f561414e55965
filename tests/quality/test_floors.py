"""The quality of place reading never falls below its floors; raise them when it rises."""

import json

import pytest

from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.corpus import Corpus
from tests.quality.measure import HERE, articles, measure, unseen

FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def index(corpus: Corpus) -> PlaceIndex:
    return PlaceIndex(corpus.gazetteer)


@pytest.mark.parametrize("name", list(FLOORS))
def test_no_score_is_below_its_floor(corpus: Corpus, index: PlaceIndex, name: str):
    texts = articles(corpus) if name == "articles" else unseen()
    scores, confusions = measure(texts, index)
    for what, floor in FLOORS[name].items():
        assert scores[what].f1 >= floor, (what, scores[what], confusions)


def test_every_curated_place_is_found_by_the_resolver_or_says_why_not(
    corpus: Corpus, index: PlaceIndex
):
    from dashboard.gazetteer.resolve import find_places

    found = {
        article.article_id: {
            mention.place_id
            for mention in find_places(article.text, index)
            if mention.use == "location"
        }
        for article in corpus.articles.values()
    }
    silent = [
        (row.event_id, row.place_id)
        for row in corpus.events.places
        if row.place_id not in found.get(row.article_id or "", set()) and not row.note
    ]
    assert silent == []
