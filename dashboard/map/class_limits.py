"""The classes of a shaded map: up to five ranges, e.g. 1 to 2, 3 to 5, 6 to 10, 11 to 23, 24 to 50.

Each limit is about the same multiple of the one before, as counts of events differ by orders of
magnitude. The browser computes the same (frontend/map/shades.js).
"""

from bisect import bisect_left

CLASSES = 5


def class_limits(most: int) -> tuple[int, ...]:
    """The last number of each class; the last class ends with `most`; () if that is 0."""
    classes = min(CLASSES, most)
    limits: list[int] = []
    for at in range(1, classes + 1):
        even = int(most ** (at / classes) + 0.5)
        limits.append(max(limits[-1] + 1 if limits else 1, even))
    return (*limits[:-1], most) if limits else ()


def class_of(number: int, limits: tuple[int, ...]) -> int | None:
    """The position of the class of a number; `None` for 0; a larger number is in the last class."""
    if not number or not limits:
        return None
    return min(bisect_left(limits, number), len(limits) - 1)


def class_shade(position: int, classes: int) -> int:
    """The position of a class's colour among five: those of few classes are far apart."""
    return CLASSES - 1 if classes == 1 else round(position * (CLASSES - 1) / (classes - 1))
