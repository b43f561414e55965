"""The route of the search field: suggestions in both languages, counts, refusals, any text."""

from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from starlette.responses import Response

from dashboard.browser.suggestions import suggestions
from dashboard.language.language import ARABIC, using_language
from dashboard.model.corpus import Corpus
from dashboard.project.project import Project
from dashboard.query.query import Query
from dashboard.server.suggestions import suggestions_route
from dashboard.settings import read_settings
from tests.engine import sample_data
from tests.oracle.select import EventIndex, select
from tests.server.asgi import answered


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Project:
    folder = tmp_path_factory.mktemp("suggestions")
    sample_data.folder_of(folder / "datasets", corpus)
    settings = {
        "EVENT_MAP_WORKSPACE": str(folder / "w.sqlite"),
        "EVENT_MAP_DATASETS": str(folder / "datasets"),
    }
    return Project(read_settings(settings))


def ask(project: Project, **params: str) -> Response:
    return answered(suggestions_route(lambda: project, ""), urlencode(params).encode())


def found(project: Project, text: str, **params: str) -> dict[str, Any]:
    answer = ask(project, find=text, **params)
    assert answer.status_code == 200, answer.body
    content: dict[str, Any] = msgspec.json.decode(bytes(answer.body))
    return content


def values(content: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["field"], row["value"]) for row in content["rows"] if row["field"]]


def targets(content: dict[str, Any]) -> list[str]:
    return [row["label"] for row in content["rows"] if row["target"]]


@pytest.mark.parametrize("text", ["SOHR", "sohr", "المرصد السوري", "observatory syrian"])
def test_a_source_is_found_by_its_initials_and_names(project: Project, text: str):
    assert values(found(project, text))[0] == ("speakers", "sohr")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ain issa", ("places", "ain_issa")),
        ("عين عيسي", ("places", "ain_issa")),
        ("قسد", ("actors", "sdf")),
        ("arrest", ("kinds", "arrest")),
        ("arabi21", ("outlets", "arabi21")),
        ("army of b", ("actors", "Army of B")),  # of a dataset
    ],
)
def test_the_first_suggestion(project: Project, text: str, expected: tuple[str, str]):
    assert values(found(project, text))[0] == expected


def test_a_count_is_that_of_the_filter_list(project: Project, index: EventIndex):
    def counted(text: str, **params: str) -> str:
        return str(found(project, text, dataset="curated", **params)["rows"][0]["count"])

    everything = select(index, Query(speakers=("sohr",))).shown.sum()
    assert counted("sohr") == f"{everything} events"
    narrower = select(index, Query(speakers=("sohr",), kinds=("withdrawal",))).shown.sum()
    assert 0 < narrower < everything
    assert counted("sohr", kind="withdrawal").split()[0] == str(narrower)


def test_places_of_datasets_are_found(project: Project):
    rows = found(project, "town 7")["rows"]
    assert next(row["label"] for row in rows if row["field"] == "places") == "Town 7"


def test_events_are_found_by_their_words(project: Project, corpus: Corpus):
    content = found(project, "hmeimim", dataset="curated")
    ids = [value for field, value in values(content) if field == "event"]
    assert ids
    assert set(ids) <= corpus.events.events.keys()


def test_a_place_without_events_is_gone_to(project: Project):
    content = found(project, "sanaa")
    assert targets(content)[0] == "Sanaa"
    assert targets(found(project, "ain issa"))[0] == "Ain Issa"


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("36.384, 38.863", 36.384, 38.863),
        ("٣٦٫٣٨٤، ٣٨٫٨٦٣", 36.384, 38.863),
        ("36°23'N 38°51'E", 36.3833, 38.85),
        ("37S DA 12345 67890", 36.7527, 38.018),
    ],
)
def test_a_coordinate_is_gone_to(project: Project, text: str, lat: float, lon: float):
    content = found(project, text)
    (row,) = content["rows"]
    assert content["is_point"]
    assert row["target"]["lat"] == pytest.approx(lat, abs=1e-4)
    assert row["target"]["lon"] == pytest.approx(lon, abs=1e-4)


@pytest.mark.parametrize("text", ["5 men", "18 dead", "2020", "999.1, 888.2"])
def test_other_numbers_are_no_coordinates(project: Project, text: str):
    assert not found(project, text)["is_point"]


def test_a_misspelt_name_is_said_to_be_another(project: Project):
    content = found(project, "qamshli")
    assert content["meant"] == "qamishli"
    assert values(content)[0] == ("places", "qamishli")
    assert found(project, "qamishli")["meant"] == ""


def test_sorts_and_names_are_in_the_readers_language(project: Project):
    (english, arabic) = (found(project, "ain issa", lang=lang)["rows"][0] for lang in ("en", "ar"))
    assert (english["label"], english["other_label"]) == ("Ain Issa", "عين عيسى")
    assert (arabic["label"], arabic["other_label"]) == ("عين عيسى", "Ain Issa")
    assert english["sort"] == "Place"
    assert arabic["sort"] != "Place"


def test_what_is_cached_for_one_language_is_not_given_to_another(project: Project):
    catalog = project.catalog(project.load())
    english = suggestions(catalog, Query(), "hmeimim")
    with using_language(ARABIC):
        arabic = suggestions(catalog, Query(), "hmeimim")
    assert suggestions(catalog, Query(), "hmeimim") == english
    assert not {row.label for row in english.rows} & {row.label for row in arabic.rows}


@pytest.mark.parametrize("text", ["", "   ", "…", "\u202e", "zzzzzz", "%' OR 1=1 --", "a b " * 40])
def test_any_text_is_answered(project: Project, text: str):
    assert len(found(project, text)["rows"]) <= 13


def test_there_are_few_suggestions_whatever_is_typed(project: Project):
    assert 0 < len(found(project, "a")["rows"]) <= 13


@pytest.mark.parametrize(
    "params",
    [
        {"find": "a" * 201},
        {"find": "a", "kind": "{{7*7}}"},
        {"find": "a", "kinds": "arrest"},
        {"find": "a", "from": "18.1.2021"},
    ],
)
def test_what_is_not_understood_is_refused(project: Project, params: dict[str, str]):
    answer = ask(project, **params)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
