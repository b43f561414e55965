"""Loading each kind of table, and records as JSON and back."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.gazetteer.load import load_gazetteer
from dashboard.model.actor import Actor, ActorName
from dashboard.model.corpus import Corpus
from dashboard.model.records import Table
from dashboard.settings import Settings
from dashboard.store.articles import load_articles
from dashboard.store.codec import (
    RECORDS,
    StoredValueError,
    decode,
    decode_fields,
    decode_stored,
    encode,
    read_table_name,
    read_time,
)
from dashboard.store.events import load_events
from dashboard.store.lexicon import load_lexicon
from dashboard.store.merge import event_record


def test_articles_are_loaded_with_their_hash_checked(
    tmp_path: Path, corpus: Corpus, settings: Settings
):
    shutil.copytree(settings.seeds, tmp_path / "seeds")
    articles, faults = load_articles(tmp_path / "seeds", corpus.lexicon.outlets)
    assert (articles.keys(), faults) == (corpus.articles.keys(), [])
    first = next(iter(articles.values()))
    (tmp_path / "seeds" / "articles" / first.file).write_text("other", encoding="utf-8")
    changed, faults = load_articles(tmp_path / "seeds", corpus.lexicon.outlets)
    assert first.article_id not in changed
    assert [fault.field for fault in faults] == ["sha256"]


def test_an_article_of_an_unknown_outlet_is_a_fault(corpus: Corpus, settings: Settings):
    _articles, faults = load_articles(settings.seeds, {})
    assert {fault.field for fault in faults} == {"outlet_id"}
    assert len(faults) == len(corpus.articles)


def test_events_refer_to_what_is_known(corpus: Corpus, settings: Settings):
    known = load_events(settings.seeds, corpus.lexicon, corpus.gazetteer, corpus.articles)
    assert known == (corpus.events, [])
    events, faults = load_events(settings.seeds, corpus.lexicon, corpus.gazetteer, {})
    assert events.claims == ()
    assert {fault.field for fault in faults} >= {"article_id"}


def test_the_lexicon_is_loaded_by_id(settings: Settings, corpus: Corpus):
    lexicon, faults = load_lexicon(settings.lexicon)
    assert faults == []
    assert lexicon == corpus.lexicon
    assert all(isinstance(actor, Actor) for actor in lexicon.actors.values())
    names = [name for name in lexicon.actor_names if name.actor_id == "sdf"]
    assert all(isinstance(name, ActorName) for name in names)
    assert any(name.loaded for name in names)
    assert {actor.part_of for actor in lexicon.actors.values()} - {None} <= set(lexicon.actors)


def test_a_faulty_entry_of_the_gazetteer_is_left_out(tmp_path: Path, settings: Settings):
    shutil.copytree(settings.gazetteer, tmp_path / "g")
    whole, faults = load_gazetteer(tmp_path / "g")
    assert faults == []
    with (tmp_path / "g" / "names.csv").open("a", encoding="utf-8") as file:
        file.write("no_such_place,اسم,ar,strong,a test\n")
    loaded, faults = load_gazetteer(tmp_path / "g")
    assert [fault.field for fault in faults] == ["place_id"]
    assert loaded.names == whole.names


def test_a_record_survives_its_json(corpus: Corpus):
    for event_id in corpus.events.events:
        record = event_record(corpus, event_id)
        assert decode_stored(Table.EVENT, event_id, encode(record)) == record
        assert decode_fields(encode(record))
    for outlet in corpus.lexicon.outlets.values():
        assert decode(RECORDS[Table.OUTLET], encode(outlet)) == outlet


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', None, 5, "[" * 100_000])
def test_a_damaged_record_is_named(text: object):
    with pytest.raises(StoredValueError, match="e1"):
        decode_stored(Table.EVENT, "e1", text)


@pytest.mark.parametrize("read", [decode_fields, read_time, read_table_name])
@pytest.mark.parametrize("text", ["no such", None, 5])
def test_damaged_values_of_the_log_are_reported(read, text: object):
    with pytest.raises(StoredValueError):
        read(text)


def test_times_and_kinds_of_the_log_are_read():
    now = datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert read_time(now.isoformat()) == now
    assert [read_table_name(kind.value) for kind in Table] == list(Table)
