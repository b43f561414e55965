"""Verifications of imported events on the printed figure, in KML and in OGC API - Features."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from dashboard.browser.lapsed import lapsed_html
from dashboard.datasets.__main__ import main
from dashboard.datasets.event_map.layouts import Layout
from dashboard.exit_status import ExitStatus
from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.options import ExportOptions
from dashboard.export.report.key_figures import key_figures
from dashboard.export.selection import export_of
from dashboard.figure.manifest import data_hash
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import Verification, VerifiedPart
from dashboard.paper.content import Content
from dashboard.paper.figure import make_figure
from dashboard.paper.options import FigureOptions
from dashboard.project.lapsed import lapsed_of
from dashboard.project.project import Project
from dashboard.query import pages
from dashboard.query.query import Query
from dashboard.review.actions import edit_event
from dashboard.review.draft import event_draft, with_draft
from dashboard.review.edit_session import EditSession
from dashboard.review.judging import VerificationDraft, verify_event
from dashboard.server.ogc.pages import feature_of, page_of
from dashboard.server.ogc.requests import Cursor
from dashboard.settings import read_settings
from dashboard.store.merge import event_record
from dashboard.summary.summary import Summary
from tests.acled_file import ROWS, write_acled
from tests.project.test_imported_verification import (
    CONFIRMED,
    EVENT,
    PLACE,
    catalog,
    reimport,
    verify,
)

CURATED_EVENT = "mediation_russian_officer"
KML = "{http://www.opengis.net/kml/2.2}"
REFUTED = VerificationDraft(VerifiedPart.EVENT, Verification.REFUTED, "a film of another year")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A workspace, and events of ACLED beside the curated ones."""
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    monkeypatch.setenv("EVENT_MAP_DATASETS", str(tmp_path / "datasets"))
    assert main([str(write_acled(tmp_path / "acled.csv"))]) == ExitStatus.OK
    return Project(read_settings())


def verify_curated(project: Project) -> None:
    """A verification of a curated event, whose kind is changed after."""
    session = EditSession(project.workspace, project.load().corpus, "Omar")
    draft = VerificationDraft(VerifiedPart.EVENT, Verification.PLAUSIBLE, "<script>a</script>")
    verify_event(session, CURATED_EVENT, draft, version=0)
    before = event_record(session.corpus, CURATED_EVENT)
    assert before is not None
    fields = replace(event_draft(before), kind="clash")
    edit_event(session, before, with_draft(before, fields), version=0, why="another kind")


def selected(project: Project) -> SelectedEvents:
    """The imported event as a record."""
    known = catalog(project)
    return known.loader.load(known.engine.ask(pages.numbers_of, (EVENT,)))


def printed_texts(project: Project) -> str:
    """All that is written on the printed figure of the imported event."""
    content = Content(Summary(selected(project), Query(), date(2026, 11, 28), 1))
    printed = make_figure(content, FigureOptions(), project.settings.basemap, "0.1")
    written = [
        text.get_text() for text in printed.figure.findobj(lambda it: hasattr(it, "get_text"))
    ]
    return " ".join(" ".join(written).split())


def kml_values(project: Project, name: str) -> set[str]:
    """What the KML file of the imported event says in a field."""
    export = export_of(selected(project), Coarseness.ORIGINAL, {})
    root = etree.fromstring(FORMATS["kml"].make(export, ExportOptions(Layout.EVENT)))
    data = (node for node in root.iter(f"{KML}Data") if node.get("name") == name)
    return {node.findtext(f"{KML}value") or "" for node in data}


def ogc_features(project: Project, layout: Layout, query: Query) -> Iterator[dict[str, str]]:
    """The properties of the features that an answer has."""
    known = catalog(project)
    for feature in page_of(known, query, layout, None, Cursor(), 100).features:
        yield dict(feature.properties)


def test_the_figure_has_the_sign_of_a_confirmed_and_of_a_refuted_event(project: Project):
    assert "some are confirmed" not in printed_texts(project)
    verify(project, CONFIRMED)
    shown = printed_texts(project)
    assert "tick: some are confirmed" in shown
    assert "confirmed: 1" in shown
    verify(project, REFUTED)
    shown = printed_texts(project)
    assert "pale and crossed: all are refuted" in shown
    assert "tick: some are confirmed" not in shown


def test_the_manifest_of_a_figure_depends_on_it(project: Project):
    def content_hash() -> str:
        return data_hash(Summary(selected(project), Query(), date(2026, 11, 28), 1))

    before = content_hash()
    verify(project, CONFIRMED)
    assert content_hash() != before


def test_google_earth_says_it(project: Project):
    assert kml_values(project, "verification") == {"unverified"}
    verify(project, CONFIRMED)
    verify(project, PLACE)
    assert kml_values(project, "verification") == {"confirmed"}
    assert kml_values(project, "place_verification") == {"located"}


@pytest.mark.parametrize("layout", list(Layout))
def test_ogc_features_have_it_and_are_filtered_by_it(project: Project, layout: Layout):
    query = Query(verifications=("confirmed",))
    assert list(ogc_features(project, layout, query)) == []
    verify(project, CONFIRMED)
    found = list(ogc_features(project, layout, query))
    assert {row["event_id"] for row in found} == {EVENT}
    assert {row["verification"] for row in found} == {"confirmed"}
    assert {row["verification_ground"] for row in found} == {CONFIRMED.ground}
    if layout is Layout.EVENT:
        feature = feature_of(catalog(project), Query(), layout, EVENT)
        assert feature is not None
        assert feature.properties["verification_by"] == "Rana"


def test_a_lapsed_one_is_a_state_of_its_own_without_a_sign(project: Project, tmp_path: Path):
    verify(project, CONFIRMED)
    reimport(tmp_path, ROWS.replace("2021-01-19", "2021-01-20"))
    assert kml_values(project, "verification") == {"lapsed"}
    assert "some are confirmed" not in printed_texts(project)
    assert list(ogc_features(project, Layout.EVENT, Query(verifications=("confirmed",)))) == []
    verify_curated(project)
    features = list(ogc_features(project, Layout.EVENT, Query(verifications=("lapsed",))))
    assert {row["event_id"] for row in features} == {CURATED_EVENT, EVENT}
    # They are of what the event said before.
    assert {row["verification_ground"] for row in features} == {None}
    figures = key_figures(Summary(selected(project), Query(), date(2026, 11, 28), 1))
    assert "verified, but changed since: 1" in list(figures)
    listed = lapsed_of(catalog(project))
    assert [(event.event_id, record.who) for event, record in listed] == [
        (CURATED_EVENT, "Omar"),
        (EVENT, "Rana"),
    ]
    shown = lapsed_html(listed)
    assert f"event={CURATED_EVENT}" in shown
    assert "its state is “lapsed”" in shown
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown
    reimport(tmp_path, ROWS)
    assert [event.event_id for event, _record in lapsed_of(catalog(project))] == [CURATED_EVENT]


def test_without_lapsed_verifications_there_is_no_list(project: Project):
    verify(project, CONFIRMED)
    assert lapsed_of(catalog(project)) == []
    assert lapsed_html([]) == ""
