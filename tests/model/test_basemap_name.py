"""Names of basemaps in links and in their folder."""

import pytest

from dashboard.model.basemap_name import ONLINE, is_file_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("syria.mbtiles", True),
        ("خريطة حلب (2).PMTiles", True),
        (ONLINE, False),
        ("../syria.mbtiles", False),
        (".hidden.pmtiles", False),
        ("a/b.pmtiles", False),
        ("a\n.pmtiles", False),
        ("map.exe", False),
        ("x" * 100 + ".pmtiles", False),
    ],
)
def test_the_name_of_a_file_of_tiles(text: str, *, expected: bool):
    assert is_file_name(text) is expected
