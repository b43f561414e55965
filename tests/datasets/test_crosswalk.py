"""The rows of imported codes: complete, of known kinds, consistent with each other and the codebook."""

import shutil
from pathlib import Path

import pytest

from dashboard.datasets.formats.crosswalk import OTHER_KIND, Crosswalk, load_crosswalks
from dashboard.datasets.formats.registry import ACLED_DELETED, CUSTOM, EVENT_MAP, FORMATS
from dashboard.gazetteer.precision import precision_meanings
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DataError
from dashboard.model.event import PartyRoles
from dashboard.model.place import PlacePrecision
from dashboard.settings import DATA, Settings

CODEBOOK = Path(__file__).resolve().parents[2] / "docs" / "codebook.md"


@pytest.fixture(scope="session")
def crosswalks(corpus: Corpus, settings: Settings) -> dict[str, Crosswalk]:
    return load_crosswalks(settings.lexicon, [*FORMATS, CUSTOM], corpus.lexicon.kinds)


def test_every_code_leads_to_a_kind_and_every_type_has_a_name(crosswalks, corpus: Corpus):
    # A file of this program has whole events, a list of deletions ids: neither has codes.
    for name, codes in crosswalks.items():
        assert bool(codes.kinds) == (name not in (EVENT_MAP, ACLED_DELETED)), name
        assert set(codes.kinds.values()) <= corpus.lexicon.kinds.keys()
    for name in ("acled", "ucdp"):
        codes = crosswalks[name]
        assert {type_ for type_, _ in codes.kinds} == codes.types.keys()
        assert all(type_.name and type_.source for type_ in codes.types.values())
    # CAMEO's twenty roots, so that no code of it is without a kind.
    assert {f"{root:02}" for root in range(1, 21)} <= {
        code for code, _ in crosswalks["gdelt"].kinds
    }
    assert crosswalks[CUSTOM].kind_of(OTHER_KIND) == "unknown"


def test_our_codes_for_exports_are_acled_codes_that_are_imported(crosswalks, corpus: Corpus):
    known = crosswalks["acled"].kinds.keys()
    for kind in corpus.lexicon.kinds.values():
        if kind.acled_event_type:
            assert (kind.acled_event_type, kind.acled_sub_event_type) in known


def test_codes_nest_and_unknown_ones_have_no_kind(crosswalks):
    gdelt = crosswalks["gdelt"]
    assert gdelt.kind_by_prefix("0841") == "release"
    assert gdelt.kind_by_prefix("0849") == "development"
    assert gdelt.kind_by_prefix("1") is None
    assert gdelt.kind_by_prefix("99") is None


def test_parties_of_types(crosswalks):
    acled, ucdp = crosswalks["acled"], crosswalks["ucdp"]
    assert acled.parties_of("Riots") is PartyRoles.CROWD
    assert acled.parties_of("Battles") is PartyRoles.MUTUAL
    assert [ucdp.parties_of(number) for number in "1234"] == ["mutual", "mutual", "one_sided", None]
    assert {code for code, yes in acled.civilians.items() if yes} == {"7", "Civilians"}
    assert set("012345678") <= acled.civilians.keys()
    assert {type_.disorder_type for type_ in acled.types.values()} == {
        "Political violence", "Demonstrations", "Strategic developments",
    }  # fmt: skip


def test_a_code_is_read_as_a_precision_that_is_written_with_it(crosswalks):
    """What is imported with a code is exported with that code."""
    meanings = precision_meanings()
    for name, column in (("acled", "acled_geo_precision"), ("ucdp", "ucdp_where_prec")):
        read = crosswalks[name].precisions
        for code, precision in read.items():
            if precision:
                assert str(getattr(meanings[PlacePrecision(precision)], column)) == code
        assert {str(getattr(row, column)) for row in meanings.values()} <= read.keys()
    assert crosswalks["gdelt"].precisions.keys() == set("012345")


def test_the_codebook_says_what_the_codes_of_places_are_read_as(crosswalks):
    text = " ".join(CODEBOOK.read_text(encoding="utf-8").split())
    for name, column, first in (("acled", "geo_precision", "is "), ("ucdp", "where_prec", "")):
        read = [(code, value) for code, value in crosswalks[name].precisions.items() if value]
        words = ", ".join(f"{code} *{value}*" for code, value in read)
        assert f"`{column}` {words.replace(' ', f' {first}', 1)}" in text
    for table in DATA.glob("lexicon/imported_*.csv"):
        assert f"| `{table.name}` | " in text


@pytest.mark.parametrize(
    ("file", "change", "fault"),
    [
        ("imported_kinds.csv", (",Armed clash,clash,", ",Armed clash,picnic,"),
         "row 2, kind: expected a known id, found 'picnic'"),
        ("imported_kinds.csv", ("\nucdp,1,", "\nucpd,1,"),
         "row 27, format: expected a known id, found 'ucpd'"),
        ("imported_kinds.csv", ("\nucdp,2,", "\nucdp,1,"),
         "row 28, format,type,sub_type: expected a value not used before, found 'ucdp 1'"),
        ("imported_types.csv", (",crowd,Demonstrations,", ",mob,Demonstrations,"),
         "row 5, parties: expected one of one_sided, mutual, crowd, found 'mob'"),
        ("imported_precision.csv", ("\nacled,1,settlement,", "\nacled,1,village,"),
         "row 2, precision: expected one of exact, settlement"),
        ("imported_actor_types.csv", ("\nacled,Civilians,1,", "\nacled,Civilians,,"),
         "row 20, civilians: expected 0 or 1, found nothing"),
    ],
)  # fmt: skip
def test_a_damaged_row_stops_imports_with_its_place(
    tmp_path: Path,
    settings: Settings,
    corpus: Corpus,
    file: str,
    change: tuple[str, str],
    fault: str,
):
    folder = shutil.copytree(settings.lexicon, tmp_path / "lexicon")
    text = (folder / file).read_text(encoding="utf-8")
    assert change[0] in text
    (folder / file).write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load_crosswalks(folder, [*FORMATS, CUSTOM], corpus.lexicon.kinds)
    assert f"{file}, {fault}" in str(raised.value)
