"""Pairs across datasets on the Review page, and what the evidence of linked events says."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.browser import event_links
from dashboard.datasets.__main__ import main
from dashboard.exit_status import ExitStatus
from dashboard.model.records import Table
from dashboard.project import cross_pairs
from dashboard.review.event_links import decided_links
from dashboard.store.workspace import Workspace
from dashboard.ui.explore import linked_events
from dashboard.ui.review import cross_pairs_panel
from tests.acled_file import write_acled
from tests.ui.running import click, html, panel, texts

_MODULES = (cross_pairs, cross_pairs_panel, event_links, linked_events)
OWN = """\
id,date,type,place,lat,lon,notes,relations
7,2021-01-19,clash,Ain Issa,36.39,38.85,Fighters clashed at the silos.,follows: 8; follows: nine
8,2021-01-02,clash,Raqqa,35.95,39.01,An earlier clash.,
"""


def _page() -> None:
    from dashboard.ui.project import load
    from dashboard.ui.review.cross_pairs_panel import cross_pairs_panel
    from tests.ui.running import register_pages

    register_pages()
    cross_pairs_panel(load())


def _evidence() -> None:
    import streamlit as st

    from dashboard.query.query import Query
    from dashboard.ui.explore.evidence_panel import evidence_panel
    from dashboard.ui.project import catalog, load
    from tests.ui.running import register_pages

    register_pages()
    loaded = load()
    evidence_panel(loaded, catalog(loaded), Query(event_id=st.session_state["shown_event"]))


@pytest.fixture
def two(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A clash reported by ACLED and by a table of one's own, beside the curated events."""
    own = tmp_path / "own.csv"
    own.write_text(OWN, encoding="utf-8")
    for path in (write_acled(tmp_path / "acled.csv"), own):
        assert main([str(path)]) == ExitStatus.OK
    return workspace


def _pairs(app: AppTest) -> list[str]:
    """The two ids of each pair that is shown."""
    return [str(field.key) for field in app.text_input if str(field.key).startswith("cross_")]


def _decide(app: AppTest, button: str) -> None:
    """Give a reason for the pair of the two imported rows, and decide."""
    field = next(f for f in app.text_input if "acled:SYR90001" in f.key and "own:7" in f.key)
    field.set_value("one video").run()
    click_in = next(
        b for b in app.button if b.label == button and "acled:SYR90001_own:7" in str(b.key)
    )
    click_in.click().run()
    assert not app.exception


@pytest.mark.usefixtures("workspace")
def test_with_one_dataset_there_is_nothing_to_compare():
    app = panel(_page, "Rana")
    assert "There is one dataset only" in texts(app)
    assert "Look for pairs" not in [button.label for button in app.button]


def test_nothing_is_searched_before_it_is_asked_for_and_a_pair_can_be_linked(two: Workspace):
    app = panel(_page, "Rana")
    assert _pairs(app) == []
    click(app, "Look for pairs")
    assert any("acled:SYR90001_own:7" in key for key in _pairs(app))
    assert "the same place" in texts(app)
    assert "linked, not merged" in texts(app)
    assert "near each other in place and day" in texts(app)
    _decide(app, "Link as one happening")
    (link,) = decided_links(two)
    assert link.same
    assert {ref.dataset for ref in (link.first, link.second)} == {"acled", "own"}
    assert not any("acled:SYR90001_own:7" in key for key in _pairs(app))
    assert "1 decided pair" in [expander.label for expander in app.expander]
    # Undone, it is offered again without another search.
    two.undo(two.version(), who="Rana", why="")
    assert any("acled:SYR90001_own:7" in key for key in _pairs(app.run()))


def test_a_pair_that_is_two_is_not_offered_again_until_that_is_removed(two: Workspace):
    app = panel(_page, "Rana")
    click(app, "Look for pairs")
    _decide(app, "They are two")
    assert [link.same for link in decided_links(two)] == [False]
    app = panel(_page, "Rana")
    click(app, "Look for pairs")
    assert not any("acled:SYR90001_own:7" in key for key in _pairs(app))
    click(app, "Remove")
    assert two.count(Table.EVENT_LINK) == 0
    assert any("acled:SYR90001_own:7" in key for key in _pairs(app.run()))


def test_the_evidence_of_both_says_who_else_tells_of_it(two: Workspace):
    app = panel(_page, "Rana")
    click(app, "Look for pairs")
    _decide(app, "Link as one happening")
    for event_id, other in (("acled:SYR90001", "own"), ("own:7", "ACLED")):
        shown = html(panel(_evidence, shown_event=event_id))
        assert "also reported by" in shown
        assert f"<bdi>{other}</bdi>" in shown
    assert "also reported by" not in html(panel(_evidence, shown_event="acled:SYR90002"))
    # An event of a dataset that is hidden is still named.
    from dashboard.ui.project import project

    project().library.show("own", shown=False)
    assert "own:7</bdi>, which is not here" in html(panel(_evidence, shown_event="acled:SYR90001"))


@pytest.mark.usefixtures("two")
def test_relations_in_a_table_lead_to_the_event_or_say_that_it_is_not_here():
    shown = html(panel(_evidence, shown_event="own:7"))
    assert "event=own%3A8" in shown
    assert "nine</bdi>, which is not here" in shown
