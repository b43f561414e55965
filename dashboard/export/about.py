"""What an exported file says of itself: the selection in words, its link, the day, whom to credit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dashboard.export.selection import PLACE_CREDITS, Export
from dashboard.language.dataset_terms import not_to_be_shared, sharing_in_words, terms_in_words
from dashboard.language.messages import _
from dashboard.language.words import all_of, isolate
from dashboard.model.terms import DatasetTerms
from dashboard.project.catalog import Catalog
from dashboard.query.counts import Totals
from dashboard.query.describe import MOST_NAMED, describe
from dashboard.query.names import facet_label
from dashboard.query.query import Query
from dashboard.settings import PROGRAM


def about_selection(catalog: Catalog, query: Query, totals: Totals, link: str) -> dict[str, str]:
    """The entries of `about`; `link` is the part of the page's address after the question mark."""
    catalog.places.fetch([*query.places, *query.place_ids[:MOST_NAMED]])
    return {
        "selection": describe(
            query, totals, lambda field, value: facet_label(catalog.names, field, value)[0]
        ),
        "link": f"?{link}",
        "made": datetime.now().astimezone().date().isoformat(),
        "program": f"Event map {PROGRAM}",
    }


def credits_of(terms: Sequence[DatasetTerms]) -> str:
    """Credit, licence and address of the terms of each dataset, in one line."""
    return " ".join(map(terms_in_words, terms))


def terms_entry(terms: Sequence[DatasetTerms]) -> dict[str, str]:
    """The entry of `about` that says which rows may not be shared; empty if all may."""
    forbidden = not_to_be_shared(terms)
    return {"terms": sharing_in_words(forbidden)} if forbidden else {}


def with_terms(export: Export, terms: Sequence[DatasetTerms]) -> Export:
    """The export with the terms of its datasets, beside the credits of the program's own data."""
    credits_ = f"{export.about['credits']} {credits_of(terms)}".strip()
    about = {**export.about, "credits": credits_, **terms_entry(terms)}
    return replace(export, about=about, datasets=tuple(terms))


def bulk_about(terms: Sequence[DatasetTerms]) -> dict[str, str]:
    """The entries of `about` with the credits and terms of an export of any size."""
    return {
        "credits": f"{PLACE_CREDITS} {credits_of(terms)}".strip(),
        "coarsened": "no",
        **terms_entry(terms),
    }


def acceptance(forbidden: Sequence[DatasetTerms]) -> str:
    """What a person confirms before rows are exported that may not be shared."""
    names = all_of([isolate(each.name) for each in forbidden])
    return _("I will not publish these rows of {datasets} or give them to others.").format(
        datasets=names
    )
