"""The settlements of vector tiles: names in both languages, and ranks of the two usual schemas."""

import pandas as pd
import pytest

from dashboard.tiles.settlements import Settlements


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"class": "city", "name": "حلب", "name:en": "Aleppo", "name:ar": "حلب"},
            ("Aleppo", "حلب", 1),
        ),
        ({"class": "hamlet", "name": "X"}, ("X", "", 6)),
        ({"kind": "locality", "kind_detail": "town", "name": "X"}, ("X", "", 2)),
        ({"kind": "locality", "population_rank": 12.0, "name:ar": "حلب"}, ("حلب", "حلب", 1)),
        ({"kind": "locality", "population_rank": None, "name": "X"}, ("X", "", 4)),
        ({"kind": "country", "name": "Syria"}, ("Syria", "", 0)),
        ({"class": "city"}, ("", "", 0)),
        ({"class": "town", "name": "A\n B" + "c" * 200}, ("A B" + "c" * 77, "", 2)),
    ],
)
def test_a_settlement_has_its_names_and_rank(cells: dict, expected: tuple):
    assert Settlements(pd.DataFrame([cells])).of(0) == expected
