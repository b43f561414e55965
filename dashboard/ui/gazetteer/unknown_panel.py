"""One unknown name: add its place, add it to a known place, or mark it as no place name."""

import streamlit as st

from dashboard.browser.reading import sentences_html
from dashboard.language.messages import _
from dashboard.language.names import both_names, name_of
from dashboard.language.stored_text import translate
from dashboard.language.words import isolate
from dashboard.model.message import message
from dashboard.model.place import Place
from dashboard.model.records import Table, UnknownPlaceRecord
from dashboard.project.project import Loaded
from dashboard.review.naming import dismiss_unknown, name_known, place_unknown
from dashboard.review.places import new_place, place_record, with_name
from dashboard.text.escape import escape
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.form_draft import DraftedForm, drafted, forget_draft
from dashboard.ui.gazetteer.place_form import place_form
from dashboard.ui.gazetteer.unknown_list import Seen, first_of

_REASONS = (
    message("no place"),
    message("no name, a description"),
    message("already in the gazetteer under another name"),
)


def unknown_panel(loaded: Loaded, name: str, seen: Seen) -> None:
    """Show one unknown name with its sentences and the three actions for it."""
    record = first_of(seen)
    records = [item.value for item in seen.values() if item.value]
    name_html = f'<bdi class="arabic">{escape(record.name)}</bdi>'
    shell.heading(_("Where is {name}?").format(name=name_html))
    st.html(sentences_html(loaded.corpus, records))
    near = _near(loaded, records)
    placing, naming, setting_aside = st.tabs(
        [_("Set its location"), _("Another name of a known place"), _("Not a place")]
    )
    with placing:
        _placing(loaded, name, seen, near)
    with naming:
        _naming(loaded, name, seen, near)
    with setting_aside:
        _setting_aside(loaded, name, seen)


def _near(loaded: Loaded, records: list[UnknownPlaceRecord]) -> list[Place]:
    places = loaded.corpus.gazetteer.places
    ids = dict.fromkeys(place_id for record in records for place_id in record.near)
    return [places[place_id] for place_id in ids if place_id in places][:20]


def _naming(loaded: Loaded, name: str, seen: Seen, near: list[Place]) -> None:
    record = first_of(seen)
    places = loaded.corpus.gazetteer.places
    likely = [place.place_id for place in near]
    options = [*likely, *sorted(places.keys() - set(likely), key=lambda key: name_of(places[key]))]
    place_id = st.selectbox(
        _("It is another name of"),
        options,
        index=None,
        placeholder=_("choose"),
        format_func=lambda key: both_names(places[key]),
        key=f"named_{name}",
    )
    why = st.text_input(_("How this is known"), key=f"named_why_{name}")
    needs = {_("the place"): place_id is not None, _("how this is known"): bool(why.strip())}
    if action_button(_("Add the name"), needs=needs) and place_id:
        before = place_record(loaded.corpus.gazetteer, place_id)
        after = with_name(before, record.name, why.strip())
        session = edit_session(loaded)
        version = session.version(Table.PLACE, place_id)
        act(
            loaded,
            _("{name} is now a name of {place}").format(
                name=isolate(record.name), place=isolate(name_of(before.place))
            ),
            lambda: name_known(session, seen, before, after, version=version, why=why.strip()),
        )
        st.rerun()


def _placing(loaded: Loaded, name: str, seen: Seen, near: list[Place]) -> None:
    record = first_of(seen)
    form = _new_place(name, record)
    with drafted(form) as key:
        draft = place_form(loaded, None, record.name, record.classes, near, key=key)
    needs = {_("both names, a point and its source"): draft is not None}
    if action_button(_("Add to the gazetteer"), needs=needs, type="primary") and draft:
        place = new_place(draft, record.name)
        if act(
            loaded,
            _("Location saved: {name}").format(name=isolate(name_of(draft))),
            lambda: place_unknown(edit_session(loaded), seen, place, why=draft.sources),
        ):
            forget_draft(form)
        st.rerun()


def _new_place(name: str, record: UnknownPlaceRecord) -> DraftedForm:
    """The form of the new place; the hyphen ends the name, which may be the beginning of another."""
    title = _("New place: {name}").format(name=isolate(record.name))
    link = {"page": "gazetteer", "unknown": name}
    return DraftedForm(f"place:{name}", f"new_place_{name}-", "_name_en", title, link)


def _setting_aside(loaded: Loaded, name: str, seen: Seen) -> None:
    record = first_of(seen)
    why = st.selectbox(
        _("Reason"),
        _REASONS,
        index=None,
        format_func=translate,
        accept_new_options=True,
        placeholder=_("choose, or type another"),
        key=f"aside_{name}",
    )
    if action_button(_("Remove from the list"), needs={_("a reason"): bool(why)}):
        act(
            loaded,
            _("Removed from the list: {name}").format(name=isolate(record.name)),
            lambda: dismiss_unknown(edit_session(loaded), seen, name=record.name, why=why or ""),
        )
        st.rerun()
