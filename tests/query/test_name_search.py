"""Values by any of their names: order, words in any order, the article, misspelt words."""

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
    assert SEARCH.corrected(words_of(text)) == meant


def test_of_very_many_names_those_that_begin_so_are_compared():
    names = [("places", f"p{at}", f"Tell {at:05}") for at in range(30_000)]
    search = NameSearch([*names, ("places", "end", "Zahra near tell"), ("places", "t", "T")])
    assert search.find(["t"])[0] == Named("places", "t", Match.WHOLE, 1)
    assert len(search.find(["tell"])) < 5000
    assert [it.value for it in search.find(["29999"])] == ["p29999"]
    assert [it.value for it in search.find(["near", "tell"])] == ["end"]
