"""The accounts of an event: origins, fields, and two sides compared."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from dashboard.accounts.accounts import accounts_of, silent_outlets, summary
from dashboard.accounts.field_table import FIELDS, differs, field_table
from dashboard.accounts.rows import account_rows, position_rows
from dashboard.accounts.sides import AGREE, DISPUTE, positions, sides
from dashboard.browser.compare_html import accounts_html, fields_html, positions_html
from dashboard.export.selection import records
from dashboard.extraction.reader import Reading
from dashboard.language.language import ARABIC, using_language
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Counted, Estimate, Measure
from dashboard.model.event import Stance
from dashboard.review.rereading import reader_of

PLEDGE = "agreement_hand_over_ain_issa"
Readings = Callable[[str], Reading]


@pytest.fixture(scope="session")
def readings(corpus: Corpus) -> Readings:
    reader = reader_of(corpus)

    @cache
    def read(article_id: str) -> Reading:
        return reader.read(corpus.articles[article_id].text)

    return read


def test_each_claim_is_in_one_account(corpus: Corpus, readings: Readings):
    for event_id in corpus.events.events:
        accounts = accounts_of(corpus, event_id, readings)
        claim_ids = [quoted.claim.claim_id for account in accounts for quoted in account.claims]
        expected_ids = [c.claim_id for c in corpus.events.claims if c.event_id == event_id]
        assert sorted(claim_ids) == sorted(expected_ids)
        for account in accounts:
            assert {corpus.origin(quoted.claim) for quoted in account.claims} == {account.origin}
            assert account.against == (Stance.ASSERTS not in account.stances)


def test_those_who_assert_come_first(corpus: Corpus, readings: Readings):
    accounts = accounts_of(corpus, PLEDGE, readings)
    assert [account.against for account in accounts] == [False, True, True]
    assert accounts[0].name == "Russia (government)"


def test_outlets_that_quote_one_origin_are_one_account(corpus: Corpus, readings: Readings):
    """The same claim in another outlet that cites the same speaker adds no origin."""
    claim = next(c for c in corpus.events.claims if c.speaker_id)
    other = next(
        a.article_id
        for a in corpus.articles.values()
        if a.outlet_id != corpus.articles[claim.article_id].outlet_id
    )
    copy = replace(claim, claim_id="copy", article_id=other)
    more = replace(corpus, events=replace(corpus.events, claims=(*corpus.events.claims, copy)))
    before = accounts_of(corpus, claim.event_id, readings)
    after = accounts_of(more, claim.event_id, readings)
    assert len(after) == len(before)
    carrying = next(a for a in after if any(s.claim.claim_id == "copy" for s in a.claims))
    assert len(carrying.outlets) >= 2
    assert summary(after).startswith(summary(before).split(",")[0])


def test_loaded_terms_have_the_neutral_name(corpus: Corpus, readings: Readings):
    accounts = accounts_of(corpus, "agreement_observation_points", readings)
    terms = {(t.words, t.neutral) for a in accounts for s in a.claims for t in s.terms}
    assert ("ميليشيا أسد", "Syrian government forces") in terms
    with using_language(ARABIC):
        arabic = accounts_of(corpus, "agreement_observation_points", readings)
        assert any(
            t.neutral == "قوات الحكومة السورية" for a in arabic for s in a.claims for t in s.terms
        )


def test_fields_differ_only_where_both_name_them(corpus: Corpus, readings: Readings):
    accounts = accounts_of(corpus, PLEDGE, readings)
    assert differs(accounts, "place")
    for name in FIELDS:
        named = [a for a in accounts if a.field(name)]
        if len(named) < 2:
            assert not differs(accounts, name)
    assert [row[0] for row in field_table(accounts)][:2] == ["Date", "Place"]


def _killed(low: int | None, best: int | None, high: int | None, words: str = "") -> Estimate:
    return Estimate(Measure.KILLED, low, best, high, Counted.EVERYONE, None, words)


def _with_tolls(corpus: Corpus, *tolls: Estimate) -> Corpus:
    """The first claims of the pledge, of as many origins as there are tolls, give one toll each."""
    left, claims, origins = list(tolls), [], set()
    for claim in corpus.events.claims:
        origin = (corpus.origin(claim), claim.stance is Stance.ASSERTS)
        if claim.event_id == PLEDGE and left and origin not in origins:
            origins.add(origin)
            claims.append(replace(claim, estimates=(left.pop(0),)))
        else:
            claims.append(claim)
    assert not left
    return replace(corpus, events=replace(corpus.events, claims=tuple(claims)))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (_killed(None, 3, None), _killed(None, 7, None), True),
        (_killed(None, 3, None, "three"), _killed(3, 3, 3, "3 dead"), False),
        (_killed(3, None, 5), _killed(3, 4, 5), False),
        (_killed(3, 4, 5), _killed(3, 5, 5), True),
        (_killed(3, None, None), _killed(None, 3, None), True),
    ],
)
def test_tolls_are_compared_by_value(
    corpus: Corpus, readings: Readings, first: Estimate, second: Estimate, expected: bool
):
    accounts = accounts_of(_with_tolls(corpus, first, second), PLEDGE, readings)
    assert differs(accounts, "killed") is expected
    assert not differs(accounts, "wounded")
    named = {row[0]: row for row in field_table(accounts)}
    assert named["Killed"][1] is expected
    assert "Wounded" not in named
    assert ("They differ" in fields_html(accounts).split("Killed")[1].split("</tr>")[0]) is expected


def test_tolls_are_columns_of_the_file(corpus: Corpus, readings: Readings):
    tolls = _with_tolls(corpus, _killed(3, None, 5, "3-5"), _killed(None, 7, None))
    table = account_rows(tolls, PLEDGE, accounts_of(tolls, PLEDGE, readings))
    assert not [name for name in table if name.startswith(("wounded", "number"))]
    given = table[table["killed_low"].notna()]
    bounds = given[["killed_low", "killed_best", "killed_high"]].astype("Int64")
    expected = pd.DataFrame(
        [[3, None, 5], [7, 7, 7]], columns=bounds.columns, dtype="Int64", index=bounds.index
    )
    pd.testing.assert_frame_equal(bounds, expected)
    assert given["killed"].tolist() == ["3 to 5 killed", "7 killed"]
    assert len(given) < len(table)


def test_silent_outlets_are_those_without_a_claim(corpus: Corpus, readings: Readings):
    accounts = accounts_of(corpus, PLEDGE, readings)
    assert set(silent_outlets(corpus, accounts)) == {
        "Orient Net",
        "Syria TV",
        "Unidentified outlet",
    }


@pytest.mark.parametrize("by", ["outlets", "parties"])
def test_two_sides(corpus: Corpus, by: str):
    first, second = (side.key for side in sides(corpus, by)[:2])
    compared = positions(corpus, by, (first, second))
    assert compared
    for item in compared:
        if item.relation == AGREE:
            assert item.stances[0] == item.stances[1] != ()
        if item.relation == DISPUTE:
            assert item.stances[0] != item.stances[1]
            assert all(item.stances)


def test_a_dispute_comes_before_agreement(corpus: Corpus):
    compared = positions(corpus, "parties", ("aanes", "russia"))
    assert compared[0].relation == DISPUTE


def test_the_page_escapes_the_text_of_articles(corpus: Corpus, readings: Readings):
    bad = "<img src=x onerror=alert(1)>"
    claims = tuple(replace(claim, quote=bad) for claim in corpus.events.claims)
    hostile = replace(corpus, events=replace(corpus.events, claims=claims))
    accounts = accounts_of(hostile, PLEDGE, readings)
    html = accounts_html(hostile, accounts, [bad]) + fields_html(accounts)
    assert "<img" not in html


def test_tables_for_a_file(corpus: Corpus, readings: Readings):
    accounts = accounts_of(corpus, PLEDGE, readings)
    rows = records(account_rows(corpus, PLEDGE, accounts))
    assert len(rows) == sum(len(account.claims) for account in accounts)
    assert {row["stance"] for row in rows} == {"asserts", "denies", "doubts"}
    pair = sides(corpus, "parties")[:2]
    compared = positions(corpus, "parties", (pair[0].key, pair[1].key))
    assert len(position_rows((pair[0], pair[1]), compared)) == len(compared)
    assert compared[0].title in positions_html((pair[0], pair[1]), compared)
