"""The keys of the program: a button beside the title, and the key "?" on every page."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.language.messages import N_, _
from dashboard.static_files import FRONTEND, bundle, style_sheet

_help = st.components.v2.component(
    "event_map_keys",
    html='<button type="button" class="open">?</button><dialog></dialog>',
    css=style_sheet("shared/keyboard_help.css"),
    js=bundle(FRONTEND / "shared" / "keyboard_help.js"),
)
# The keys as they are written on them, and what they do, by where they work.
_KEYS: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = {
    N_("On every page"): (
        (("?",), N_("Show these keys")),
        (("Tab",), N_("To the next button or field")),
        (("Ctrl", "Z"), N_("Undo what was just saved")),
    ),
    N_("On the map"): (
        (("Tab",), N_("To the next mark")),
        (("Enter",), N_("Choose the mark; end a polygon or a measured line")),
        (("←", "→", "↑", "↓"), N_("Move the map")),
        (("+", "−"), N_("Zoom in and out")),
        (("Backspace",), N_("Take back the last corner")),
        (("Esc",), N_("Cancel drawing or measuring; leave the presentation")),
    ),
    N_("An area without a pointer, in the filter by area"): (
        (
            ("36.4, 38.9", "Enter", "Tab"),
            N_("Offers the kilometres around it, also around a place by name"),
        ),
        (
            ("36.2, 38.1 to 36.9, 39", "Enter", "Tab"),
            N_("Offers the rectangle between the two corners"),
        ),
    ),
    N_("On the timeline, at a handle"): (
        (("←", "→"), N_("A day earlier or later")),
        (("Page Down", "Page Up"), N_("A month earlier or later")),
        (("Home", "End"), N_("To the first or the last day")),
    ),
    N_("On the timeline"): (
        (("Space",), N_("Play or pause")),
        (("Shift", "←", "→"), N_("One step back or forward")),
        (("Shift", "Home"), N_("From the start")),
    ),
    N_("On the Review page"): (
        (("A",), N_("Accept")),
        (("M",), N_("Add to the event")),
        (("E",), N_("Correct")),
        (("X",), N_("Reject")),
        (("D",), N_("Defer")),
        (("S",), N_("Skip")),
        (("1", "9"), N_("Choose the event of this number, from 1 to 9")),
    ),
}


def keyboard_help() -> None:
    """Show the button; the list opens in the browser, without a run of the page."""
    groups = [
        {"name": _(name), "keys": [{"keys": list(keys), "does": _(does)} for keys, does in rows]}
        for name, rows in _KEYS.items()
    ]
    words = {"title": _("Keys"), "close": _("Close"), "introduction": _("Introduction")}
    _help(key="keys", data={**words, "groups": groups})
