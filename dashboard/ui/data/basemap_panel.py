"""The basemaps that analysts brought: each with what it has, and a field for another file of tiles."""

import streamlit as st

from dashboard.documents.read import display_name
from dashboard.language.messages import N_, _, plural
from dashboard.language.numbers import number
from dashboard.language.stored_text import error_text, translate
from dashboard.language.words import comma, isolate
from dashboard.model.basemap_name import ENDINGS
from dashboard.model.errors import DashboardError
from dashboard.model.message import StoredText
from dashboard.model.permissions import Permission
from dashboard.model.viewer import viewer
from dashboard.settings import Settings
from dashboard.text.escape import escape_markdown
from dashboard.tiles.folder import Basemap, BasemapFolder
from dashboard.tiles.tile_file import TileSchema
from dashboard.ui import shell
from dashboard.ui.actions import action_button
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import SessionValue
from dashboard.ui.state.uploads import saved_upload

# The number of files added, so that the field is empty after each.
_FIELD = SessionValue("basemap_field", 0)
_ADDED = SessionValue("basemap_added", "")
_MEGABYTE = 1_000_000
_KINDS = {
    TileSchema.NONE: N_("pictures"),
    TileSchema.PROTOMAPS: N_("vectors, Protomaps' layers"),
    TileSchema.OPENMAPTILES: N_("vectors, OpenMapTiles' layers"),
    TileSchema.OTHER: N_("vectors of other layers, drawn alike"),
}


def basemap_panel(settings: Settings) -> None:
    """Show the basemaps, the files that are none with the reason, and the field for another."""
    folder = BasemapFolder(settings.basemaps)
    shell.heading(_("Basemaps"))
    st.caption(
        _(
            "Detail below the events without a network: a file of map tiles in the format PMTiles or "
            "MBTiles, such as an extract of OpenStreetMap, satellite pictures or a scanned map."
        )
    )
    if folder.has_new():
        with st.spinner(_("Reading a new basemap …")):
            folder.check_new()
    for basemap in folder.basemaps().values():
        _card(folder, basemap)
    for name, reason in folder.refused().items():
        _refused(folder, name, reason)
    _add(folder)
    if not settings.shared:
        where = isolate(escape_markdown(str(settings.basemaps)))
        st.caption(_("Large files can be copied to {folder}.").format(folder=where))


def _card(folder: BasemapFolder, basemap: Basemap) -> None:
    file = basemap.file
    with st.container(border=True, key=f"basemap_{basemap.name}"):
        st.markdown(f"**{isolate(escape_markdown(file.title))}**")
        zooms = _("zoom {least} to {most}").format(
            least=number(file.min_zoom), most=number(file.max_zoom)
        )
        tiles = plural("{n} tile", "{n} tiles", file.tiles)
        st.text(comma([_(_KINDS[file.schema]), zooms, tiles, _size(basemap)]))
        credit = file.credit or _("no credit in the file")
        st.caption(
            comma([isolate(escape_markdown(basemap.name)), isolate(escape_markdown(credit))])
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            shell.link_to(
                "explore", _("On the map"), explore_query.link_with("basemap", basemap.name)
            )
            _remove_button(folder, basemap.name)


def _size(basemap: Basemap) -> str:
    size = basemap.path.stat().st_size
    if size < _MEGABYTE:
        return _("{n} kB").format(n=number(max(1, round(size / 1_000))))
    return _("{n} MB").format(n=number(round(size / _MEGABYTE)))


def _refused(folder: BasemapFolder, name: str, reason: StoredText) -> None:
    with st.container(border=True):
        shown = {"file": name, "reason": translate(reason)}
        st.warning(
            _("{file} is no basemap: {reason}").format(
                **{key: isolate(escape_markdown(text)) for key, text in shown.items()}
            )
        )
        _remove_button(folder, name)


def _remove_button(folder: BasemapFolder, name: str) -> None:
    with st.popover(_("Remove")):
        st.text(_("The file is deleted from this machine."))
        if action_button(_("Remove the basemap"), key=f"remove_basemap_{name}", type="primary"):
            try:
                folder.remove(name)
            except (DashboardError, OSError) as error:
                st.error(escape_markdown(error_text(error)))
                return
            _ADDED.clear()
            st.rerun()


def _add(folder: BasemapFolder) -> None:
    uploaded = st.file_uploader(
        _("File of map tiles"),
        type=[ending.removeprefix(".") for ending in ENDINGS],
        key=f"basemap_upload_{_FIELD.get()}",
        disabled=not viewer().may(Permission.IMPORT),
    )
    if uploaded is None:
        if _ADDED.get():
            st.success(_ADDED.get())
        return
    if not action_button(_("Add the basemap"), type="primary", key="basemap_add"):
        return
    name = display_name(uploaded.name)
    try:
        with st.spinner(_("Reading a new basemap …")):
            path = saved_upload(
                "basemap_uploads", folder.folder, uploaded.file_id, uploaded.getbuffer()
            )
            added = folder.add(path, name)
    except (DashboardError, OSError) as error:
        st.error(escape_markdown(error_text(error)))
        return
    _ADDED.set(_("{file} was added.").format(file=isolate(escape_markdown(added.file.title))))
    _FIELD.set(_FIELD.get() + 1)
    st.rerun()
