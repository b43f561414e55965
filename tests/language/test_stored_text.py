"""Stored messages are shown in the reader's language, and what people wrote as they wrote it."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language.language import ARABIC, Language, using_language
from dashboard.language.messages import _
from dashboard.language.stored_text import translate
from dashboard.language.words import isolate, without_isolates
from dashboard.model.corpus import Corpus
from dashboard.model.message import Message, StoredText, joined, message
from dashboard.review.rereading import reader_of
from tests.language.messages import ROOT

OUTLETS = Path(__file__).resolve().parents[1] / "quality" / "outlets.txt"
DAY = date(2021, 1, 10)
RECKONED = message("reckoned from publication on {date}", date=DAY)


def test_a_message_is_shown_in_arabic_with_its_values():
    corrected = joined(message("strong name"), message("one letter corrected"))
    with using_language(ARABIC):
        assert translate(corrected) == "اسم قوي؛ صُحح حرف واحد"
        assert "10 كانون الثاني 2021" in translate(RECKONED)
        quoted = message("“{words}”: {rest}", words="أمس", rest=RECKONED)
        assert translate(quoted) == f"«{isolate('أمس')}»: {translate(RECKONED)}"
        assert translate(message("accepted {title}", title="A; B")) == f"قبول: {isolate('A; B')}"


def test_a_kind_of_event_has_the_name_of_its_table():
    stored = message("“{word}” reports {kind}", word="قصف", kind=("shelling", "قصف"))
    assert str(stored) == "“قصف” reports shelling"
    with using_language(ARABIC):
        assert translate(stored) == f"«{isolate('قصف')}» تدل على قصف"


def test_days_and_numbers_are_in_the_readers_digits():
    with using_language(Language("ar", "arab")):
        assert "١٠ كانون الثاني ٢٠٢١" in translate(RECKONED)
        assert "١٤٤٢" in translate(message("{year} AH by the Umm al-Qura calendar", year=1442))


def test_the_english_text_has_iso_dates():
    both = joined(RECKONED, message("no earlier bound"))
    expected = "reckoned from publication on 2021-01-10; no earlier bound"
    assert str(both) == translate(both) == expected


TEXTS = [
    "strong name",
    "reported by a verb; no earlier bound",
    "undid: accepted A",
    '{"message": "strong name"}',
    '{"message": "accepted {title}", "parameters": {"title": "A"}}',
    "{title}",
    "dated a001 2021-01-10",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_of_a_person_is_never_taken_for_a_message(text: str):
    stored = msgspec.json.decode(msgspec.json.encode(text), type=Message | str)
    assert stored == text
    with using_language(ARABIC):
        assert translate(stored) == text
        assert translate(message("undid: {what}", what=text)).endswith(isolate(text))


@given(st.text(max_size=80))
def test_any_text_of_a_person_stays_as_it_is(text: str):
    with using_language(ARABIC):
        assert translate(text) == text
        # Only isolates of its own would end the one around it.
        assert without_isolates(text) in translate(message("dismissed {name}", name=text))


@pytest.mark.parametrize(
    "value",
    ["{0.__class__}", "{name.__class__}", "{name:>9999999}", "{name}", "%(name)s", "\\g<1>"],
)
def test_a_value_is_no_template(value: str):
    stored = message("dismissed {name}", name=value)
    assert str(stored) == f"dismissed {value}"
    with using_language(ARABIC):
        assert translate(stored).endswith(isolate(value))


def test_a_message_of_a_file_has_no_power_either():
    """A workspace may come from a stranger."""
    for msgid in ("{name.__class__}", "{name:>999999999}", "{0}", "{missing}"):
        assert translate(Message(msgid, {"name": "x"})) == msgid
    with pytest.raises(msgspec.ValidationError):
        # The empty message would show the header of the catalogue.
        msgspec.json.decode(b'{"message": ""}', type=Message)
    nested = Message("x")
    for _number in range(5_000):
        nested = Message("undid: {what}", {"what": nested})
    with using_language(ARABIC):
        assert translate(nested) == _("undid: {what}")
    assert str(nested) == "undid: {what}"


def test_a_message_has_one_form_as_json():
    stored = message("read {number} articles", number=3)
    both = joined(stored, joined(RECKONED, "by hand"))
    text = msgspec.json.encode(both)
    assert b'{"message":"read {number} articles","parameters":{"number":3}}' in text
    assert msgspec.json.decode(text, type=Message | str) == both


def test_each_message_of_a_reading_has_its_translation(corpus: Corpus):
    reader = reader_of(corpus)
    texts = [article.text for article in corpus.articles.values()]
    texts += OUTLETS.read_text(encoding="utf-8").split("\n\n")
    msgids: set[str] = set()
    for text in texts:
        for reading in (reader.read(text, DAY), reader.read(text)):
            reasons = [m.reason for m in (*reading.places, *reading.actors, *reading.dates)]
            for suggestion in reading.suggestions:
                reasons += [suggestion.date_reason, *suggestion.reasons]
            msgids.update(msgid for reason in reasons for msgid in _msgids(reason))
    assert len(msgids) > 40
    with using_language(ARABIC):
        assert [
            msgid for msgid in msgids if _(msgid) == msgid and msgid != "“{words}”: {rest}"
        ] == []


def _msgids(text: StoredText | int) -> Iterator[str]:
    assert isinstance(text, Message), "a reason of the program is no text of a person"
    yield text.msgid
    for value in text.parameters.values():
        if isinstance(value, Message):
            yield from _msgids(value)


def test_each_message_is_a_literal_which_the_catalogue_has():
    """`tests/language/test_catalogue.py` finds the literals, and that each has its translation."""
    others = []
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "message":
                first = node.args[0]
                if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                    others.append(f"{path}:{node.lineno}")
    assert others == []
