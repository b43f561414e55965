import pytest

from dashboard.text.hxl import is_tag


@pytest.mark.parametrize("cell", ["#event", "#geo+lat", " #adm1 +name +i_en ", "#affected+killed"])
def test_a_tag_with_its_attributes_is_a_tag(cell: str):
    assert is_tag(cell)


@pytest.mark.parametrize("cell", ["", "#", "#1", "# event", "event", "#event 5", "#event+", "#حدث"])
def test_other_cells_are_none(cell: str):
    assert not is_tag(cell)
