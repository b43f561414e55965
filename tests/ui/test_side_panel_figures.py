"""Figures beside counts in the panel next to the map, and in the evidence."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Measure
from tests.oracle.estimates import sums
from tests.ui.running import components, html, texts

pytestmark = pytest.mark.usefixtures("workspace")
PLACE, EVENT = "qamishli_airport", "reinforcement_qamishli_airport"


def _side(tab: str) -> None:
    from dashboard.model.estimate import Measure
    from dashboard.query.answers import totals_from_engine
    from dashboard.query.query import Query
    from dashboard.ui.explore.side_panel import side_panel
    from dashboard.ui.project import catalog, load
    from tests.ui.running import register_pages

    register_pages()
    loaded = load()
    known = catalog(loaded)
    query = Query(
        tab=tab,
        measure=Measure.TROOPS,
        place_ids=("qamishli_airport",),
        event_id="reinforcement_qamishli_airport",
    )
    totals, _counts = totals_from_engine(known.engine, known.effective(query), known.events)
    side_panel(loaded, known, query, totals)


def _run(tab: str) -> AppTest:
    app = AppTest.from_function(_side, default_timeout=90, args=(tab,))
    app.run()
    assert not app.exception, app.exception
    return app


def test_a_place_has_the_sum_of_its_events(corpus: Corpus):
    here = {row.event_id for row in corpus.events.places if row.place_id == PLACE}
    total = sums(corpus, here)[Measure.TROOPS]
    assert (total.low, total.high) == (1_800, 1_800)
    app = _run("events")
    assert f"{len(here)} event" in texts(app)
    assert "1,800 troops" in texts(app)
    if len(here) > total.events:
        assert f"{len(here) - total.events} without a figure" in texts(app)
    (data,) = components(app).values()
    figures = {row["event_id"]: row["figure"] for row in data["groups"][0]["events"]}
    assert figures.pop(EVENT) == "1,800 troops"
    assert not any(figures.values())


def test_the_table_has_numbers_to_sort_by(corpus: Corpus):
    app = _run("table")
    table = components(app)["event_map_table"]
    here = {row.event_id for row in corpus.events.places if row.place_id == PLACE}
    assert len(table["ids"]) == len(here)
    columns = {column["heading"]: column for column in table["columns"]}
    for bound in ("lowest", "highest"):
        numbers = columns[f"Troops, {bound}"]["cells"]
        assert [number for number in numbers if number is not None] == [1_800]
    assert columns["Troops, best"]["sort"] == "troops.best"
    assert "Killed, best" not in columns
    assert f"1,800 troops, {len(here) - 1} without a figure" in texts(app)


def test_the_evidence_says_who_gives_which_number():
    shown = html(_run("evidence"))
    assert "Troops: <strong>1,800</strong>" in shown
    assert "500 troops" in shown
    assert "1,300 troops" in shown
    assert "نحو 500 عسكري روسي" in shown
    assert "source-columns" not in shown


def _unselected() -> None:
    from dashboard.query.query import Query
    from dashboard.ui.explore.evidence_panel import evidence_panel
    from dashboard.ui.project import catalog, load

    loaded = load()
    evidence_panel(loaded, catalog(loaded), Query(tab="evidence"))


def test_evidence_without_an_event_says_what_to_select():
    app = AppTest.from_function(_unselected, default_timeout=90)
    app.run()
    assert not app.exception
    assert "Choose an event in the list" in texts(app)
    assert html(app) == ""
