"""The row of a claim in exports: its stance, and the field that it disputes."""

from dataclasses import replace

import pytest

from dashboard.datasets.event_map.acled_columns import stance_words
from dashboard.datasets.event_map.claim_rows import claim_row
from dashboard.model.corpus import Corpus
from dashboard.model.event import ClaimField, Stance


@pytest.mark.parametrize(
    ("disputes", "column", "words"),
    [(None, None, "denies"), (ClaimField.PLACE, "place", "denies (place)")],
)
def test_a_claim_names_the_field_that_it_disputes(
    corpus: Corpus, disputes: ClaimField | None, column: str | None, words: str
):
    denial = next(claim for claim in corpus.events.claims if claim.stance is Stance.DENIES)
    row = claim_row(corpus, replace(denial, disputes=disputes))
    assert row["disputes"] == column
    assert stance_words(row) == words
