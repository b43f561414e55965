"""Cells with several kinds or names, and columns of kinds that only their values show."""

from pathlib import Path

import pandas as pd
import pytest

from dashboard.datasets.formats import kind_columns
from dashboard.datasets.formats.name_cells import names_of_cell
from dashboard.datasets.formats.registry import CUSTOM
from dashboard.datasets.known_names import crosswalks_of
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.model.corpus import Corpus
from dashboard.settings import Settings
from tests.datasets.formats import make
from tests.datasets.reading import OWN, read, rows

# The columns of ACLED before 2018, without sub-types.
OLD = {
    "EVENT_ID_CNTY": "1TUN", "EVENT_DATE": "2016-05-03", "EVENT_TYPE": "Riots/Protests",
    "ACTOR1": "Protesters (Tunisia)", "ACTOR2": "", "LATITUDE": "36.8065", "LONGITUDE": "10.1815",
    "GEO_PRECISION": "1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Abduction/Kidnapping", "abduction"), ("Shelling, civilians", "shelling"),
        ("Clash/Shelling", None), ("Protest & arrest", None), ("Airstrike; shelling", None),
        ("Airstrike; air strike", "air_strike"), ("Shelling, denied", None), ("Foiled, attack", None),
        ("قصف، نفي", None),
    ],
)  # fmt: skip
def test_a_cell_with_several_kinds_is_none_of_them(
    corpus: Corpus, settings: Settings, name: str, kind: str | None
):
    codes = crosswalks_of(settings.lexicon, corpus.lexicon.kinds)[CUSTOM]
    assert codes.kind_by_name(name) == kind


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("Protesters (Tunisia)", "", "protest"),
        ("Rioters (Tunisia)", "Police Forces of Tunisia (2014-)", "crowd_attack"),
        ("Rioters (Tunisia)", "Protesters (Tunisia)", "unknown"),
        ("Police Forces of Tunisia (2014-)", "", "unknown"),
    ],
)
def test_the_parties_settle_riots_or_protests(
    importer: Importer, datasets: Datasets, tmp_path: Path, first: str, second: str, kind: str
):
    done = read(
        importer, make.write(tmp_path / "a.csv", [OLD | {"ACTOR1": first, "ACTOR2": second}])
    )
    assert [row["kind"] for row in rows(datasets, "events")] == [kind]
    assert ("unknown_kind" in {kind for kind, *_ in done.notices}) == (kind == "unknown")


@pytest.mark.parametrize(
    ("cell", "names", "unclear"),
    [
        ("Alpha; Beta", "Alpha|Beta", False), ("Alpha، Beta", "Alpha|Beta", False),
        ("Alpha | Beta", "Alpha|Beta", False), ("Alpha\nBeta", "Alpha|Beta", False),
        ("Alpha, Beta", "Alpha|Beta", False), ("Alpha and Beta", "Alpha|Beta", False),
        ("Alpha vs Beta", "Alpha|Beta", False), ("Alpha, Gamma", "Alpha, Gamma", True),
        ("Gamma/Delta", "Gamma/Delta", True), ("Gamma and Delta", "Gamma and Delta", False),
        ("Police Forces (2000-, north)", "Police Forces (2000-, north)", False),
        ("unknown; Alpha", "Alpha", False), ("Alpha; Alpha", "Alpha", False),
    ],
)  # fmt: skip
def test_names_are_divided_where_that_is_sure(cell: str, names: str, unclear: bool):
    found = names_of_cell(cell, lambda name: name in {"Alpha", "Beta"})
    assert found == (names.replace(" | ", "\x1f").replace("|", "\x1f"), unclear)


def test_parties_of_the_lexicon_are_divided_at_a_comma(
    importer: Importer, datasets: Datasets, tmp_path: Path, corpus: Corpus
):
    one, two = (corpus.lexicon.actors[key].name_en for key in ("sdf", "turkish_forces"))
    rows_of = [OWN | {"actors": f"{one}, {two}"}, OWN | {"id": "2", "actors": "Band A, Band B"}]
    rows_of.append(OWN | {"id": "3", "actors": "قسد / داعش"})
    done = read(importer, make.write(tmp_path / "a.csv", rows_of))
    assert {row["actor"] for row in rows(datasets, "event_actors")} == {
        "sdf", "turkish_forces", "Band A, Band B", "قسد", "داعش",
    }  # fmt: skip
    assert ("several_names", "actors", "Band A, Band B", "") in done.notices


def test_a_column_of_kinds_is_found_by_its_values(corpus: Corpus, settings: Settings):
    codes = crosswalks_of(settings.lexicon, corpus.lexicon.kinds)[CUSTOM]
    events = pd.DataFrame({"Event": ["Clash", "مظاهرة", "unclear"], "Note": ["a", "b", "c"]})
    found = kind_columns.with_kind_column({"title": "Event", "notes": "Note"}, events, codes)
    assert found == {"kind": "Event", "notes": "Note"}
    told = pd.DataFrame({"Event": ["A clash broke out in the town", "People protested"]})
    assert kind_columns.with_kind_column({"title": "Event"}, told, codes) == {"title": "Event"}


@pytest.mark.parametrize("text", ["#REF!", "#####", "#VALUE!"])
def test_the_mark_of_an_error_is_no_id(
    importer: Importer, datasets: Datasets, tmp_path: Path, text: str
):
    done = read(importer, make.write(tmp_path / "a.csv", [OWN | {"id": text}]))
    assert [kind for kind, _column, value, _meaning in done.notices if value == text] == ["cut_id"]
    assert text not in rows(datasets, "events")[0]["event_id"]
