"""Rows of the exported tables of claims, their figures, and their articles."""

import msgspec

from dashboard.datasets.event_map.judged_columns import rating_cells
from dashboard.datasets.event_map.row_columns import (
    ARTICLES,
    BETWEEN,
    BOUNDS,
    CLAIMS,
    fields_of,
    iso,
    published_at,
)
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim


def estimate_rows(claim: Claim) -> list[dict[str, object]]:
    """A row for each estimate of a claim."""
    return [
        {
            "event_id": claim.event_id,
            "claim_id": claim.claim_id,
            "measure": estimate.measure.value,
            **{bound: getattr(estimate, bound) for bound in BOUNDS},
            "counted": estimate.counted.value,
            "side": estimate.side,
            "words": estimate.words,
        }
        for estimate in claim.estimates
    ]


def claim_row(corpus: Corpus, claim: Claim) -> dict[str, object]:
    """A claim with its outlet, its speakers, its ratings and its proof."""
    lexicon, article = corpus.lexicon, corpus.articles[claim.article_id]
    outlet = lexicon.outlets[article.outlet_id]
    speaker = lexicon.speakers[claim.speaker_id] if claim.speaker_id else None
    via = lexicon.speakers[claim.via_id] if claim.via_id else None
    proof = corpus.proof.get(claim.claim_id)
    original = proof.original if proof else None
    row = {
        **fields_of(claim),
        "outlet_en": outlet.name_en,
        "outlet_ar": outlet.name_ar,
        "speaker_en": speaker.name_en if speaker else None,
        "speaker_ar": speaker.name_ar if speaker else None,
        "via_en": via.name_en if via else None,
        "via_ar": via.name_ar if via else None,
        "origin": corpus.origin(claim),
        "stance": claim.stance.value,
        "disputes": claim.disputes.value if claim.disputes else None,
        "estimates": msgspec.json.encode(claim.estimates).decode() if claim.estimates else None,
        "quote_start": claim.start,
        "quote_end": claim.end,
        **rating_cells(corpus, claim, article),
        "original_url": original or article.url,
        "archived_url": proof.archived if proof else None,
        "capture_sha256": BETWEEN.join(proof.captures) if proof and proof.captures else None,
    }
    return {name: row[name] for name in CLAIMS}


def article_row(corpus: Corpus, article: Article) -> dict[str, object]:
    """An article without its text."""
    outlet = corpus.lexicon.outlets[article.outlet_id]
    row = {
        **fields_of(article),
        "outlet_en": outlet.name_en,
        "outlet_ar": outlet.name_ar,
        "published": published_at(article),
        "published_offset": _offset(article),
        "published_earliest": iso(article.published_earliest),
        "published_latest": iso(article.published_latest),
        "published_reason": str(article.published_reason),
    }
    return {name: row[name] for name in ARTICLES}


def _offset(article: Article) -> str | None:
    """The stated offset from UTC, e.g. "+03:00"; spreadsheets have no times with an offset."""
    stated = article.published.strftime("%z") if article.published else ""
    return f"{stated[:3]}:{stated[3:5]}" if stated else None
