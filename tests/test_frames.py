"""Events as GeoDataFrames: what the page shows for a link is what the frame has."""

import json
from pathlib import Path

import pytest

from dashboard.frames import Events, LinkError, open_events
from dashboard.model.corpus import Corpus
from dashboard.project.linked import open_link
from dashboard.project.project import Project
from dashboard.settings import read_settings

NOTEBOOK = Path(__file__).parents[1] / "docs" / "events.ipynb"


@pytest.fixture
def events(tmp_path: Path) -> Events:
    return open_events(tmp_path / "workspace.sqlite")


def test_events_places_and_claims(events: Events, corpus: Corpus):
    frame = events.events()
    assert len(frame) == len(corpus.events.events)
    assert frame.crs == "EPSG:4326"
    assert len(events.places()) >= len(corpus.events.places)
    claims = events.claims()
    assert set(claims["claim_id"]) == {claim.claim_id for claim in corpus.events.claims}
    row = frame.set_index("event_id").loc["shelling_ain_issa_turkish"]
    place = corpus.gazetteer.places["ain_issa"]
    assert (row.geometry.x, row.geometry.y) == (place.lon, place.lat)
    with_place = {place.event_id for place in corpus.events.places}
    assert set(frame[frame.geometry.isna()]["event_id"]) == set(corpus.events.events) - with_place


def test_a_link_of_the_page_is_the_selection(events: Events):
    arrests = events.events("?kind=arrest")
    assert set(arrests["kind"]) == {"arrest"}
    whole = events.events("http://127.0.0.1:8501/?kind=arrest&tab=table&map=36,38,7")
    assert list(whole["event_id"]) == list(arrests["event_id"])
    assert events.events("q=no+such+words+at+all").empty


@pytest.mark.parametrize("link", ["colour_of=kind", "kind=no_such_kind", "from=yesterday"])
def test_a_link_that_is_not_understood_is_refused(events: Events, link: str):
    with pytest.raises(LinkError):
        events.events(link)


def test_a_question_mark_in_the_words_is_no_beginning(tmp_path: Path):
    project = Project(read_settings({"EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite")}))
    for link in ("kind=arrest&q=who?", "?kind=arrest&q=who?", "https://host/?kind=arrest&q=who%3F"):
        query = open_link(project, link).query
        assert (query.kinds, query.text) == (("arrest",), "who?")


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "workspace.sqlite"))
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102 it is our own notebook
    assert len(names["near"]) > 0  # type: ignore[arg-type]
    assert len(names["claims"]) > 0  # type: ignore[arg-type]
