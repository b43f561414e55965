"""The quality of reading never falls below its floors; raise them when it rises."""

import csv
from datetime import date
from pathlib import Path

import pytest

from dashboard.extraction.reader import Reader
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import find_places
from dashboard.model.corpus import Corpus
from dashboard.model.event import ClaimField, Stance
from dashboard.text.prepared import prepare
from tests.quality.acts import acts_texts
from tests.quality.annotated import articles, outlets, unseen
from tests.quality.claims import claims_texts, measure_claims
from tests.quality.cross_datasets import measure_cross_pairs
from tests.quality.measure import Measured, measure
from tests.quality.measure_acts import measure_acts
from tests.quality.measure_parties import measure_parties
from tests.quality.measure_regions import measure_regions
from tests.quality.parties import parties_texts
from tests.quality.regions import expected_places, regions
from tests.quality.same_events import measure_pairs

with Path(__file__).with_name("floors.csv").open(encoding="utf-8", newline="") as handle:
    FLOORS = list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def measured(corpus: Corpus) -> dict[str, Measured]:
    reader = Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)
    everything = ("places", "dates", "actors", "events")
    places = expected_places()
    return {
        "articles": measure(articles(corpus), reader, *everything),
        "outlets": measure(outlets(), reader, *everything),
        "unseen": measure(unseen(), reader, "places"),
        "denials": measure_claims(claims_texts("denials.txt"), reader),
        "denials_words": measure_claims(claims_texts("denials_words.txt"), reader),
        "denials2": measure_claims(claims_texts("denials2.txt"), reader),
        "denials3": measure_claims(claims_texts("denials3.txt"), reader),
        "denials4": measure_claims(claims_texts("denials4.txt"), reader),
        "denials4_apart": measure_claims(claims_texts("denials4_apart.txt"), reader),
        "denials2_apart": measure_claims(claims_texts("denials2_apart.txt"), reader),
        "denials_apart": measure_claims(claims_texts("denials_apart.txt"), reader),
        "parties": measure_parties(parties_texts("parties.txt"), reader),
        "parties_apart": measure_parties(parties_texts("parties_apart.txt"), reader),
        "regions": measure_regions(regions(apart=False), places, reader),
        "regions_apart": measure_regions(regions(apart=True), places, reader),
        "pairs": measure_pairs(corpus, reader),
        "pairs_datasets": measure_cross_pairs(corpus, reader),
        "acts": measure_acts(acts_texts("acts.txt"), reader),
        "acts2": measure_acts(acts_texts("acts2.txt"), reader),
        "acts3": measure_acts(acts_texts("acts3.txt"), reader),
        "acts4": measure_acts(acts_texts("acts4.txt"), reader),
        "acts4_apart": measure_acts(acts_texts("acts4_apart.txt"), reader),
        "acts5": measure_acts(acts_texts("acts5.txt"), reader),
        "acts5_apart": measure_acts(acts_texts("acts5_apart.txt"), reader),
        "acts_apart": measure_acts(acts_texts("acts_apart.txt"), reader),
        "acts3_apart": measure_acts(acts_texts("acts3_apart.txt"), reader),
    }


@pytest.mark.parametrize(
    "row", FLOORS, ids=lambda row: f"{row['texts']} {row['measure']} {row['score']}"
)
def test_no_score_is_below_its_floor(measured: dict[str, Measured], row: dict[str, str]):
    result = measured[row["texts"]]
    score = result.scores[row["measure"]]
    # Nobody tunes on the texts kept apart, so a failure does not list what is confused in them.
    apart = row["texts"].endswith("_apart")
    about = [line for line in result.confusions if line.startswith(row["measure"]) and not apart]
    assert getattr(score, row["score"]) >= float(row["floor"]), (score, about)


def test_every_measure_has_a_floor_with_its_day_and_reason(measured: dict[str, Measured]):
    assert {(texts, what) for texts, result in measured.items() for what in result.scores} == {
        (row["texts"], row["measure"]) for row in FLOORS
    }
    assert all(date.fromisoformat(row["since"]) and row["why"] for row in FLOORS)


def test_there_are_texts_of_at_least_twenty_outlets_besides_the_articles():
    assert len(outlets()) >= 20


def test_the_texts_on_denial_have_every_stance_and_every_disputed_field():
    for file in ("denials.txt", "denials_apart.txt"):
        texts = claims_texts(file)
        claims = [claim for text in texts for claim in text.claims]
        assert len(texts) >= 32
        assert {claim.stance for claim in claims} == set(Stance)
        assert {claim.disputes for claim in claims} == {None, *ClaimField}


def test_every_curated_place_is_found_by_the_resolver_or_says_why_not(corpus: Corpus):
    index = PlaceIndex(corpus.gazetteer)
    found = {
        article.article_id: {
            mention.place_id
            for mention in find_places(prepare(article.text, index.context.furniture), index)
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
