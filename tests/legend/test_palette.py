"""Colours on a light ground and on a dark one."""

import pytest

from dashboard.legend import palette
from dashboard.model.event import Attestation

# Text of each colour is read on these grounds; WCAG asks for 4.5.
_TEXTS = ("ink", "ink-soft", "muted", "accent", "contested", "corroborated", "unreviewed")
_GROUNDS = ("paper", "panel", "selected", "hover")


def luminance(hexadecimal: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("text", _TEXTS)
def test_text_is_read_on_each_ground(text: str, dark: bool):
    for ground in _GROUNDS:
        measured = contrast(palette.colour(text, dark=dark), palette.colour(ground, dark=dark))
        assert measured >= 4.5, (text, ground)


@pytest.mark.parametrize("dark", [False, True])
def test_series_of_a_trend_are_seen_on_the_page(dark: bool):
    # Orange and sky blue are below 3 on white, where their bars have the length to tell.
    least = 3 if dark else 2
    for number in range(1, 8):
        light = palette.colour(f"series-{number}")
        shown = palette.on_dark(light) if dark else light
        assert contrast(shown, palette.colour("paper", dark=dark)) >= least


def test_a_sheet_for_files_has_no_dark_colours():
    sheet = palette.on_light(palette.SHEET.read_text(encoding="utf-8"))
    assert f"--event-map-ink: {palette.colour('ink')};" in sheet
    assert palette.colour("ink", dark=True) not in sheet
    assert "light-dark(#" not in sheet


def test_a_property_follows_the_theme_and_an_unknown_one_is_an_error():
    assert palette.css_attestation(Attestation.SINGLE_SOURCE) == "var(--event-map-single-source)"
    assert palette.colour("paper") != palette.colour("paper", dark=True)
    assert palette.colour("mark-ink") == palette.colour("mark-ink", dark=True)
    with pytest.raises(KeyError):
        palette.css_colour("no such colour")
