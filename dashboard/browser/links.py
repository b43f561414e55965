"""Addresses of pages as HTML has them, in the reader's language, e.g. article?id=a001&amp;lang=ar."""

from urllib.parse import urlencode

from dashboard.language.language import Language, current
from dashboard.query.link import language_params
from dashboard.text.escape import escape_attribute


def href(page: str, anchor: str = "", **params: str) -> str:
    """The value of an `href` that leads to a page of this app."""
    language = current()
    told = language_params(language) if language != Language() else {}
    address = f"{page}?{urlencode({**params, **told})}"
    return escape_attribute(f"{address}#{anchor}" if anchor else address)


def article_href(article_id: str, claim_id: str = "") -> str:
    """The address of an article, opened at the sentence of a claim."""
    if not claim_id:
        return href("article", id=article_id)
    return href("article", f"claim-{claim_id}", id=article_id, claim=claim_id)
