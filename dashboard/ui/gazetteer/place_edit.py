"""Editing a place of the gazetteer: its fields, its names, and its log of changes."""

import pandas as pd
import streamlit as st

from dashboard.language.labels import label
from dashboard.language.messages import _
from dashboard.language.names import name_of, other_name_of
from dashboard.language.words import isolate
from dashboard.model.place import NameStrength, PlaceName
from dashboard.model.records import PlaceRecord, Table
from dashboard.project.project import Loaded
from dashboard.review.naming import edit_place
from dashboard.review.places import edited_place, place_record
from dashboard.text.escape import escape
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.log_table import log_table
from dashboard.ui.gazetteer.place_form import place_form
from dashboard.ui.state.session import SessionValue, forget


def place_edit(loaded: Loaded, place_id: str) -> None:
    """The form for one place; saving is refused if somebody changed it since it was opened."""
    record, version = _as_opened(loaded, place_id)
    place = record.place
    stored = loaded.workspace.get(Table.PLACE, place_id)
    tier = _("second tier: its names need support in the text") if place.tier > 1 else _("curated")
    st.html(
        f"<h2><bdi>{escape(name_of(place))}</bdi> · "
        f"<bdi>{escape(other_name_of(place))}</bdi></h2>"
        f'<p class="muted"><bdi>{escape(place_id)}</bdi> · {tier}</p>'
    )
    if stored and stored.version != version:
        st.warning(_("Somebody else changed this place after you opened it."))
        st.button(_("Use their version"), on_click=lambda: forget(f"place_{place_id}_"))
    key = f"place_{place_id}"
    draft = place_form(loaded, place, place.name_ar, (), [place], key=key)
    names = _names(record, key)
    after = edited_place(record, draft, names) if draft and names else None
    why = st.text_input(_("Reason for the change"), key=f"{key}_why")
    needs = {_("all fields and a name"): after is not None, _("a reason"): bool(why.strip())}
    if action_button(_("Save"), needs=needs, type="primary") and after:
        _save(loaded, record, after, version, why.strip())
        st.rerun()
    shell.heading(_("Changes to this place"), 3)
    log_table(loaded, loaded.workspace.log(record=(Table.PLACE, place_id)), key="place_log")


def _as_opened(loaded: Loaded, place_id: str) -> tuple[PlaceRecord, int]:
    """The place and its version when this browser opened it, even if it was changed since."""
    version = edit_session(loaded).version(Table.PLACE, place_id)
    record = place_record(loaded.corpus.gazetteer, place_id)
    return SessionValue(f"place_{place_id}_opened", (record, version)).stored()


def _names(record: PlaceRecord, key: str) -> list[PlaceName]:
    """Show the names as an editable table. Returns the rows that have a name and a source."""
    table = pd.DataFrame(
        [(n.name, n.lang, n.strength.value, n.source) for n in record.names],
        columns=["name", "lang", "strength", "source"],
    )
    edited = st.data_editor(
        table,
        key=f"{key}_names",
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "name": st.column_config.TextColumn(_("Name")),
            "lang": st.column_config.SelectboxColumn(
                _("Language"), options=["ar", "en", "ku", "tr"]
            ),
            "strength": st.column_config.SelectboxColumn(
                _("Strength"),
                options=[item.value for item in NameStrength],
                format_func=lambda value: label(NameStrength(str(value))),
                help=_("A strong name is enough; a weak name needs support in the text."),
            ),
            "source": st.column_config.TextColumn(_("Source")),
        },
    )
    return [
        PlaceName(
            record.place.place_id,
            str(row.name_).strip(),
            str(row.lang or "ar"),
            NameStrength(str(row.strength) or "weak"),
            str(row.source).strip(),
        )
        for row in edited.rename(columns={"name": "name_"}).fillna("").itertuples(index=False)
        if str(row.name_).strip() and str(row.source).strip()
    ]


def _save(loaded: Loaded, record: PlaceRecord, after: PlaceRecord, version: int, why: str) -> None:
    if act(
        loaded,
        _("Saved: {name}").format(name=isolate(name_of(after.place))),
        lambda: edit_place(edit_session(loaded), record, after, version=version, why=why),
    ):
        forget(f"place_{record.place.place_id}_")
