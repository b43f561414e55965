"""Pairs of events of different datasets that may be one happening: to link, or to record as two."""

from collections.abc import Collection
from functools import partial
from itertools import combinations

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.names import name_of, title_of
from dashboard.language.numbers import number
from dashboard.language.stored_text import translate
from dashboard.language.words import comma, isolate, when
from dashboard.model.event_link import EventLink, EventRef
from dashboard.model.event_tables import CURATED
from dashboard.model.message import Names
from dashboard.model.selected import SelectedEvents
from dashboard.project.catalog import Catalog
from dashboard.project.cross_pairs import MOST_CANDIDATES, CrossPairs, cross_pairs, events_by_id
from dashboard.project.project import Loaded
from dashboard.query.names import dataset_label
from dashboard.review.event_links import decide_link, decided_links, remove_link
from dashboard.review.same_event import EventPair
from dashboard.ui import project, shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.state.address_bar import change_params
from dashboard.ui.state.session import SessionValue

_PAGE = 20
# Decided pairs that are listed.
_MOST_DECIDED = 50
_LIMIT = SessionValue("cross_pairs_limit", _PAGE)
_FOUND = SessionValue[CrossPairs | None]("cross_pairs_found", None)


def cross_pairs_panel(loaded: Loaded) -> None:
    """Show what was found; nothing is searched before an analyst asks, and nothing linked by itself."""
    shell.heading(_("Events of two datasets that may be one happening"))
    with st.container(horizontal=True):
        st.button(_("Back to the suggestions"), on_click=lambda: change_params({"pairs": []}))
        st.button(_("Pairs of curated events"), on_click=lambda: change_params({"pairs": ["1"]}))
    st.caption(
        _(
            "An imported row belongs to its file, and the next import writes it again: so two events "
            "are linked, not merged. Both stay, each with a link to the other, and each dataset counts "
            "its own."
        )
    )
    catalog = project.catalog(loaded)
    if len(catalog.datasets) < 2:
        st.info(_("There is one dataset only. Import another one on the Data page."))
        return
    _search(catalog)
    found = _FOUND.get()
    if found is not None:
        _pairs(loaded, catalog, found)
    _linked(loaded, catalog)


def _search(catalog: Catalog) -> None:
    """The datasets to compare, and the button that compares them."""
    couples: list[tuple[str, ...]] = [(), *combinations(catalog.datasets, 2)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Datasets"),
            couples,
            format_func=lambda ids: _between(catalog, ids) if ids else _("all"),
            key="cross_pairs_datasets",
        )
        if st.button(_("Look for pairs"), key="cross_pairs_look", type="primary"):
            _look(catalog, chosen or (), 0)
    found = _FOUND.get()
    if found is None:
        return
    if not found.total:
        st.success(
            _(
                "No two events are near each other in place and day. Choose other datasets, or "
                "import one."
            )
        )
        return
    compared = plural(
        "{n} pair of events near each other in place and day was compared, of {total}.",
        "{n} pairs of events near each other in place and day were compared, of {total}.",
        found.compared,
    )
    st.caption(compared.replace("{total}", number(found.total)))
    if found.left:
        more = plural("Compare {n} more", "Compare {n} more", min(found.left, MOST_CANDIDATES))
        if st.button(more, key="cross_pairs_more"):
            _look(catalog, chosen or (), found.start + found.compared)
            st.rerun()


def _look(catalog: Catalog, datasets: tuple[str, ...], start: int) -> None:
    with st.spinner(_("Comparing…")):
        _FOUND.set(cross_pairs(catalog, datasets, start=start))
    _LIMIT.clear()


def _between(catalog: Catalog, ids: Collection[str]) -> str:
    return comma([isolate(_name(catalog, dataset_id)) for dataset_id in ids])


def _name(catalog: Catalog, dataset_id: str) -> str:
    return dataset_label(catalog.names.datasets.get(dataset_id, dataset_id), dataset_id)


def _pairs(loaded: Loaded, catalog: Catalog, found: CrossPairs) -> None:
    """The pairs that nobody has decided, with those of the curated events that still exist."""
    now = loaded.corpus.current_id
    decided = {frozenset(map(now, link.ids)) for link in decided_links(loaded.workspace)}
    waiting = [pair for pair in found.pairs if frozenset((pair.first, pair.second)) not in decided]
    limit = _LIMIT.get()
    here = waiting[:limit]
    selected = events_by_id(catalog, {key for pair in here for key in (pair.first, pair.second)})
    shown = [pair for pair in here if {pair.first, pair.second} <= selected.positions.keys()]
    if not waiting:
        st.success(_("No pair that is left looks like one happening reported twice."))
        return
    st.caption(plural("{n} pair", "{n} pairs", len(waiting)))
    for pair in shown:
        _pair(loaded, catalog, selected, pair)
    if len(waiting) > limit:
        more = plural("{n} more", "{n} more", len(waiting) - limit)
        st.button(more, key="cross_pairs_next", on_click=lambda: _LIMIT.set(limit + _PAGE))


def _pair(loaded: Loaded, catalog: Catalog, selected: SelectedEvents, pair: EventPair) -> None:
    key = f"cross_{pair.first}_{pair.second}"
    with st.container(border=True, key=f"cross_pair_{pair.first}_{pair.second}"):
        for column, event_id in zip(st.columns(2), (pair.first, pair.second), strict=True):
            with column:
                _event(catalog, selected, event_id)
        for heading, reasons in ((_("For"), pair.reasons), (_("Against"), pair.doubts)):
            if reasons:
                st.caption(f"{heading}: {comma([translate(reason) for reason in reasons])}")
        why = st.text_input(_("Reason"), key=f"{key}_why").strip()
        with st.container(horizontal=True):
            for same, label, done in (
                (True, _("Link as one happening"), _("Linked as one happening")),
                (False, _("They are two"), _("Recorded as two events")),
            ):
                needs = {_("a reason"): bool(why)}
                if action_button(label, key=f"{key}_{same}", needs=needs):
                    first, second = (
                        EventRef(selected.datasets[each], each)
                        for each in (pair.first, pair.second)
                    )
                    link = EventLink(first, second, same, why)
                    titles = (_titles(selected, pair.first), _titles(selected, pair.second))
                    act(loaded, done, partial(decide_link, edit_session(loaded), link, titles))
                    st.rerun()


def _event(catalog: Catalog, selected: SelectedEvents, event_id: str) -> None:
    event = selected.corpus.events.events[event_id]
    dataset = selected.datasets[event_id]
    st.markdown(f"**{literal(title_of(event))}** ({when(event.when)})")
    st.caption(literal(comma([_name(catalog, dataset), *_places(selected, event_id)])))
    claims = selected.corpus.events.claims
    quote = next((claim.quote for claim in claims if claim.event_id == event_id), "")
    st.text(isolate(quote) if quote != event.title_en else "")
    if dataset == CURATED:
        shell.link_to("review", _("Open the event"), {"event": event_id})
    else:
        shell.link_to("explore", _("Open the event"), {"event": event_id, "tab": "evidence"})


def _places(selected: SelectedEvents, event_id: str) -> list[str]:
    places = selected.corpus.gazetteer.places
    rows = selected.corpus.events.places
    ids = dict.fromkeys(row.place_id for row in rows if row.event_id == event_id)
    return [isolate(name_of(places[place_id])) for place_id in ids]


def _titles(selected: SelectedEvents, event_id: str) -> Names:
    """The titles of an event, for the log; its id if it has none or is not here."""
    event = selected.corpus.events.events.get(event_id)
    return event.titles if event and any(event.titles) else (event_id, event_id)


def _linked(loaded: Loaded, catalog: Catalog) -> None:
    """What was decided before, with a button that takes it back."""
    decided = decided_links(loaded.workspace)
    if not decided:
        return
    with st.expander(plural("{n} decided pair", "{n} decided pairs", len(decided))):
        shown = decided[:_MOST_DECIDED]
        selected = events_by_id(catalog, {key for link in shown for key in link.ids})
        for link in shown:
            _decided(loaded, catalog, selected, link)
        if len(decided) > len(shown):
            left = len(decided) - len(shown)
            st.caption(plural("{n} more, see History", "{n} more, see History", left))


def _decided(loaded: Loaded, catalog: Catalog, selected: SelectedEvents, link: EventLink) -> None:
    events = selected.corpus.events.events
    words = [
        _("{title} ({dataset})").format(
            title=isolate(
                title_of(events[ref.event_id]) if ref.event_id in events else ref.event_id
            ),
            dataset=isolate(_name(catalog, ref.dataset)),
        )
        for ref in (link.first, link.second)
    ]
    found = _("one happening") if link.same else _("two events")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{literal(comma(words))}: **{found}** ({literal(translate(link.why))})")
        if action_button(_("Remove"), key=f"unlink_{link.first.key}_{link.second.key}"):
            first, second = (_titles(selected, ref.event_id) for ref in (link.first, link.second))
            removing = partial(remove_link, edit_session(loaded), link, (first, second))
            act(loaded, _("Removed what was decided of the pair"), removing)
            st.rerun()
