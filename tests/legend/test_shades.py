"""Colours of the legend: distinguishable with any colour vision, and grey for what is not known."""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from dashboard.legend import palette
from dashboard.legend.shades import Shade, legend_of
from dashboard.model.corpus import Corpus
from dashboard.model.event import Attestation, EventGroup
from dashboard.query.colouring import NONE, SEVERAL, Colouring
from dashboard.query.names import names_of
from dashboard.query.query import COLOURS
from dashboard.query.splits import OTHERS

# Linear RGB as seen with the vision named; source: Machado, Oliveira and Fernandes, "A
# Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.
VISION = {
    "full": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.01182, 0.04294, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.3039],
        ]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
# Differences of CIE L*a*b* below some 10 are hard to see in small marks.
LEAST = 10


def _lab(hexadecimal: str, vision: str) -> npt.NDArray[np.float64]:
    srgb = np.array([int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(VISION[vision] @ linear, 0, 1)
    x, y, z = (_root(value) for value in XYZ @ seen / WHITE)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def _root(value: float) -> float:
    return float(np.cbrt(value)) if value > 0.008856 else float(7.787 * value + 16 / 116)


def _legend(corpus: Corpus, column: str) -> tuple[Shade, ...]:
    kinds = tuple(corpus.lexicon.kinds)[:7]
    actors = tuple(corpus.lexicon.actors)[:7]
    first = {"kind": kinds, "initiator": actors, "outlet": tuple(corpus.lexicon.outlets)[:7]}
    return legend_of(Colouring(column, first.get(column, ())), names_of(corpus), 5)


@pytest.mark.parametrize("vision", list(VISION))
@pytest.mark.parametrize("column", [it for it in COLOURS if it != "dataset"])
def test_all_colours_of_a_legend_can_be_told_apart(corpus: Corpus, column: str, vision: str):
    legend = _legend(corpus, column)
    for one, other in combinations(legend, 2):
        if Attestation.CONTESTED.value in (one.id, other.id):
            # Always with a dashed ring, which needs no colour.
            continue
        difference = np.linalg.norm(_lab(one.colour, vision) - _lab(other.colour, vision))
        assert difference >= LEAST, (one.label, other.label, float(difference))


@pytest.mark.parametrize("column", COLOURS)
def test_what_is_not_known_is_grey(corpus: Corpus, column: str):
    for shade in _legend(corpus, column):
        lightness, a, b = _lab(shade.colour, "full")
        if shade.id in (NONE, OTHERS, SEVERAL, "unverified", EventGroup.UNKNOWN.value):
            assert np.hypot(a, b) < 12, shade
            assert shade.outlined == (lightness > 85), shade


def test_others_are_counted_and_an_event_with_several_is_named(corpus: Corpus):
    labels = {shade.id: shade.label for shade in _legend(corpus, "initiator")}
    assert labels[OTHERS] == "Others (5 values)"
    assert labels[SEVERAL] == "Several at one event"
    assert labels[NONE] == "Not known"
    kinds = {shade.id for shade in _legend(corpus, "kind")}
    assert SEVERAL not in kinds
    assert OTHERS not in {
        shade.id for shade in legend_of(Colouring("kind", ("arrest",)), names_of(corpus))
    }
    assert palette.colour("politics") not in {
        shade.colour for shade in _legend(corpus, "initiator")
    }
