"""The choice of a light or dark page, remembered by the browser; at first it is that of the system."""

from collections.abc import Iterable

import streamlit as st

from dashboard.language.messages import N_, _
from dashboard.static_files import FRONTEND, bundle, style_sheet

_appearance = st.components.v2.component(
    "event_map_appearance",
    html="<fieldset></fieldset>",
    css=style_sheet("appearance/appearance.css"),
    js=bundle(FRONTEND / "appearance" / "appearance.js"),
)
# As Streamlit names them.
_THEMES = {"System": N_("As the system"), "Light": N_("Light"), "Dark": N_("Dark")}


def appearance_control(pages: Iterable[str]) -> None:
    """Show the choice; `pages` are the names of all pages in addresses."""
    names = [(theme, _(name)) for theme, name in _THEMES.items()]
    _appearance(
        key="appearance", data={"label": _("Appearance"), "names": names, "pages": list(pages)}
    )


def is_dark() -> bool:
    """Whether the reader's page is dark, for what has its colours from the server."""
    return st.context.theme.type == "dark"
