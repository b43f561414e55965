"""The comparison as tables for a file: a row a claim, a row a position of two sides."""

from collections.abc import Sequence

import pandas as pd

from dashboard.accounts.accounts import Account, speaker_names
from dashboard.accounts.sides import Position, Side
from dashboard.language.names import name_of
from dashboard.model.corpus import Corpus

_BETWEEN = "; "


def account_rows(corpus: Corpus, event_id: str, accounts: Sequence[Account]) -> pd.DataFrame:
    """A row a claim: origin, outlet, when it was said, stance, words, loaded terms, fields."""
    return pd.DataFrame(
        [
            {
                "event_id": event_id,
                "origin": account.name,
                "outlet": name_of(corpus.lexicon.outlets[said.article.outlet_id]),
                "speaker": speaker_names(corpus, said.claim) or None,
                "published": said.article.published.isoformat() if said.article.published else None,
                "stance": said.claim.stance.value,
                "quote": said.claim.quote,
                "loaded_terms": _BETWEEN.join(f"{t.words} = {t.neutral}" for t in said.terms),
                **{name: _BETWEEN.join(values) for name, values in said.fields.items()},
                "article_id": said.article.article_id,
                "claim_id": said.claim.claim_id,
            }
            for account in accounts
            for said in account.said
        ]
    )


def position_rows(pair: tuple[Side, Side], found: Sequence[Position]) -> pd.DataFrame:
    """A row an event on which one of the two speaks."""
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
            for item in found
        ]
    )
