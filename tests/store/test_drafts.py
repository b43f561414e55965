"""Drafts by browser and author: kept, found again, limited, and never another one's."""

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.event import ClaimField, PlaceRole, Stance
from dashboard.model.when import DatePrecision
from dashboard.store.browser_token import COOKIE, fingerprint, is_token, new_token
from dashboard.store.draft_values import (
    DraftValueError,
    can_be_stored,
    decode_fields,
    encode_fields,
)
from dashboard.store.drafts import (
    KEPT_DAYS,
    MAX_BYTES,
    MAX_DRAFTS,
    Drafts,
    DraftTooLargeError,
    Owner,
)
from dashboard.store.workspace import WorkspaceError

RANA = Owner("a" * 64, "Rana")
LINK = {"page": "articles"}

simple = (
    st.none()
    | st.text()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.sampled_from([*Stance, *ClaimField, *PlaceRole, *DatePrecision])
)
values = st.recursive(simple, lambda v: st.lists(v, max_size=4) | st.tuples(v, v), max_leaves=6)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "workspace_drafts.sqlite")


@given(st.dictionaries(st.text(), values.filter(can_be_stored), max_size=6))
def test_fields_come_back_with_their_types(fields: dict[str, object]):
    back = decode_fields(encode_fields(fields))
    assert back == fields
    assert {name: type(value) for name, value in back.items()} == {
        name: type(value) for name, value in fields.items()
    }


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_in_place_of_a_draft_is_read_or_refused(text: str):
    with suppress(DraftValueError):
        assert isinstance(decode_fields(text), dict)


def test_a_field_that_cannot_be_read_is_left_out_and_the_others_are_there():
    text = (
        '{"a": "x", "b": {"option": ["Stance", "shouts"]}, "c": {"option": ["Path", "/"]}, '
        '"d": {"day": "31"}, "e": true, '
        '"f": {"day": "2021-01-09", "more": 1}, "g": {"day": "2021-01-09"}}'
    )
    assert decode_fields(text) == {"a": "x", "g": date(2021, 1, 9)}


@pytest.mark.parametrize("value", [True, {"edited_rows": {}}, object(), b"x", [object()]])
def test_buttons_tables_and_objects_are_not_kept(value: object):
    assert not can_be_stored(value)


def test_a_draft_is_found_again_until_it_is_removed(drafts: Drafts):
    drafts.save(RANA, "paste", "A pasted article", LINK, {"text": "قصف", "day": None})
    drafts.save(RANA, "paste", "A pasted article", LINK, {"text": "قصفت", "day": None})
    again = Drafts(drafts.path)
    stored = again.get(RANA, "paste")
    assert stored is not None
    assert (stored.fields, stored.link) == ({"text": "قصفت", "day": None}, LINK)
    assert abs(datetime.now(UTC) - stored.saved_at) < timedelta(minutes=1)
    assert [draft.form for draft in again.all(RANA)] == ["paste"]
    again.remove(RANA, "paste")
    assert drafts.all(RANA) == []


def test_nobody_sees_the_drafts_of_another_browser_or_author(drafts: Drafts):
    drafts.save(RANA, "paste", "t", LINK, {"text": "x"})
    for other in (Owner("b" * 64, "Rana"), Owner(RANA.browser, "Omar"), Owner(RANA.browser, "")):
        assert drafts.get(other, "paste") is None
        assert drafts.all(other) == []
        drafts.remove(other, "paste")
    assert drafts.get(RANA, "paste") is not None


def test_what_was_typed_without_a_name_becomes_the_analysts(drafts: Drafts):
    nobody = Owner(RANA.browser, "")
    drafts.save(RANA, "paste", "t", LINK, {"text": "before"})
    drafts.save(nobody, "paste", "t", LINK, {"text": "now"})
    drafts.give(nobody, "Rana")
    assert [draft.fields for draft in drafts.all(RANA)] == [{"text": "now"}]
    assert drafts.all(nobody) == []


def test_a_browser_remembers_its_analyst(drafts: Drafts):
    assert drafts.author(RANA.browser) == ""
    drafts.set_author(RANA.browser, "Rana")
    assert (drafts.author(RANA.browser), drafts.author("b" * 64)) == ("Rana", "")


def test_a_browser_remembers_what_was_chosen(drafts: Drafts):
    assert drafts.preference(RANA.browser, "language") == ""
    for value in ("lang=ar", "lang=ar&digits=arab"):
        drafts.set_preference(RANA.browser, "language", value)
    assert drafts.preference(RANA.browser, "language") == "lang=ar&digits=arab"
    assert drafts.preference(RANA.browser, "other") == ""
    assert drafts.preference("b" * 64, "language") == ""


def test_a_form_with_too_much_text_is_refused_and_the_draft_before_stays(drafts: Drafts):
    drafts.save(RANA, "paste", "t", LINK, {"text": "short"})
    with pytest.raises(DraftTooLargeError):
        drafts.save(RANA, "paste", "t", LINK, {"text": "x" * MAX_BYTES})
    stored = drafts.get(RANA, "paste")
    assert stored is not None
    assert stored.fields == {"text": "short"}
    # The longest article that is read fits.
    drafts.save(RANA, "paste", "t", LINK, {"text": "ق" * 500_000})


def test_the_oldest_of_too_many_goes_and_one_that_is_too_old(drafts: Drafts):
    for number in range(MAX_DRAFTS + 3):
        drafts.save(RANA, f"claim:{number:03}", "t", LINK, {"why": "x"})
    assert len(drafts.all(RANA)) == MAX_DRAFTS
    long_ago = (datetime.now(UTC) - timedelta(days=KEPT_DAYS, minutes=1)).isoformat()
    with closing(sqlite3.connect(drafts.path)) as connection, connection:
        connection.execute("UPDATE draft SET saved_at = ?", (long_ago,))
    assert drafts.all(RANA) == []
    drafts.save(RANA, "paste", "t", LINK, {"text": "x"})
    with closing(sqlite3.connect(drafts.path)) as connection:
        assert connection.execute("SELECT count(*) FROM draft").fetchone() == (1,)


def test_a_damaged_row_is_no_draft_and_a_damaged_file_is_reported(drafts: Drafts):
    drafts.save(RANA, "paste", "t", LINK, {"text": "x"})
    drafts.save(RANA, "claim", "t", LINK, {"why": "y"})
    with closing(sqlite3.connect(drafts.path)) as connection, connection:
        connection.execute("UPDATE draft SET fields = '{' WHERE form = 'paste'")
    assert [draft.form for draft in drafts.all(RANA)] == ["claim"]
    drafts.path.write_bytes(b"no database" * 100)
    with pytest.raises(WorkspaceError):
        drafts.all(RANA)


def test_a_token_cannot_be_had_from_the_file(drafts: Drafts):
    token = new_token()
    assert is_token(token)
    assert COOKIE
    drafts.set_author(fingerprint(token), "Rana")
    assert token.encode() not in drafts.path.read_bytes()
    for wrong in ("", "x", token + "x", "x" * 42 + "\n", "../" * 15):
        assert not is_token(wrong)
        assert fingerprint(wrong) == ""
