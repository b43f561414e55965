"""What the map shows: marks with their colours and sizes, or areas coloured by numbers of events."""

from collections.abc import Mapping

import streamlit as st

from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import N_, _
from dashboard.legend.shades import COLOUR_LABELS
from dashboard.project.catalog import Catalog
from dashboard.query.query import (
    COLOURS,
    DENSITY,
    DISTRICTS,
    GOVERNORATES,
    MARKS,
    SHADINGS,
    SIZES,
    Query,
)
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import choice_field, field

SHADING_LABELS: Mapping[str, str] = {
    MARKS: N_("Marks"),
    GOVERNORATES: N_("Governorates, by number of events"),
    DISTRICTS: N_("Districts, by number of events"),
    DENSITY: N_("Squares, by number of events"),
}


def map_choice(catalog: Catalog, query: Query) -> None:
    """Show the choice of marks or areas, and of the marks' colours and sizes."""
    st.selectbox(
        _("The map shows"),
        SHADINGS,
        format_func=lambda shading: _(SHADING_LABELS[shading]),
        help=_("Click a coloured area to filter by it, and again to undo that."),
        **choice_field(
            "shading",
            query.shading,
            lambda shading: explore_query.change(shading=shading),
            SHADINGS,
        ),
    )
    if query.shading == MARKS:
        _mark_fields(catalog, query)


def _mark_fields(catalog: Catalog, query: Query) -> None:
    st.selectbox(
        _("Colours on the map"),
        [name for name in COLOURS if name != "dataset" or len(catalog.datasets) > 1],
        format_func=lambda name: _(COLOUR_LABELS[name]),
        **choice_field(
            "colour", query.colour, lambda colour: explore_query.change(colour=colour), COLOURS
        ),
    )
    st.selectbox(
        _("Size of marks"),
        SIZES,
        format_func=lambda size: _size_label(size, query),
        **choice_field("size", query.size, lambda size: explore_query.change(size=size), SIZES),
    )
    st.toggle(
        _("Circles and areas of uncertain places"),
        help=_("Without them the map shows only those of the mark that is selected or pointed at."),
        **field("extents", query.extents, lambda shown: explore_query.change(extents=shown)),
    )


def _size_label(size: str, query: Query) -> str:
    """What the size of a mark may stand for, e.g. "Number of events", "Killed"."""
    return sentence_case(label(query.measure)) if size == "figure" else _("Number of events")
