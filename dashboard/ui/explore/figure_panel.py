"""The Figure panel: what to print, a preview of exactly that, and the file."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import streamlit as st

from dashboard.figure.manifest import PROGRAM, Manifest, manifest_of
from dashboard.language.language import current
from dashboard.language.messages import N_, _
from dashboard.paper.content import Content, figure_content
from dashboard.paper.figure import make_figure, preview, save
from dashboard.paper.heading import suggested_title
from dashboard.paper.options import LAYOUTS, Area, FigureOptions, Format, Tongues
from dashboard.paper.typeset import told_in
from dashboard.query.file_name import file_name
from dashboard.query.query import Query
from dashboard.settings import read_settings
from dashboard.ui import state
from dashboard.ui.cached import Live, Loaded
from dashboard.ui.explore.sliced import selected_records, too_many

_TONGUES = {Tongues.ENGLISH: "English", Tongues.ARABIC: "العربية", Tongues.BOTH: N_("Both")}
_AREAS = {Area.VIEW: N_("As on the map"), Area.ALL: N_("Every mark")}
_MIME = {
    Format.PDF: "application/pdf",
    Format.SVG: "image/svg+xml",
    Format.PNG: "image/png",
}
_KEPT_PREVIEWS = 20


def figure_panel(loaded: Loaded, live: Live, query: Query) -> None:
    """The panel for the selection as it is now."""
    _panel(loaded, live, query)


@st.fragment
def _panel(loaded: Loaded, live: Live, query: Query) -> None:
    state.speak()
    now = replace(query, view=state.view(), event_id=None, place_ids=(), tab="events")
    today = datetime.now().astimezone().date()
    records = selected_records(loaded, live, query)
    if records is None:
        st.info(too_many())
        return
    content = figure_content(
        records.corpus, records.index, now, records.selection, today, live.everything
    )
    options = _options(content)
    manifest = manifest_of(content, options)
    told = manifest.as_json()
    key = json.dumps(told, sort_keys=True)
    alt = f"{manifest.title}. {manifest.filters}"
    st.image(_preview(key, content, options), width="stretch", alt=alt)
    _downloads(content, options, manifest, told)


def _options(content: Content) -> FigureOptions:
    left, right = st.columns(2)
    layout = left.selectbox(
        _("Layout"), list(LAYOUTS), format_func=lambda key: _(LAYOUTS[key].label), key="fig_layout"
    )
    area = right.selectbox(
        _("Area"), list(Area), format_func=lambda item: _(_AREAS[item]), key="fig_area"
    )
    tongues = st.segmented_control(
        _("Language of the figure"),
        list(Tongues),
        default=Tongues(current().code),
        required=True,
        format_func=lambda item: _(_TONGUES[item]),
        key="fig_tongues",
    )
    timeline = st.toggle(_("With the timeline"), value=True, key="fig_timeline")
    options = FigureOptions(
        layout=layout,
        tongues=tongues,
        area=area or Area.VIEW,
        timeline=timeline,
        digits=current().digits,
        dates=current().dates,
    )
    # The map tells its view to its own fragment only; this runs the panel again with it.
    st.button(_("Take the map's view"), key="fig_view", type="tertiary")
    return _titled(content, options)


def _titled(content: Content, options: FigureOptions) -> FigureOptions:
    """The options with the titles that were typed; what is empty is the suggested one."""
    titles: dict[str, Any] = {}
    labels = {"en": _("Title in English"), "ar": _("Title in Arabic")}
    for language, suggested in told_in(options.languages, lambda: suggested_title(content)):
        titles[f"title_{language.code}"] = st.text_input(
            labels[language.code],
            key=f"fig_title_{language.code}",
            placeholder=suggested,
            max_chars=160,
        ).strip()
    return replace(options, **titles)


@st.cache_data(max_entries=_KEPT_PREVIEWS, show_spinner=False)
def _preview(key: str, _content: Content, _options: FigureOptions) -> bytes:  # noqa: ARG001
    return preview(make_figure(_content, _options, read_settings().basemap, PROGRAM))


def _downloads(
    content: Content, options: FigureOptions, manifest: Manifest, told: Mapping[str, Any]
) -> None:
    kind = st.segmented_control(
        _("Format"),
        list(Format),
        default=Format.PDF,
        required=True,
        format_func=lambda item: item.value.upper(),
        key="fig_format",
    )
    name = file_name(content.query)
    with st.container(horizontal=True):
        st.download_button(
            _("Download the figure"),
            data=lambda: _file(content, options, kind, told),
            file_name=f"{name}.{kind.value}",
            mime=_MIME[kind],
            type="primary",
            on_click="ignore",
        )
        st.download_button(
            _("Manifest"),
            data=json.dumps(told, ensure_ascii=False, indent=2),
            file_name=f"{name}.json",
            mime="application/json",
            on_click="ignore",
            help=_("With it a colleague makes the same figure again: {command}").format(
                command=f"`python -m dashboard.figure {name}.json -o {name}.pdf`"
            ),
        )
    st.caption(_("Data {hash}").format(hash=manifest.data_sha256[:12]))


def _file(content: Content, options: FigureOptions, kind: Format, told: Mapping[str, Any]) -> bytes:
    printed = make_figure(content, options, read_settings().basemap, PROGRAM)
    return save(printed, kind, told)
