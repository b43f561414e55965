"""The basemap below the events: the shipped one, a file that an analyst brought, or the online one."""

from collections.abc import Mapping

import streamlit as st

from dashboard.browser.tile_options import tile_options
from dashboard.language.messages import _
from dashboard.language.words import isolate
from dashboard.model.basemap_name import ONLINE
from dashboard.query.query import Query
from dashboard.settings import read_settings
from dashboard.text.escape import escape_markdown
from dashboard.tiles.folder import Basemap, BasemapFolder
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import choice_field


def basemap_choice(query: Query) -> None:
    """Show the field."""
    basemaps = all_basemaps()
    choices = ["", *basemaps, ONLINE]
    st.selectbox(
        _("Basemap"),
        choices,
        format_func=lambda name: _label(name, basemaps),
        help=_(
            "No request leaves this machine, except with the online basemap: its pictures come from "
            "OpenStreetMap's tile server, which learns this network's address and which area you "
            "look at. Files of tiles can be added on the Data page."
        ),
        **choice_field(
            "basemap",
            query.basemap if query.basemap in choices else "",
            lambda name: explore_query.change(basemap=name),
            choices,
        ),
    )


def say_missing_basemap(query: Query) -> None:
    """Say that the basemap of the link is not here, if so."""
    if query.basemap not in {"", ONLINE, *all_basemaps()}:
        name = isolate(escape_markdown(query.basemap))
        st.warning(_("The basemap {name} of the link is not here.").format(name=name), icon="⚠️")


def tiles_of(name: str) -> Mapping[str, object] | None:
    """What the map needs to draw the basemap of that name; `None` for the others."""
    basemap = all_basemaps().get(name)
    if basemap is None:
        return None
    try:
        return tile_options(basemap, read_settings().static)
    except OSError:  # removed at this moment
        return None


def all_basemaps() -> Mapping[str, Basemap]:
    """The basemaps in the folder by name; files that are new there are checked first."""
    folder = BasemapFolder(read_settings().basemaps)
    if folder.has_new():
        with st.spinner(_("Reading a new basemap …")):
            folder.check_new()
    return folder.basemaps()


def _label(name: str, basemaps: Mapping[str, Basemap]) -> str:
    """The title; with the name of the file if several have it, as a choice is known by its label."""
    if not name:
        return _("Land and water")
    if name == ONLINE:
        return _("OpenStreetMap, online")
    title = basemaps[name].file.title
    alone = sum(basemap.file.title == title for basemap in basemaps.values()) == 1
    return title if alone else f"{title} ({name})"
