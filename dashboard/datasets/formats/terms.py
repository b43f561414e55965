"""The terms of datasets: rows of data/lexicon/imported_terms.csv, and what a dataset's card says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dashboard.engine.datasets import Dataset
from dashboard.model.rows import load_records
from dashboard.model.terms import DatasetTerms
from dashboard.settings import DATA


@dataclass(frozen=True, slots=True)
class FormatTerms:
    """The terms of all data of a known format; `terms_url` is the page that states them."""

    format: str
    licence: str
    licence_ar: str
    credit: str
    terms_url: str
    rows_may_be_shared: bool
    source: str


@cache
def format_terms() -> Mapping[str, FormatTerms]:
    """The terms by format; raises DataError for a fault in the table."""
    path = DATA / "lexicon" / "imported_terms.csv"
    return {row.format: row for row in load_records(path, FormatTerms, "format")}


def terms_of(card: Dataset) -> DatasetTerms:
    """The terms of a dataset: what its card says, completed by the terms of its format.

    Cards of earlier versions have a licence and a credit only.
    """
    known = format_terms().get(card.format)
    if known is None:
        return DatasetTerms(
            card.dataset_id,
            card.name,
            card.licence,
            credit=card.credit,
            rows_may_be_shared=card.rows_may_be_shared,
        )
    licence = card.licence or known.licence
    return DatasetTerms(
        dataset_id=card.dataset_id,
        name=card.name,
        licence=licence,
        licence_ar=known.licence_ar if licence == known.licence else "",
        credit=card.credit or known.credit,
        url=known.terms_url,
        rows_may_be_shared=known.rows_may_be_shared,
    )
