"""The comparison as tables for a file: one row per claim, or per event for two sides."""

from collections.abc import Sequence

import pandas as pd

from dashboard.accounts.accounts import Account, QuotedClaim, speaker_names
from dashboard.accounts.field_table import FIELDS, given_measures
from dashboard.accounts.sides import Position, Side
from dashboard.language.names import name_of
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Measure, source_figures

_BETWEEN = "; "


def account_rows(corpus: Corpus, event_id: str, accounts: Sequence[Account]) -> pd.DataFrame:
    """One row per claim: origin, outlet, publication, stance, quote, loaded terms, fields.

    Each measure of which a claim gives a number has the words, and the lowest, best and highest number.
    """
    measures = given_measures(accounts)
    return pd.DataFrame(
        [
            {
                "event_id": event_id,
                "origin": account.name,
                "outlet": name_of(corpus.lexicon.outlets[quoted.article.outlet_id]),
                "speaker": speaker_names(corpus, quoted.claim) or None,
                "published": quoted.article.published.isoformat()
                if quoted.article.published
                else None,
                "stance": quoted.claim.stance.value,
                "quote": quoted.claim.quote,
                "loaded_terms": _BETWEEN.join(f"{t.words} = {t.neutral}" for t in quoted.terms),
                **{name: _BETWEEN.join(quoted.fields[name]) for name in FIELDS},
                **_numbers(quoted, measures),
                "article_id": quoted.article.article_id,
                "claim_id": quoted.claim.claim_id,
            }
            for account in accounts
            for quoted in account.claims
        ]
    )


def _numbers(quoted: QuotedClaim, measures: Sequence[Measure]) -> dict[str, str | int | None]:
    figures = source_figures(quoted.claim.estimates)
    columns: dict[str, str | int | None] = {}
    for measure in measures:
        figure = figures.get(measure)
        columns[measure.value] = _BETWEEN.join(quoted.fields[measure.value]) or None
        columns[f"{measure}_low"] = figure.low if figure else None
        columns[f"{measure}_best"] = figure.best if figure else None
        columns[f"{measure}_high"] = figure.high if figure else None
    return columns


def position_rows(pair: tuple[Side, Side], positions: Sequence[Position]) -> pd.DataFrame:
    """One row per event about which at least one of the two sides has a claim."""
    return pd.DataFrame(
        [
            {
                "event_id": item.event_id,
                "title": item.title,
                "when": item.when,
                pair[0].key: _BETWEEN.join(item.stances[0]) or None,
                pair[1].key: _BETWEEN.join(item.stances[1]) or None,
                "relation": item.relation,
            }
            for item in positions
        ]
    )
