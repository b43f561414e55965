"""The form for the column mapping of a table, filled with a guess or a saved mapping."""

from collections.abc import Mapping, Sequence

import msgspec
import streamlit as st

from dashboard.datasets.formats.column_mapping import ROLES, ColumnMapping
from dashboard.datasets.options import Preview
from dashboard.datasets.saved_mappings import load_mappings
from dashboard.engine.library import Library
from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import N_, _
from dashboard.model.estimate import Measure
from dashboard.model.place import PlacePrecision

_ROLES = {
    "event_id": N_("Id"),
    "date": N_("Date"),
    "date_end": N_("Last day"),
    "year": N_("Year"),
    "month": N_("Month"),
    "day": N_("Day of the month"),
    "lat": N_("Latitude"),
    "lon": N_("Longitude"),
    "latlon": N_("Latitude and longitude in one column"),
    "wkt": N_("Geometry (WKT)"),
    "place": N_("Place"),
    "kind": N_("Kind of event"),
    "title": N_("Title"),
    "notes": N_("Notes"),
    "initiator": N_("initiator"),
    "target": N_("target"),
    "party": N_("party"),
    "party2": N_("other party"),
    "outlet": N_("Outlet"),
    "country": N_("country"),
    "admin1": N_("governorate"),
    "admin2": N_("district"),
    "admin3": N_("subdistrict"),
    "precision": N_("Precision"),
    "url": N_("Link"),
}
# The other roles are a measure, with one of these endings or none, e.g. "killed_low".
_ENDINGS = {
    "": "{measure}",
    "low": N_("{measure}, lowest"),
    "high": N_("{measure}, highest"),
    "civilians": N_("{measure}, civilians only"),
}


# What columns of known formats are taken for beside these.
_MORE_ROLES = {
    "party": N_("party"),
    "date_precision": N_("Precision of the date"),
    "deletion_time": N_("Time of the deletion"),
}


def use_names() -> dict[str, str]:
    """The names of all that a column may be taken for."""
    events, numbers = role_names()
    more = {role: sentence_case(_(name)) for role, name in _MORE_ROLES.items()}
    return events | numbers | more


def role_names() -> tuple[dict[str, str], dict[str, str]]:
    """The names of the fields by role: those of events, and those of numbers of people or vehicles."""
    events = {role: sentence_case(_(name)) for role, name in _ROLES.items()}
    numbers = {}
    for role in ROLES:
        if role not in events:
            measure, _sep, ending = role.partition("_")
            name = sentence_case(label(Measure(measure)))
            numbers[role] = _(_ENDINGS[ending]).format(measure=name)
    return events, numbers


def columns_of(library: Library, preview: Preview, answers: Mapping[str, str]) -> ColumnMapping:
    """Show the form. Returns the mapping as edited."""
    guessed = _initial_mapping(library, preview)
    columns = [str(column) for column in preview.frame.columns]
    # Separate keys for each mapping: widgets of another one would keep their values.
    key = f"import_{guessed.name}"
    with st.expander(_("Column mapping"), expanded=True):
        about_events, numbers = role_names()
        column_by_role = _column_fields(about_events, guessed, columns, key)
        st.caption(_("Number of people or vehicles"))
        column_by_role |= _column_fields(numbers, guessed, columns, key)
        precisions = [precision.value for precision in PlacePrecision]
        precision = st.selectbox(
            _("Precision of points, if no column states it"),
            precisions,
            index=precisions.index(guessed.precision.value),
            key=f"{key}_usual_precision",
            format_func=lambda value: label(PlacePrecision(value)),
        )
        name = st.text_input(_("Save the mapping as"), value=guessed.name, key=f"{key}_name")
    fields = {
        "name": name.strip() or guessed.name,
        "columns": column_by_role,
        "date_order": answers.get("date_order") or guessed.date_order,
        "precision": precision,
        "answers": guessed.answers,
    }
    return msgspec.convert(fields, type=ColumnMapping)


def _column_fields(
    names: Mapping[str, str], guessed: ColumnMapping, columns: Sequence[str], key: str
) -> dict[str, str]:
    """Show a field for the column of each role, under its name. Returns the columns by role."""
    # A row of three at a time: fields stay side by side if one of their names needs two lines.
    rows = [st.columns(3, vertical_alignment="bottom") for _row in range(-(-len(names) // 3))]
    column_by_role: dict[str, str] = {}
    for at, (role, name) in enumerate(names.items()):
        column = guessed.columns.get(role)
        selected = rows[at // 3][at % 3].selectbox(
            name,
            columns,
            index=columns.index(column) if column in columns else None,
            key=f"{key}_{role}",
            placeholder="—",
        )
        if selected:
            column_by_role[role] = selected
    return column_by_role


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
