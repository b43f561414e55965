"""The Figure panel: options, a preview, and the download."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.figure.manifest import Manifest, manifest_of
from dashboard.language.language import current
from dashboard.language.messages import N_, _
from dashboard.language.stored_text import error_text
from dashboard.layers.drawn import drawn_layers
from dashboard.paper.content import Content
from dashboard.paper.figure import make_figure, preview, save
from dashboard.paper.options import (
    LANGUAGE_LABELS,
    LAYOUTS,
    Area,
    FigureLanguage,
    FigureOptions,
    Format,
)
from dashboard.paper.typeset import in_each_language
from dashboard.project.catalog import Catalog
from dashboard.query.file_name import file_name
from dashboard.query.query import Query
from dashboard.settings import PROGRAM, read_settings
from dashboard.summary.heading import suggested_title, too_many
from dashboard.summary.summary import Summary
from dashboard.text.escape import escape_markdown
from dashboard.tiles.pmtiles_file import TileFileError
from dashboard.ui.components.logged_file import logged
from dashboard.ui.explore.basemap_choice import all_basemaps
from dashboard.ui.explore.layer_choice import all_layers
from dashboard.ui.explore.scope import choose_scope
from dashboard.ui.state import explore_query
from dashboard.ui.state.language import apply_language

_AREAS = {Area.VIEW: N_("Current map view"), Area.ALL: N_("All places of the selection")}
_MIME = {Format.PDF: "application/pdf", Format.SVG: "image/svg+xml", Format.PNG: "image/png"}
_CACHED_PREVIEWS = 20


@st.fragment
def figure_panel(catalog: Catalog, query: Query) -> None:
    """Show the panel for the current selection; of a selected mark, for its events or all."""
    apply_language()
    query = choose_scope(catalog, query, key="fig")
    now = replace(query, view=explore_query.VIEW.get(), event_id=None, tab="events")
    today = datetime.now().astimezone().date()
    selected = catalog.select(query)
    if selected is None:
        st.info(too_many())
        return
    terms = catalog.terms(selected.datasets.values())
    summary = Summary(selected, now, today, catalog.events, terms)
    options = _options(summary)
    layers, tiles = drawn_layers(query.layers, all_layers()), all_basemaps().get(query.basemap)
    manifest = manifest_of(summary, options, layers, tiles)
    fields = manifest.as_json()
    key = json.dumps(fields, sort_keys=True)
    alt = f"{manifest.title}. {manifest.filters}"
    content = Content(summary, tiles, layers)
    try:
        st.image(_preview(key, content, options), width="stretch", alt=alt)
    except TileFileError as error:
        st.error(
            escape_markdown(
                _("The basemap could not be drawn: {reason}").format(reason=error_text(error))
            )
        )
        return
    _downloads(content, options, manifest, fields)


def _options(summary: Summary) -> FigureOptions:
    left, right = st.columns(2)
    layout = left.selectbox(
        _("Layout"), list(LAYOUTS), format_func=lambda key: _(LAYOUTS[key].label), key="fig_layout"
    )
    area = right.selectbox(
        _("Area"), list(Area), format_func=lambda item: _(_AREAS[item]), key="fig_area"
    )
    language = st.segmented_control(
        _("Language of the figure"),
        list(FigureLanguage),
        default=FigureLanguage(current().code),
        required=True,
        format_func=lambda item: _(LANGUAGE_LABELS[item]),
        key="fig_language",
    )
    timeline = st.toggle(_("With the timeline"), value=True, key="fig_timeline")
    options = FigureOptions(
        layout=layout,
        language=language,
        area=area or Area.VIEW,
        timeline=timeline,
        digits=current().digits,
        dates=current().dates,
    )
    # The map sends its view to its own fragment only; this reruns the panel with it.
    st.button(_("Update to the current map view"), key="fig_view", type="tertiary")
    return _titled(summary, options)


def _titled(summary: Summary, options: FigureOptions) -> FigureOptions:
    """The options with the titles that were entered; an empty title is the suggested one."""
    titles: dict[str, Any] = {}
    labels = {"en": _("Title in English"), "ar": _("Title in Arabic")}
    for language, suggested in in_each_language(
        options.languages, lambda: suggested_title(summary)
    ):
        titles[f"title_{language.code}"] = st.text_input(
            labels[language.code],
            key=f"fig_title_{language.code}",
            placeholder=suggested,
            max_chars=160,
        ).strip()
    return replace(options, **titles)


@st.cache_data(max_entries=_CACHED_PREVIEWS, show_spinner=False)
def _preview(key: str, _content: Content, _options: FigureOptions) -> bytes:  # noqa: ARG001
    return preview(make_figure(_content, _options, read_settings().basemap, PROGRAM))


def _downloads(
    content: Content, options: FigureOptions, manifest: Manifest, fields: Mapping[str, Any]
) -> None:
    kind = st.segmented_control(
        _("Format"),
        list(Format),
        default=Format.PDF,
        required=True,
        format_func=lambda item: item.value.upper(),
        key="fig_format",
    )
    name = file_name(content.summary.query)
    with st.container(horizontal=True):
        st.download_button(
            _("Download the figure"),
            data=logged(
                lambda: _file(content, options, kind, fields),
                f"figure {kind.value}",
                urlencode(explore_query.link_of(content.summary.query), doseq=True),
                len(content.summary.selected.events),
            ),
            file_name=f"{name}.{kind.value}",
            mime=_MIME[kind],
            type="primary",
            on_click="ignore",
        )
        st.download_button(
            _("Manifest"),
            data=json.dumps(fields, ensure_ascii=False, indent=2),
            file_name=f"{name}.json",
            mime="application/json",
            on_click="ignore",
            help=_("To make this figure again from the manifest: {command}").format(
                command=f"`python -m dashboard.figure {name}.json -o {name}.pdf`"
            ),
        )
    st.caption(_("Version of the data: {hash}").format(hash=manifest.data_sha256[:12]))


def _file(
    content: Content, options: FigureOptions, kind: Format, fields: Mapping[str, Any]
) -> bytes:
    printed = make_figure(content, options, read_settings().basemap, PROGRAM)
    return save(printed, kind, fields)
