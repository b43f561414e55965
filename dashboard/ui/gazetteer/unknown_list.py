"""The names that the gazetteer lacks, as a list to choose from."""

import streamlit as st

from dashboard.language.labels import label
from dashboard.language.messages import _, plural
from dashboard.language.words import any_of
from dashboard.model.place import FeatureClass
from dashboard.model.records import Table, UnknownPlaceRecord, UnknownStatus, Versioned
from dashboard.project.project import Loaded
from dashboard.text.normalise import fold
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.state.address_bar import param
from dashboard.ui.state.session import SessionValue

# The records of one name by id, one for each sentence that contains it.
Seen = dict[str, Versioned[UnknownPlaceRecord]]
_CHOSEN = SessionValue("unknown_chosen", "")
_MOST = 200


def queue(loaded: Loaded) -> dict[str, Seen]:
    """The unplaced names, folded, each with the records of its sentences; most frequent first."""
    names: dict[str, Seen] = {}
    stored = loaded.workspace.all(Table.UNKNOWN_PLACE, status=UnknownStatus.QUEUED.value)
    for key, item in stored.items():
        if isinstance(item.value, UnknownPlaceRecord):
            name = fold(item.value.name)
            names.setdefault(name, {})[key] = Versioned(item.value, item.version)
    return dict(sorted(names.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def unknown_list(names: dict[str, Seen]) -> None:
    """The names as a list of buttons; the selected one is highlighted."""
    if not names:
        st.success(
            _(
                "There are no unknown names to review. Names that the gazetteer lacks appear "
                "here once articles with them are read."
            )
        )
    current = selected_name(names)
    for name, seen in list(names.items())[:_MOST]:
        record = first_of(seen)
        classes = any_of([label(FeatureClass(each)) for each in record.classes])
        st.button(
            f"{literal(record.name)} · {classes} · "
            + plural("{n} sentence", "{n} sentences", len(seen)),
            key=f"unknown_{name}",
            type="primary" if name == current else "secondary",
            width="stretch",
            on_click=lambda name=name: _CHOSEN.set(name),
        )
    if len(names) > _MOST:
        left = len(names) - _MOST
        st.caption(
            plural(
                "and {n} more, shown after you have decided on these",
                "and {n} more, shown after you have decided on these",
                left,
            )
        )


def selected_name(names: dict[str, Seen]) -> str | None:
    """The name to decide on: the clicked one, that of the link, or the first."""
    name = _CHOSEN.get() or param("unknown")
    return name if name in names else next(iter(names), None)


def first_of(seen: Seen) -> UnknownPlaceRecord:
    """The record of the first sentence."""
    return next(item.value for item in seen.values() if item.value is not None)
