"""What the terms of datasets ask of an export: leave their rows out, or accept the terms."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.export.about import acceptance
from dashboard.language.dataset_terms import not_to_be_shared, sharing_in_words
from dashboard.language.messages import _
from dashboard.language.words import all_of, isolate
from dashboard.model.terms import DatasetTerms
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.text.escape import escape_markdown


def without_forbidden(catalog: Catalog, query: Query) -> Query:
    """Offer to leave out datasets whose rows may not be shared, if others remain.

    Returns the query of what remains, so that counts, sentence, link and file name say it.
    """
    datasets = catalog.totals(query)[0].datasets
    forbidden = not_to_be_shared(catalog.terms(datasets))
    names = {each.dataset_id for each in forbidden}
    others = tuple(dataset for dataset in datasets if dataset not in names)
    if not forbidden:
        return query
    st.warning(escape_markdown(sharing_in_words(forbidden)), icon="⚠️")
    if not others:
        return query
    label = _("Leave the events of {datasets} out of the file").format(datasets=_names(forbidden))
    leave_out = st.checkbox(escape_markdown(label), key=_key("leave_out", forbidden))
    return replace(query, datasets=others) if leave_out else query


def accept_terms(terms: Sequence[DatasetTerms]) -> bool:
    """Whether the rows may be downloaded: no terms forbid sharing them, or they were accepted."""
    forbidden = not_to_be_shared(terms)
    if not forbidden:
        return True
    return st.checkbox(escape_markdown(acceptance(forbidden)), key=_key("accept", forbidden))


def _names(forbidden: Sequence[DatasetTerms]) -> str:
    return all_of([isolate(each.name) for each in forbidden])


def _key(name: str, forbidden: Sequence[DatasetTerms]) -> str:
    """The key of a checkbox: other datasets are asked about anew."""
    return f"export_{name}_{'_'.join(each.dataset_id for each in forbidden)}"
