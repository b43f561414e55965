"""The form for the column mapping of a table: a row for each column, what it has, and what it is."""

from collections.abc import Mapping, Sequence
from functools import partial

import msgspec
import streamlit as st

from dashboard.datasets.column_uses import ColumnUse, column_uses
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.registry import CUSTOM
from dashboard.datasets.options import Preview
from dashboard.datasets.saved_mappings import load_mappings
from dashboard.engine.library import Library
from dashboard.language.labels import label
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.language.words import isolate
from dashboard.model.place import PlacePrecision
from dashboard.text.escape import escape, escape_markdown
from dashboard.ui.data.role_names import role_names
from dashboard.ui.state.session import SessionValue, choice_field

# The mapping that the form began with, and the columns by role as the analyst changed them.
_EDITED = SessionValue[tuple[ColumnMapping | None, dict[str, str]]]("import_columns", (None, {}))
# Columns on a page: each has a field, and more of them make each run of the page slow.
_PAGE = 50
# The height of the list, in pixels, and the columns that it has room for.
_HEIGHT, _FITTING = 440, 10


def columns_of(library: Library, preview: Preview, answers: Mapping[str, str]) -> ColumnMapping:
    """Show the form. Returns the mapping as edited."""
    guessed = _initial_mapping(library, preview)
    if _EDITED.get()[0] != guessed:
        _EDITED.set((guessed, dict(guessed.columns)))
    column_by_role = _EDITED.get()[1]
    with st.expander(_("Column mapping"), expanded=True):
        edited = msgspec.structs.replace(guessed, columns=column_by_role)
        _column_list(column_uses(preview.frame, CUSTOM, edited), column_by_role)
        left, right = st.columns(2, vertical_alignment="bottom")
        precisions = [precision.value for precision in PlacePrecision]
        precision = left.selectbox(
            _("Precision of points, if no column states it"),
            precisions,
            index=precisions.index(guessed.precision.value),
            key=f"import_usual_precision_{guessed.name}",
            format_func=lambda value: label(PlacePrecision(value)),
        )
        name = right.text_input(
            _("Save the mapping as"), value=guessed.name, key=f"import_mapping_{guessed.name}"
        )
    fields = {
        "name": name.strip() or guessed.name,
        "columns": dict(column_by_role),
        "date_order": answers.get("date_order") or guessed.date_order,
        "precision": precision,
        "answers": guessed.answers,
    }
    return msgspec.convert(fields, type=ColumnMapping)


def _column_list(uses: Sequence[ColumnUse], column_by_role: dict[str, str]) -> None:
    """Show each column with sample values and a field for what it is taken for."""
    unused = sum(not use.roles for use in uses)
    total = plural("{n} column", "{n} columns", len(uses))
    st.caption(_("{columns}, {n} not used").format(columns=total, n=number(unused)))
    shown = _page(uses)
    names = role_names()
    with st.container(height=_HEIGHT if len(shown) > _FITTING else "content"):
        for use in shown:
            left, right = st.columns(2, vertical_alignment="center", gap="small")
            left.html(_column_html(use))
            right.multiselect(
                _("What {column} is taken for").format(column=escape_markdown(use.column)),
                list(names),
                format_func=names.__getitem__,
                placeholder=_("not used, shown as it is"),
                label_visibility="collapsed",
                **choice_field(
                    f"import_role_{use.column}",
                    list(use.roles),
                    partial(_take, column_by_role, use.column),
                    names,
                ),
                select_all=False,
            )


def _page(uses: Sequence[ColumnUse]) -> Sequence[ColumnUse]:
    """The columns of the page that the analyst selects; all if there are few."""
    pages = -(-len(uses) // _PAGE)
    if pages <= 1:
        return uses
    page = st.number_input(
        _("Page, of {n}").format(n=number(pages)), 1, pages, key=f"import_columns_page_{pages}"
    )
    return uses[(page - 1) * _PAGE : page * _PAGE]


def _take(column_by_role: dict[str, str], column: str, roles: Sequence[str]) -> None:
    """Take a column for these roles alone; each role is then no longer another column's."""
    for role in [role for role, taken in column_by_role.items() if taken == column]:
        del column_by_role[role]
    column_by_role.update(dict.fromkeys(roles, column))


def _column_html(use: ColumnUse) -> str:
    """The name of a column above its first distinct values, each in the direction of its text."""
    # Isolated by characters, as text in <bdi> does not count for `dir="auto"`.
    values = " · ".join(isolate(escape(sample)) for sample in use.samples) or escape(_("all blank"))
    name = f'<b dir="auto">{escape(use.column)}</b>'
    return f'<div class="import-column">{name}<span dir="auto">{values}</span></div>'


def _initial_mapping(library: Library, preview: Preview) -> ColumnMapping:
    """The guess from the names of the columns, or a saved mapping that the analyst selects."""
    guessed = preview.mapping or ColumnMapping(name="", columns={})
    saved = load_mappings(library.datasets.folder)
    columns = set(map(str, preview.frame.columns))
    fitting = [name for name, each in saved.items() if set(each.columns.values()) <= columns]
    if not fitting:
        return guessed
    name = st.selectbox(
        _("Saved mapping"), fitting, index=None, key="import_profile", placeholder=_("choose")
    )
    return saved[name] if name else guessed
