"""The Compare page: the accounts of one event, or the stances of two outlets or parties on all."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd
import streamlit as st
from matplotlib.figure import Figure

from dashboard.accounts.accounts import accounts_of, silent_outlets, summary
from dashboard.accounts.rows import account_rows, position_rows
from dashboard.accounts.sides import Side, positions, sides
from dashboard.browser.compare_html import accounts_html, fields_html, positions_html
from dashboard.export.selection import records
from dashboard.export.tables import write_csv
from dashboard.language.language import current, using_language
from dashboard.language.messages import N_, _
from dashboard.language.names import title_of
from dashboard.language.words import when
from dashboard.model.event import Attestation
from dashboard.paper.compare_figure import compare_figure, positions_figure
from dashboard.paper.figure import bytes_of
from dashboard.paper.options import Format
from dashboard.project.project import Loaded
from dashboard.ui import shell
from dashboard.ui.components.logged_file import logged
from dashboard.ui.state.address_bar import change_params, param, params
from dashboard.ui.state.session import choice_field

_BY = {"event": N_("One event"), "outlets": N_("Two outlets"), "parties": N_("Two parties")}


@shell.page_of
def page(loaded: Loaded) -> None:
    """Show the choices in the sidebar and the comparison."""
    with st.sidebar:
        by = _by()
    if by == "event":
        _event(loaded)
    else:
        _pair(loaded, by)


def _by() -> str:
    """What to compare: as in the link, or as selected."""
    linked_by = next((key for key in ("outlets", "parties") if key in params()), "event")
    selected: str = st.radio(
        _("Compare"),
        list(_BY),
        format_func=lambda key: _(_BY[key]),
        **choice_field("compare_by", linked_by, lambda by: _link(by, []), _BY),
    )
    return selected


def _link(by: str, values: list[str]) -> None:
    """Write what is compared to the address bar."""
    wanted = values or ([] if by == "event" else [""])
    change_params({key: wanted if key == by else [] for key in _BY})


def _event(loaded: Loaded) -> None:
    events = loaded.corpus.events.events
    attested = loaded.corpus.attestations()
    order = sorted(
        events,
        key=lambda key: (attested.get(key) is not Attestation.CONTESTED, title_of(events[key])),
    )
    if not order:
        st.info(
            _(
                "There is no event to compare. Add articles and accept what they suggest on the "
                "page Review."
            )
        )
        return
    linked = loaded.corpus.current_id(param("event"))
    event_id = st.selectbox(
        _("Event"),
        order,
        format_func=lambda key: f"{title_of(events[key])} ({when(events[key].when)})",
        **choice_field(
            "compare_event",
            linked if linked in events else order[0],
            lambda event_id: _link("event", [event_id]),
            events,
        ),
    )
    accounts = accounts_of(loaded.corpus, event_id, loaded.readings.reading)
    silent = silent_outlets(loaded.corpus, accounts)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(summary(accounts))
        shell.link_to("explore", _("On the map"), {"event": event_id, "tab": "evidence"})
    st.html(accounts_html(loaded.corpus, accounts, silent))
    shell.heading(_("Where the accounts differ"), 3)
    st.html(fields_html(accounts))
    st.caption(_("The program extracts dates, places and parties from the sentence of each claim."))
    title, today = title_of(events[event_id]), datetime.now().astimezone().date()
    _downloads(
        account_rows(loaded.corpus, event_id, accounts),
        lambda: compare_figure(loaded.corpus, title, accounts, silent, today),
        f"accounts_{event_id}",
        title,
    )


def _pair(loaded: Loaded, by: str) -> None:
    known = {side.key: side for side in sides(loaded.corpus, by)}
    keys = list(known)
    if len(keys) < 2:
        st.info(
            _(
                "There are fewer than two to compare. Add articles of other outlets, or events "
                "with other parties."
            )
        )
        return
    linked = [key for key in params().get(by, []) if key in known]
    first, second = (*linked, *(key for key in keys if key not in linked))[:2]
    now = (first, second)
    changes = (lambda key: _link(by, [key, second]), lambda key: _link(by, [first, key]))
    selected = [
        column.selectbox(
            _("Side {n}").format(n=at + 1),
            keys,
            format_func=lambda key: known[key].name,
            **choice_field(f"compare_{by}_{at}", now[at], changes[at], known),
        )
        for at, column in enumerate(st.columns(2))
    ]
    pair: tuple[Side, Side] = (known[selected[0]], known[selected[1]])
    compared = positions(loaded.corpus, by, (pair[0].key, pair[1].key))
    st.html(positions_html(pair, compared))
    name, today = f"{by}_{pair[0].key}_{pair[1].key}", datetime.now().astimezone().date()
    table = position_rows(pair, compared)
    _downloads(table, lambda: positions_figure(pair, compared, today), name, name)


def _downloads(table: pd.DataFrame, draw: Callable[[], Figure], name: str, title: str) -> None:
    """Buttons for the comparison as a table and as a figure, which is drawn on click."""
    data = write_csv(list(table.columns), (row.values() for row in records(table)), bom=True)
    language = current()

    def figure() -> bytes:
        """The figure, drawn in another thread, in which the language has to be set again."""
        with using_language(language):
            return bytes_of(draw(), Format.PDF, title)

    with st.container(horizontal=True):
        _download(_("Download the table"), lambda: data, f"{name}.csv", "text/csv")
        _download(_("Download the figure"), figure, f"{name}.pdf", "application/pdf")


def _download(label: str, make: Callable[[], bytes], name: str, media_type: str) -> None:
    data = logged(make, "comparison", name, None)
    st.download_button(label, data=data, file_name=name, mime=media_type, on_click="ignore")
