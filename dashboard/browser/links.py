"""URLs of pages escaped for HTML, with the language, e.g. article?id=a001&amp;lang=ar."""

from urllib.parse import urlencode

from dashboard.language.language import Language, current
from dashboard.query.link import language_params
from dashboard.text.escape import escape_attribute


def href(page: str, anchor: str = "", **params: str) -> str:
    """The value of an `href` attribute for a page of this app."""
    language = current()
    language_part = language_params(language) if language != Language() else {}
    address = f"{page}?{urlencode({**params, **language_part})}"
    return escape_attribute(f"{address}#{anchor}" if anchor else address)


def article_href(article_id: str, claim_id: str = "") -> str:
    """The URL of an article, with the anchor of a claim if one is given."""
    if not claim_id:
        return href("article", id=article_id)
    return href("article", f"claim-{claim_id}", id=article_id, claim=claim_id)
