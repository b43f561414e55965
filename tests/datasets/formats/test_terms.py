"""The terms of datasets: of known formats by a table, of others as their cards say."""

from dashboard.datasets.formats.registry import ACLED_DELETED, CUSTOM, EVENT_MAP, FORMATS
from dashboard.datasets.formats.terms import format_terms, terms_of
from dashboard.engine.datasets import Dataset
from dashboard.language.dataset_terms import (
    not_to_be_shared,
    sharing_in_words,
    terms_in_words,
)
from dashboard.language.language import ARABIC, using_language
from dashboard.model.terms import DatasetTerms


def _card(format_: str, **about: str) -> Dataset:
    return Dataset(dataset_id="one", number=1, name="One", format=format_, **about)


def test_each_known_format_has_its_terms():
    # A file of this program states its own; a list of deletions has no events.
    assert set(format_terms()) == set(FORMATS) - {EVENT_MAP, ACLED_DELETED}
    assert {key: row.rows_may_be_shared for key, row in format_terms().items()} == {
        "acled": False,
        "ucdp": True,
        "gdelt": True,
    }
    assert all(row.terms_url.startswith("https://") for row in format_terms().values())


def test_a_card_of_an_earlier_version_has_the_terms_of_its_format():
    earlier = _card("acled", licence="ACLED terms of use: no redistribution of its rows")
    assert terms_of(earlier) == terms_of(_card("acled"))
    assert terms_of(earlier).rows_may_be_shared is False
    assert "(ACLED), acleddata.com" in terms_of(earlier).credit


def test_a_typed_licence_is_shown_but_rows_are_still_not_to_be_shared():
    typed = terms_of(_card("acled", licence="By agreement", credit="Ours"))
    assert (typed.licence, typed.credit) == ("By agreement", "Ours")
    assert typed.rows_may_be_shared is False
    with using_language(ARABIC):
        assert "By agreement" in terms_in_words(typed)


def test_an_unknown_licence_is_said_to_be_unknown():
    unknown = terms_of(_card(CUSTOM))
    assert unknown.rows_may_be_shared is None
    assert terms_in_words(unknown) == "One: credit unknown. Licence: unknown."
    assert not_to_be_shared([unknown]) == ()


def test_the_licence_is_in_the_language_of_the_reader():
    terms = terms_of(_card("gdelt"))
    assert terms_in_words(terms) == (
        "One: The GDELT Project, gdeltproject.org. Licence: Open, with citation "
        "(https://www.gdeltproject.org/about.html#termsofuse)."
    )
    with using_language(ARABIC):
        assert "مفتوح، مع ذكر المصدر" in terms_in_words(terms)


def test_only_datasets_that_forbid_it_are_named():
    acled = terms_of(_card("acled"))
    free = DatasetTerms("two", "Two", rows_may_be_shared=True)
    assert not_to_be_shared([free, acled]) == (acled,)
    sentence = sharing_in_words([acled])
    assert "One" in sentence
    assert "https://acleddata.com/eula" in sentence
