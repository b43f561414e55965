"""The comparison as tables for a file: one row per claim, or per event for two sides."""

from collections.abc import Sequence

import pandas as pd

from dashboard.accounts.accounts import Account, speaker_names
from dashboard.accounts.sides import Position, Side
from dashboard.language.names import name_of
from dashboard.model.corpus import Corpus

_BETWEEN = "; "


def account_rows(corpus: Corpus, event_id: str, accounts: Sequence[Account]) -> pd.DataFrame:
    """One row per claim: origin, outlet, publication, stance, quote, loaded terms, fields."""
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
                **{name: _BETWEEN.join(values) for name, values in quoted.fields.items()},
                "article_id": quoted.article.article_id,
                "claim_id": quoted.claim.claim_id,
            }
            for account in accounts
            for quoted in account.claims
        ]
    )


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
