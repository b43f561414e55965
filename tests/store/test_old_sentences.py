"""Sentences of workspaces of versions 1 and 2 become messages; what is none of them stays text."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language.language import ARABIC, using_language
from dashboard.language.messages import _
from dashboard.language.stored_text import translate
from dashboard.model.message import Message, StoredText, joined, message
from dashboard.model.records import Table
from dashboard.store import schema
from dashboard.store.old_sentences import (
    _expressions,
    convert_record,
    convert_text,
    message_of,
)
from dashboard.store.verify import verify
from dashboard.store.workspace import Workspace

DAY = date(2021, 1, 10)
FIELDS = frozenset({"reason", "published_reason", "what", "why"})
RECKONED = message("reckoned from publication on {date}", date=DAY)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("told by a verb", message("reported by a verb")),
        ("already held", message("already in the corpus")),
        ("told by Rana: no place", message("stated by {who}: {why}", who="Rana", why="no place")),
        ("reckoned from publication on 2021-01-10", RECKONED),
        (
            "“أمس”: reckoned from publication on 2021-01-10",
            message("“{words}”: {rest}", words="أمس", rest=RECKONED),
        ),
        (
            "no year is named; needs the day of publication, which is not known",
            joined(
                message("no year is named"),
                message("needs the day of publication, which is not known"),
            ),
        ),
        (
            "“وقصفت” tells of crowd attack",
            message("“{word}” reports {kind}", word="وقصفت", kind=("crowd attack", "اعتداء حشد")),
        ),
        ("accepted A; B", message("accepted {title}", title="A; B")),
        ("read 12 articles", message("read {number} articles", number=12)),
        (
            "undid: accepted A",
            message("undid: {what}", what=message("accepted {title}", title="A")),
        ),
        (
            "corrected “قصف” in a1 to nothing",
            message("corrected “{words}” in {article} to nothing", words="قصف", article="a1"),
        ),
    ],
)
def test_a_sentence_becomes_its_message(sentence: str, expected: Message):
    assert message_of(sentence, FIELDS) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "I think so; he told me",
        "dated a001 2021-13-45",
        "dated a001 ٢٠٢١-١٣-٤٥",
        "read many articles",
        "“قصف” tells of lies",
        '{"message": "strong name"}',
        "x" * 50_000,
        "undid: " * 1_500,
        "; ".join(["a year"] * 200),
    ],
)
def test_any_other_sentence_stays_text(sentence: str):
    assert message_of(sentence, FIELDS) == sentence


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["undid: ", "edited place ", "2021-99-99", "; ", "{", "}", "a year"])
    ).map("".join)
)
def test_the_english_text_stays_the_same(sentence: str):
    converted = message_of(sentence, FIELDS)
    assert str(converted) == sentence
    assert msgspec.json.decode(msgspec.json.encode(converted), type=Message | str) == converted


def test_each_message_has_a_translation():
    with using_language(ARABIC):
        msgids = [msgid for _expression, msgid in _expressions(FIELDS)]
        assert len(msgids) > 80
        assert [msgid for msgid in msgids if _(msgid) == msgid] == []


def test_a_damaged_record_is_left_for_the_checks_to_report():
    for value in (
        b"{",
        b"[]",
        b'{"article": null}',
        b'{"article": {"published_reason": 1}}',
        b"\xff",
    ):
        assert convert_record(b"article", value) is None
    assert convert_record(b"article", None) is None
    assert convert_record(b"place", b'{"a":1}') is None
    assert convert_text("what", b"\xffA") is None
    assert convert_text("why", None) is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("why", "told by Reuters: already held; see mail"),
        ("why", "already held; see mail"),
        ("why", "told by a verb"),
        ("reason", "told by the mayor: on 3 February"),
        ("reason", "already held"),
    ],
)
def test_words_of_analysts_stay_in_fields_that_never_had_the_sentence(field: str, typed: str):
    assert message_of(typed, frozenset({field})) == typed


def test_a_file_of_version_2_is_converted_once_and_is_sound(tmp_path: Path):
    path = tmp_path / "workspace.sqlite"
    rows = ["accepted A", "renamed", '{"message":"no place"}', '"quoted"']
    with closing(sqlite3.connect(path)) as connection:
        for step in schema._STEPS[:2]:
            connection.executescript(step)
        for what in rows:
            connection.execute(
                "INSERT INTO entry (at, who, what, why) VALUES (?, 'w', ?, '')",
                ("2026-01-01T00:00:00+00:00", what),
            )
        connection.execute("PRAGMA user_version = 2")
        connection.commit()
    assert verify(path) == []
    for _opened in range(2):
        log = Workspace(path).log()
        stored: list[StoredText] = [message("accepted {title}", title="A"), *rows[1:]]
        assert [entry.what for entry in reversed(log)] == stored
        assert verify(path) == []
    with using_language(ARABIC):
        assert [translate(entry.what) for entry in reversed(log)][1:] == rows[1:]


def test_a_damaged_text_in_the_log_of_a_file_of_version_2_is_no_obstacle(tmp_path: Path):
    path = tmp_path / "workspace.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        for step in schema._STEPS[:2]:
            connection.executescript(step)
        connection.execute(
            "INSERT INTO entry (at, who, what, why)"
            " VALUES ('2026-01-01T00:00:00+00:00', 'w', 'accepted A', CAST(x'ff41' AS TEXT))"
        )
        connection.execute("PRAGMA user_version = 2")
        connection.commit()
    assert Workspace(path).all(Table.EVENT) == {}
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT what, CAST(why AS BLOB) FROM entry").fetchall()
    assert rows == [('{"message":"accepted {title}","parameters":{"title":"A"}}', b"\xffA")]
