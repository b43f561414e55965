"""One dataset: its content, the switch to show it, its faults, and removing it."""

import streamlit as st

from dashboard.datasets.formats.terms import terms_of
from dashboard.engine.datasets import Dataset
from dashboard.engine.library import Library
from dashboard.language.dataset_terms import (
    licence_in_words,
    not_to_be_shared,
    sharing_in_words,
)
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.language.words import comma, day, span
from dashboard.model.event_tables import CURATED
from dashboard.model.permissions import Permission
from dashboard.model.restriction import RestrictedKind
from dashboard.model.terms import DatasetTerms
from dashboard.model.viewer import viewer
from dashboard.project.project import Loaded
from dashboard.query.names import dataset_label
from dashboard.text.escape import escape_markdown
from dashboard.ui import shell
from dashboard.ui.components.seen_by import seen_by_form
from dashboard.ui.state.session import field

# The size in bytes of a file of faults with a header only is less than this.
_HEADER_ONLY = 48


def dataset_card(loaded: Loaded, library: Library, card: Dataset) -> None:
    """Show a dataset with its actions."""
    name = dataset_label(card.name, card.dataset_id)
    with st.container(key=f"dataset_{card.dataset_id}", border=True):
        switch, rest = st.columns([7, 3], vertical_alignment="center")
        switch.toggle(
            escape_markdown(name),
            help=_("Show the events of this dataset on the Explore page."),
            disabled=not viewer().may(Permission.IMPORT),
            **field(
                f"shown_{card.dataset_id}",
                card.shown,
                lambda shown: library.show(card.dataset_id, shown=shown),
            ),
        )
        with rest, st.container(horizontal=True, horizontal_alignment="right"):
            shell.link_to("explore", _("On the map"), {"dataset": card.dataset_id})
        st.text(comma(_facts(card)))
        if card.incomplete:
            incomplete = plural(
                "{n} event was imported by an earlier version of this program, without the number "
                "of people killed and without the other columns of its source. Import the file "
                "again to add them.",
                "{n} events were imported by an earlier version of this program, without the "
                "number of people killed and without the other columns of their source. Import "
                "the file again to add them.",
                card.incomplete,
            )
            st.warning(incomplete)
        if card.dataset_id != CURATED:
            for line in _terms(terms_of(card)):
                st.caption(escape_markdown(line))
            _more(loaded, library, card)


def _facts(card: Dataset) -> list[str]:
    """The number, dates and area of its events as text."""
    facts = [plural("{n} event", "{n} events", card.events)]
    if card.first_day and card.last_day:
        one = card.first_day == card.last_day
        facts.append(day(card.first_day) if one else span(card.first_day, card.last_day))
    if card.bounds:
        west, south, east, north = (number(round(value, 1)) for value in card.bounds)
        if (west, south) == (east, north):
            message = _("latitude {south}, longitude {west}")
        else:
            message = _("latitude {south} to {north}, longitude {west} to {east}")
        facts.append(message.format(south=south, north=north, west=west, east=east))
    if card.undated:
        facts.append(plural("{n} undated event", "{n} undated events", card.undated))
    if card.unlocated:
        facts.append(plural("{n} unlocated event", "{n} unlocated events", card.unlocated))
    if card.deletions:
        facts.append(
            plural(
                "{n} id that the source deleted",
                "{n} ids that the source deleted",
                card.deletions,
            )
        )
    return facts


def _terms(terms: DatasetTerms) -> list[str]:
    """Credit, licence (also if it is unknown), and whether rows may be shared if that is forbidden."""
    forbidden = not_to_be_shared([terms])
    lines = [
        terms.credit,
        _("Licence: {terms}").format(terms=licence_in_words(terms)),
        sharing_in_words(forbidden) if forbidden else "",
    ]
    return [line for line in lines if line]


def _more(loaded: Loaded, library: Library, card: Dataset) -> None:
    files = comma([escape_markdown(name) for name in card.files])
    if card.imported:
        when = day(card.imported.date())
        files = _("Imported on {day} from {files}").format(day=when, files=files)
    st.caption(files)
    faults = library.datasets.folder / card.dataset_id / "faults.csv"
    with st.container(horizontal=True):
        if faults.exists() and faults.stat().st_size > _HEADER_ONLY:
            st.download_button(
                _("Faults of the last import"),
                data=faults.read_bytes,
                file_name=f"{card.dataset_id}_faults.csv",
                mime="text/csv",
                key=f"faults_{card.dataset_id}",
                on_click="ignore",
            )
        seen_by_form(loaded, RestrictedKind.DATASET, card.dataset_id, card.name)
        with st.popover(_("Remove"), key=f"remove_{card.dataset_id}"):
            st.text(_("Its events are removed; the imported file itself is not deleted."))
            st.button(
                _("Remove the dataset"),
                key=f"really_{card.dataset_id}",
                type="primary",
                disabled=not viewer().may(Permission.ADMINISTER),
                on_click=lambda: library.remove(card.dataset_id),
            )
