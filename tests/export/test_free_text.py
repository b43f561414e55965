"""A file without the names of analysts says in which columns they may have typed one."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.export.authors import ABOUT, FREE_TEXT, without_names
from dashboard.export.coarsen import Coarseness
from dashboard.export.selection import Export, export_of
from dashboard.model.corpus import Corpus, Events
from dashboard.model.message import message
from dashboard.model.verification import (
    ClaimRating,
    Credibility,
    Judgements,
    Reliability,
    SourceRating,
    Verification,
    VerificationRecord,
    VerifiedPart,
)
from tests.judged import AT
from tests.oracle.selected import selected_by_id

TYPED = "as Samar wrote"


@pytest.fixture(scope="module")
def export(corpus: Corpus) -> Export:
    """An event of which an analyst typed every text that is not of its sources."""
    key = next(row.event_id for row in corpus.events.places)
    events = corpus.events
    typed = replace(
        events.events[key],
        **dict.fromkeys(
            ("title_en", "title_ar", "date_reason", "date_reason_ar", "summary_en", "summary_ar"),
            TYPED,
        ),
    )
    claims = [
        replace(row, gloss_en=TYPED, note=TYPED) for row in events.claims if row.event_id == key
    ]
    article = corpus.articles[claims[0].article_id]
    reason = message("stated by {who}: {why}", who="Rana", why=TYPED)
    known = {article.article_id: replace(article, headline=TYPED, published_reason=reason)}
    rated = [row.claim_id for row in claims]
    judgements = Judgements(
        {
            (key, part): VerificationRecord(
                key, part, Verification.PLAUSIBLE, "Rana", AT, TYPED, "", None
            )
            for part in VerifiedPart
        },
        {article.outlet_id: SourceRating(article.outlet_id, Reliability.A, "Rana", AT, TYPED)},
        {key: ClaimRating(key, Credibility.ONE, "Rana", AT, TYPED, "") for key in rated},
    )
    changed = replace(
        corpus,
        events=Events(
            {key: typed},
            tuple(replace(row, note=TYPED) for row in events.places if row.event_id == key),
            tuple(replace(row, note=TYPED) for row in events.actors if row.event_id == key),
            tuple(claims),
        ),
        articles={**corpus.articles, **known},
        judgements=judgements,
    )
    selected = without_names(selected_by_id(changed, [key]))
    return export_of(selected, Coarseness.ORIGINAL, ABOUT)


def columns_with(table: pd.DataFrame, has: Callable[[str], bool]) -> set[str]:
    """The columns of which a cell has such a text."""
    return {str(name) for name in table.columns if any(map(has, map(str, table[name])))}


def test_each_column_with_what_an_analyst_typed_is_named(export: Export):
    tables = (export.events, export.claims, export.places, export.actors, export.articles)
    found = set().union(*(columns_with(table, lambda cell: TYPED in cell) for table in tables))
    assert found <= set(FREE_TEXT)
    # Not changed above: the words of a note, and a place that an analyst added.
    assert set(FREE_TEXT) - found == {"quote", "place_doubt", "place_sources"}
    every = {str(name) for table in tables for name in table.columns}
    assert set(FREE_TEXT) <= every
    assert all(name in export.about["authors"] for name in FREE_TEXT)


def test_the_names_themselves_are_gone(export: Export):
    tables = (export.events, export.claims, export.places, export.actors, export.articles)
    assert not any(columns_with(table, lambda cell: "Rana" in cell) for table in tables)
