"""The real data, and a fault of each kind seeded into copies of them."""

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from dashboard.model.corpus import Corpus
from dashboard.model.errors import DataError
from dashboard.settings import Settings
from dashboard.store.corpus import load_corpus


def test_the_data_have_no_fault(corpus: Corpus):
    assert [str(fault) for fault in corpus.faults] == []


def test_every_quote_is_the_text_at_its_offsets(corpus: Corpus, settings: Settings):
    assert len(corpus.events.claims) > 60
    for claim in corpus.events.claims:
        path = settings.seeds / "articles" / corpus.articles[claim.article_id].file
        assert path.read_bytes().decode("utf-8")[claim.start : claim.end] == claim.quote


def test_articles_are_as_received(corpus: Corpus, settings: Settings):
    assert len(corpus.articles) == 5
    for article in corpus.articles.values():
        content = (settings.seeds / "articles" / article.file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == article.sha256


def test_only_two_articles_state_when_they_appeared(corpus: Corpus):
    dated = {a.article_id: a.published for a in corpus.articles.values() if a.published}
    assert {key: value.date().isoformat() for key, value in dated.items()} == {
        "a001_syria_tv": "2021-01-19",
        "a004_orient_net": "2020-12-28",
    }


def test_movements_have_ends_and_disputes_have_sides(corpus: Corpus):
    withdrawal = {p.role.value for p in corpus.events.places if p.event_id == "withdrawal_ain_issa"}
    assert {"from", "to"} <= withdrawal
    stances = {claim.stance.value for claim in corpus.events.claims}
    assert stances == {"asserts", "denies", "doubts"}


@pytest.fixture
def copy(tmp_path: Path, settings: Settings) -> Path:
    for name in ("seeds", "gazetteer", "lexicon"):
        shutil.copytree(getattr(settings, name), tmp_path / name)
    return tmp_path


def _load(root: Path) -> Corpus:
    return load_corpus(root / "seeds", root / "gazetteer", root / "lexicon")


CELLS = [
    ("seeds/events.csv", "kind", "picnic"),
    ("seeds/events.csv", "date_start", "2021-02-30"),
    ("seeds/events.csv", "date_precision", "fortnight"),
    ("seeds/events.csv", "title_en", ""),
    ("seeds/claims.csv", "start", "-1"),
    ("seeds/claims.csv", "end", "many"),
    ("seeds/claims.csv", "quote", "words that are not there"),
    ("seeds/claims.csv", "stance", "believes"),
    ("seeds/claims.csv", "speaker_id", "nobody"),
    ("seeds/claims.csv", "article_id", "a999"),
    ("seeds/estimates.csv", "best", "some"),
    ("seeds/event_places.csv", "place_id", "atlantis"),
    ("seeds/event_places.csv", "place_id", "ain_issa raqqa"),
    ("seeds/event_places.csv", "role", "around"),
    ("seeds/event_actors.csv", "actor_id", "nobody"),
    ("seeds/event_actors.csv", "actor_id", "sdf sdf"),
    ("seeds/event_actors.csv", "role", "hero"),
    ("seeds/articles.csv", "sha256", "0" * 64),
    ("seeds/articles.csv", "file", "../secret.txt"),
    ("seeds/articles.csv", "published", "last week"),
    ("seeds/articles.csv", "outlet_id", "nobody"),
    ("lexicon/actor_names.csv", "strength", "medium"),
    ("lexicon/actor_names.csv", "loaded", "perhaps"),
    ("lexicon/event_kinds.csv", "group", "other"),
    ("lexicon/speakers.csv", "affiliation", "nobody"),
    ("gazetteer/names.csv", "place_id", "atlantis"),
    ("gazetteer/names.csv", "strength", "medium"),
    ("gazetteer/names.csv", "lang", "klingon"),
    ("gazetteer/names.csv", "lang", "ar en"),
]


@pytest.mark.parametrize(("file", "field", "value"), CELLS)
def test_a_faulty_cell_is_reported_and_the_other_rows_are_read(
    copy: Path, file: str, field: str, value: str
):
    path = copy / file
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    rows[1][field] = value
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    corpus = _load(copy)
    fault = next(f for f in corpus.faults if f.file == path.name and f.row == 3)
    assert fault.field.startswith(field[:4]) or field in {"date_start", "start"}
    assert fault.expected
    assert corpus.events.events


PROPERTIES = [
    ("feature_class", "castle"),
    ("precision", "rough"),
    ("lat", 91),
    ("lon", "east"),
    ("uncertainty_m", -5),
    ("name_en", ""),
    ("sources", None),
    ("within", ["atlantis"]),
    ("lat", "36.0"),
    ("lat", True),
    ("name_en", 5),
    ("uncertainty_m", "100"),
    ("sources", ["x"]),
    ("doubt", ["x"]),
]


@pytest.mark.parametrize(("field", "value"), PROPERTIES)
def test_a_faulty_property_is_reported(copy: Path, field: str, value: object):
    path = copy / "gazetteer" / "places.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    collection["features"][0]["properties"][field] = value
    path.write_text(json.dumps(collection), encoding="utf-8")
    assert any(f.file == path.name and f.field == field and f.row == 1 for f in _load(copy).faults)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"features": 3}'])
def test_no_gazetteer_is_an_error_that_lists_the_faults(copy: Path, content: str):
    (copy / "gazetteer" / "places.geojson").write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        _load(copy)
    assert any(fault.file == "places.geojson" for fault in caught.value.faults)


def test_a_missing_article_removes_only_its_claims(copy: Path, corpus: Corpus):
    lost = corpus.articles["a003_orient_net"]
    (copy / "seeds" / "articles" / lost.file).unlink()
    loaded = _load(copy)
    assert set(corpus.articles) - set(loaded.articles) == {"a003_orient_net"}
    others = [claim for claim in corpus.events.claims if claim.article_id != "a003_orient_net"]
    assert len(loaded.events.claims) == len(others)
    assert any(fault.file == "articles.csv" for fault in loaded.faults)


def test_an_event_without_a_claim_is_a_fault(copy: Path):
    path = copy / "seeds" / "events.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "unsupported,arrest,x,x,,,,x,x,x,x\n", encoding="utf-8")
    corpus = _load(copy)
    assert "unsupported" not in corpus.events.events
    assert any(fault.found == "unsupported" for fault in corpus.faults)


def test_other_properties_of_a_place_may_have_any_type(copy: Path):
    path = copy / "gazetteer" / "places.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    collection["features"][0]["properties"] |= {"tier": 2, "place_id": 7, "population": [1]}
    path.write_text(json.dumps(collection), encoding="utf-8")
    assert _load(copy).faults == ()
