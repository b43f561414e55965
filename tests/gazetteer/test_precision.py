"""The table of precisions: complete, in order, sourced, and the one that the codebook shows."""

from itertools import pairwise
from pathlib import Path

from dashboard.gazetteer.precision import precision_meanings, radius_m
from dashboard.model.place import PlacePrecision

CODEBOOK = Path(__file__).resolve().parents[2] / "docs" / "codebook.md"


def test_every_precision_has_a_radius_codes_and_a_source():
    meanings = precision_meanings()
    assert list(meanings) == list(PlacePrecision)
    for meaning in meanings.values():
        assert 0 < meaning.radius_m <= 1_000_000
        assert meaning.acled_geo_precision in {1, 2, 3}
        assert meaning.ucdp_where_prec in range(1, 6)
        assert "Radius:" in meaning.source
    assert radius_m(PlacePrecision.EXACT) < radius_m(PlacePrecision.SETTLEMENT)


def test_codes_are_never_finer_for_a_coarser_precision():
    meanings = list(precision_meanings().values())
    for finer, coarser in pairwise(meanings):
        assert finer.acled_geo_precision <= coarser.acled_geo_precision
        assert finer.ucdp_where_prec <= coarser.ucdp_where_prec


def test_the_codebook_shows_the_table():
    text = CODEBOOK.read_text(encoding="utf-8")
    for precision, row in precision_meanings().items():
        cells = f"| {row.radius_m} | {row.acled_geo_precision} | {row.ucdp_where_prec} |"
        (line,) = [
            li
            for li in text.splitlines()
            if li.startswith(f"| {precision.value} | ") and cells in li
        ]
        assert line
