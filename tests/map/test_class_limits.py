"""The classes of a shaded map: whole numbers, each once, up to the largest; the colours far apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.map.class_limits import CLASSES, class_limits, class_of, class_shade


@pytest.mark.parametrize(
    ("most", "limits"),
    # The same examples as in tests/frontend/shades.test.js.
    [
        (0, ()),
        (1, (1,)),
        (3, (1, 2, 3)),
        (7, (1, 2, 3, 5, 7)),
        (50, (2, 5, 10, 23, 50)),
        (500, (3, 12, 42, 144, 500)),
        (100_000, (10, 100, 1_000, 10_000, 100_000)),
    ],
)
def test_limits_are_multiples_of_each_other(most: int, limits: tuple[int, ...]):
    assert class_limits(most) == limits


@given(st.integers(0, 10_000_000))
def test_every_number_is_in_one_class(most: int):
    limits = class_limits(most)
    assert list(limits) == sorted(set(limits))
    assert len(limits) == min(CLASSES, most)
    assert class_of(0, limits) is None
    assert [class_of(limit, limits) for limit in limits] == list(range(len(limits)))
    if limits:
        assert limits[-1] == most
        assert class_of(most + 1, limits) == len(limits) - 1


@pytest.mark.parametrize(
    ("classes", "shades"), [(1, [4]), (2, [0, 4]), (3, [0, 2, 4]), (4, [0, 1, 3, 4])]
)
def test_few_classes_have_colours_far_apart(classes: int, shades: list[int]):
    assert [class_shade(at, classes) for at in range(classes)] == shades
