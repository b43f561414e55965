"""The terms of datasets as text in the reader's language, for figures, exports and pages."""

from collections.abc import Sequence

from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.words import all_of, isolate
from dashboard.model.terms import DatasetTerms


def terms_in_words(terms: DatasetTerms) -> str:
    """Name, credit, licence and the address of the terms; what is not known is said to be unknown."""
    licence = licence_in_words(terms)
    return _("{dataset}: {credit}. Licence: {licence}.").format(
        dataset=isolate(terms.name),
        credit=isolate(terms.credit) if terms.credit else _("credit unknown"),
        licence=f"{licence} ({isolate(terms.url)})" if terms.url else licence,
    )


def licence_in_words(terms: DatasetTerms) -> str:
    """The licence, or that it is unknown."""
    if current().code == "ar" and terms.licence_ar:
        return terms.licence_ar
    return isolate(terms.licence) if terms.licence else _("unknown")


def not_to_be_shared(terms: Sequence[DatasetTerms]) -> tuple[DatasetTerms, ...]:
    """Those of the datasets whose terms forbid sharing their rows."""
    return tuple(each for each in terms if each.rows_may_be_shared is False)


def sharing_in_words(forbidden: Sequence[DatasetTerms]) -> str:
    """One sentence: the rows of these datasets may not be shared, and where their terms are."""
    names = all_of([isolate(each.name) for each in forbidden])
    addresses = all_of(list(dict.fromkeys(isolate(each.url) for each in forbidden if each.url)))
    text = _("The terms of {datasets} do not allow rows to be published or shared: {addresses}.")
    return text.format(datasets=names, addresses=addresses)
