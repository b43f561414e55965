"""Values by any of their names: order, words in any order, the article, misspelt words."""

from collections.abc import Sequence

import pytest

from dashboard.query.name_search import Match, Named, NameSearch, initials, words_of

SEARCH = NameSearch(
    [
        ("places", "ain_issa", "Ain Issa"),
        ("places", "ain_issa", "عين عيسى"),
        ("places", "camp", "Ain Issa IDP camp"),
        ("places", "raqqa", "Raqqa"),
        ("places", "raqqa", "رقة"),
        ("actors", "sdf", "Syrian Democratic Forces"),
        ("speakers", "sohr", "SOHR"),
        ("speakers", "empty", ""),
        ("speakers", "signs", "…"),
    ]
)


def found(text: str) -> list[tuple[str, Match]]:
    return [(it.value, it.match) for it in SEARCH.find(words_of(text))]


def test_the_best_match_is_the_first():
    assert found("ain issa") == [("ain_issa", Match.WHOLE), ("camp", Match.BEGINS)]
    assert found("AIN-iss") == [("ain_issa", Match.BEGINS), ("camp", Match.BEGINS)]
    assert found("camp ain") == [("camp", Match.WORDS)]
    assert found("ssa") == [("ain_issa", Match.PARTS), ("camp", Match.PARTS)]


def test_spellings_and_the_article_do_not_matter():
    assert found("عين عيسي") == found("عَيْن عيسى") == [("ain_issa", Match.WHOLE)]
    assert found("الرقّة") == [("raqqa", Match.WHOLE)]


def test_nothing_is_found_by_nothing():
    assert found("") == found("…") == found("ain raqqa") == []


def test_initials_are_those_of_capitals():
    assert initials("Syrian Observatory for Human Rights") == "SOHR"
    assert initials("Russian forces") == initials("قسد") == ""


def anything(names: Sequence[Named]) -> bool:
    return bool(names)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ayn issa", "ain issa"),
        ("syrian demcratic", "syrian democratic"),
        ("ainissa", "ain issa"),
        ("aynissa", "ain issa"),
        ("raqa", "raqqa"),
        ("zzzz", ""),
        ("ain raqqa", ""),
    ],
)
def test_what_may_have_been_meant(text: str, meant: str):
    assert SEARCH.corrected(words_of(text), anything) == meant


def test_a_correction_is_one_that_is_accepted():
    def is_actor(names: Sequence[Named]) -> bool:
        return any(it.field == "actors" for it in names)

    assert SEARCH.corrected(["raqa"], is_actor) == ""
    assert SEARCH.corrected(["demcratic"], is_actor) == "democratic"
