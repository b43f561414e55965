"""Event rows as columns of Arrow, and the names in them as rows of their own."""

import numpy as np
import pandas as pd
import shapely

from dashboard.datasets.build.arrow import or_null, points_as_wkb
from dashboard.datasets.build.names import attestations, claims_of
from dashboard.datasets.build.rows import SEPARATOR, KnownIds, RowSource

KNOWN = KnownIds({}, {"sana": "sana_outlet"}, {}, {})


def test_points_are_well_known_binary():
    (point,) = shapely.from_wkb(points_as_wkb(np.array([38.86]), np.array([36.38])).to_pylist())
    assert (point.x, point.y) == (38.86, 36.38)


def test_a_blank_text_is_null():
    assert or_null(pd.Series(["a", ""])).to_pylist() == ["a", None]


def test_two_outlets_of_their_own_corroborate_a_row():
    outlets = [f"SANA{SEPARATOR}SOHR{SEPARATOR}SANA", ""]
    rows = pd.DataFrame({"outlets": outlets})
    claims = claims_of(rows, np.array([7, 8]), RowSource("mine", 1, None), KNOWN)
    assert list(claims.table["outlet"].to_pylist()) == ["sana_outlet", "SOHR", "mine"]
    assert attestations(claims, 2).to_pylist() == ["corroborated", "single_source"]
    one = claims_of(rows, np.array([7, 8]), RowSource("mine", 1, "ACLED"), KNOWN)
    assert attestations(one, 2).to_pylist() == ["single_source", "single_source"]
