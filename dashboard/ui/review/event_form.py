"""The fields of an event, for correcting a suggestion or editing an event.

The key of every widget begins with that of the form, so that a failed save does not lose the input.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from dashboard.language.labels import label
from dashboard.language.messages import _
from dashboard.language.names import both_names, name_of
from dashboard.language.numbers import number
from dashboard.language.stored_text import translate
from dashboard.language.words import comma, isolate, without_isolates
from dashboard.model.corpus import Corpus
from dashboard.model.event import ActorRole, PlaceRole, Stance
from dashboard.model.when import DatePrecision, When, WhenError
from dashboard.review.draft import Draft
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.state.session import SessionValue

Role = TypeVar("Role", PlaceRole, ActorRole)
_FIRST, _LAST = date(1900, 1, 1), date(2100, 1, 1)


def event_form(corpus: Corpus, given: Draft, quotes: Sequence[str], *, key: str) -> Draft | None:
    """Show the fields, filled with `given`. Returns the draft, `None` if its dates are not valid.

    `quotes` are the claims of a suggestion; those of an event have a form of their own.
    """
    kinds = list(corpus.lexicon.kinds)
    kind = st.selectbox(
        _("Kind of event"),
        kinds,
        index=kinds.index(given.kind),
        format_func=lambda name: name_of(corpus.lexicon.kinds[name]),
        key=f"{key}_kind",
    )
    title_en = st.text_input(_("Title in English"), value=given.title_en, key=f"{key}_title_en")
    title_ar = st.text_input(_("Title in Arabic"), value=given.title_ar, key=f"{key}_title_ar")
    when = _when(given.when, key)
    stored_reason = without_isolates(translate(given.date_reason))
    reason = st.text_input(_("How the date is known"), value=stored_reason, key=f"{key}_reason")
    places = _roles(
        {p.place_id: both_names(p) for p in corpus.gazetteer.places.values()},
        given.places,
        _place_roles(given, key),
        f"{key}_places",
        _("Places"),
    )
    actors = _roles(
        {a.actor_id: both_names(a) for a in corpus.lexicon.actors.values()},
        given.actors,
        list(ActorRole),
        f"{key}_actors",
        _("Actors"),
    )
    stances = _stances(quotes, given.stances, key)
    if when is None or not title_en.strip() or not title_ar.strip():
        st.warning(_("To save, enter both titles, and dates that fit the chosen precision."))
        return None
    return Draft(
        kind,
        title_en.strip(),
        title_ar.strip(),
        when,
        given.date_reason if reason == stored_reason else reason,
        places,
        actors,
        stances,
    )


def _stances(
    quotes: Sequence[str], given: Sequence[Stance | None], key: str
) -> tuple[Stance | None, ...]:
    """The stance of each claim of a suggestion; `None` if it is not of this event."""
    options: list[Stance | None] = [*Stance, None]
    return tuple(
        st.radio(
            _("Claim {n}: {quote}").format(n=number(at), quote=literal(shortened(quote))),
            options,
            index=options.index(stance),
            format_func=lambda value: label(value) if value else _("not of this event"),
            key=f"{key}_stance_{at}",
            horizontal=True,
            help=_("A claim that is not of this event stays to be reviewed."),
        )
        for at, (quote, stance) in enumerate(zip(quotes, given, strict=True), start=1)
    )


def shortened(quote: str) -> str:
    """The beginning of a quote, for the label of a field."""
    return quote if len(quote) < 80 else f"{quote[:78]} …"


def _when(given: When, key: str) -> When | None:
    """First and last day and precision; `None`, with a message, if they are not consistent."""
    columns = st.columns(3)
    first, last = (
        column.date_input(
            title,
            value=value,
            min_value=_FIRST,
            max_value=_LAST,
            format="YYYY-MM-DD",
            key=f"{key}_{name}",
        )
        for column, title, value, name in (
            (columns[0], _("First day"), given.start, "first"),
            (columns[1], _("Last day"), given.end, "last"),
        )
    )
    precisions = [None, *DatePrecision]
    precision = columns[2].selectbox(
        _("Precision"),
        precisions,
        index=precisions.index(given.precision),
        format_func=lambda value: label(value) if value else _("undated"),
        key=f"{key}_precision",
    )
    try:
        return When(first, last, precision)
    except WhenError as error:
        what = isolate(translate(error.reason))
        st.error(_("The dates: expected {what}.").format(what=what))
        return None


def _place_roles(given: Draft, key: str) -> Sequence[PlaceRole]:
    """Where it is, the roles that its places have or were given here, and the others on request.

    Each list has all places of the gazetteer: five of them take a browser a second or more.
    """
    used = {PlaceRole.AT, *(role for _place, role in given.places)}
    used |= {role for role in PlaceRole if SessionValue(f"{key}_places_{role.value}", ()).get()}
    others = [role for role in PlaceRole if role not in used]
    words = comma([label(role) for role in others])
    title = _("Places in other roles: {roles}").format(roles=words)
    if others and st.toggle(title, key=f"{key}_place_roles"):
        return list(PlaceRole)
    return [role for role in PlaceRole if role in used]


def _roles(
    names: Mapping[str, str],
    given: Sequence[tuple[str, Role]],
    roles: Sequence[Role],
    key: str,
    title: str,
) -> tuple[tuple[str, Role], ...]:
    """Pairs of id and role, selected from one list per role."""
    options = sorted(names, key=names.__getitem__)
    pairs: list[tuple[str, Role]] = []
    columns = st.columns(2)
    for at, role in enumerate(roles):
        selected_ids = [item for item, its in given if its is role]
        picked = columns[at % 2].multiselect(
            f"{title}: {label(role)}",
            options,
            default=list(dict.fromkeys(selected_ids)),
            format_func=names.__getitem__,
            key=f"{key}_{role.value}",
            placeholder=_("none"),
            select_all=False,
        )
        pairs += [(item, role) for item in picked]
    return tuple(pairs)
