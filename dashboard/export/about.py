"""What an exported file says of itself: the selection in words, its link, the day, whom to credit."""

from dataclasses import replace
from datetime import datetime

from dashboard.export.selection import Export
from dashboard.project.catalog import Catalog
from dashboard.query.counts import Totals
from dashboard.query.describe import describe
from dashboard.query.names import facet_label
from dashboard.query.query import Query
from dashboard.settings import PROGRAM


def about_selection(catalog: Catalog, query: Query, totals: Totals, link: str) -> dict[str, str]:
    """The entries of `about`; `link` is the part of the page's address after the question mark."""
    return {
        "selection": describe(
            query, totals, lambda field, value: facet_label(catalog.names, field, value)[0]
        ),
        "link": f"?{link}",
        "made": datetime.now().astimezone().date().isoformat(),
        "program": f"Event map {PROGRAM}",
    }


def credits_of(catalog: Catalog) -> str:
    """The credits of the datasets of the catalog."""
    return "; ".join(card.credit for card in catalog.datasets.values() if card.credit)


def with_credits(export: Export, catalog: Catalog) -> Export:
    """The export, with the credits of the datasets beside those of the program's own data."""
    more = credits_of(catalog)
    credits_ = f"{export.about['credits']} {more}".strip()
    return replace(export, about={**export.about, "credits": credits_})
