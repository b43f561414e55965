"""A claim by hand: words of an article, or a note; of an existing event, or of a new one."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.browser.article import article_line_html
from dashboard.browser.reading import span_of
from dashboard.language.messages import N_, _
from dashboard.language.names import title_of
from dashboard.language.words import isolate
from dashboard.model.corpus import Corpus
from dashboard.model.event import ActorRole, EventGroup, PlaceRole, Stance
from dashboard.model.message import message
from dashboard.model.records import PlaceRecord, Table
from dashboard.model.when import When
from dashboard.project.project import Loaded
from dashboard.review.claims import ClaimDraft, add_claim
from dashboard.review.draft import Draft, title
from dashboard.review.edit_session import EditSession
from dashboard.review.event_search import Likeness
from dashboard.review.events import create_event
from dashboard.review.notes import note_of
from dashboard.store.merge import with_place
from dashboard.store.workspace import Change
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.form_draft import DraftedForm, drafted, forget_draft
from dashboard.ui.review.claim_form import claim_form
from dashboard.ui.review.event_choice import event_choice
from dashboard.ui.review.event_form import event_form
from dashboard.ui.review.opened import opened_now
from dashboard.ui.review.point_place import point_in_link, point_place
from dashboard.ui.state.address_bar import change_params, param
from dashboard.ui.state.drawn_forms import form_key

_KEY = "new_claim"
_LONGEST_NOTE = 5_000
# Parameters of a link to this panel.
_PARAMS = ("new", "article", "words", "into", "at")
_TARGETS = {"new": N_("a new event"), "existing": N_("an event that is here already")}


def new_claim_panel(loaded: Loaded) -> None:
    """Show where the claim comes from, its fields, and the event that it is of."""
    shell.heading(_("A claim by hand"))
    with drafted(_form()):
        _fields(loaded)


def _form() -> DraftedForm:
    """The form of the link: each article, words and event have their own draft."""
    link = {name: param(name) for name in _PARAMS if param(name)}
    name = ":".join(["new_claim", *(param(each) for each in _PARAMS[1:])])
    return DraftedForm(name, _KEY, "_target", _("A claim by hand"), {"page": "review", **link})


def _fields(loaded: Loaded) -> None:
    article = loaded.corpus.articles.get(param("article"))
    span = span_of(f"text:{param('words')}", len(article.text)) if article else None
    note = ""
    draft: ClaimDraft | None = None
    if article is not None and span is not None:
        st.html(article_line_html(loaded.corpus, article))
        given = ClaimDraft(article.article_id, span.start, span.end, Stance.ASSERTS)
        draft = claim_form(loaded, given, key=f"{form_key(_KEY)}_{span.start}_{span.end}")
    else:
        if param("article"):
            st.warning(_("The words in the link do not exist here."))
        note = st.text_area(
            _("Note"),
            key=f"{form_key(_KEY)}_note",
            max_chars=_LONGEST_NOTE,
            placeholder=_("what is known, and from where; it becomes the sentence of the claim"),
            help=_("To quote an article instead, select the words on the Articles page."),
        ).strip()
    into = param("into")
    options = list(_TARGETS)
    target = st.radio(
        _("It is a claim of"),
        options,
        index=options.index("existing") if into in loaded.corpus.events.events else 0,
        format_func=lambda name: _(_TARGETS[name]),
        key=f"{form_key(_KEY)}_target",
        horizontal=True,
    )
    if target == "existing":
        _of_existing(loaded, draft, note, into)
    else:
        _of_new(loaded, draft, note)


def _of_existing(loaded: Loaded, draft: ClaimDraft | None, note: str, into: str) -> None:
    if into in loaded.corpus.events.events:
        event_id: str | None = into
        st.text(title_of(loaded.corpus.events.events[into]))
    else:
        event_id = event_choice(loaded, _("The event"), _like(loaded, draft), key=form_key(_KEY))
    why = _reason()
    needs = {
        _("a note, or words of an article"): draft is not None or bool(note),
        _("an event"): event_id is not None,
        _("a reason"): bool(why),
    }
    if action_button(_("Add the claim"), needs=needs, type="primary") and event_id:
        opened = opened_now(loaded, event_id)

        def add() -> str:
            session, claim, sources, texts = _source(loaded, draft, note)
            add_claim(session, opened, claim, why=why, sources=sources, texts=texts)
            return opened.event_id

        _finish(loaded, _("Added a claim to: {title}"), title_of(opened.record.event), add)


def _of_new(loaded: Loaded, draft: ClaimDraft | None, note: str) -> None:
    point = point_in_link()
    place = point_place(loaded, point, key=f"{form_key(_KEY)}_point") if point else None
    fields = _event_fields(loaded, draft, place) if place or not point else None
    why = _reason()
    needs = {
        _("a note, or words of an article"): draft is not None or bool(note),
        _("a place at the point"): place is not None or not point,
        _("a reason"): bool(why),
    }
    if action_button(_("Create the event"), needs=needs, type="primary") and fields:

        def create() -> str:
            session, claim, sources, texts = _source(loaded, draft, note)
            if place and place.place.place_id not in session.corpus.gazetteer.places:
                added = session.change(Table.PLACE, place.place.place_id, place)
                sources = [*sources, added]
            return create_event(session, fields, [claim], why=why, sources=sources, texts=texts)

        _finish(loaded, _("Created: {title}"), title_of(fields), create)


def _event_fields(
    loaded: Loaded, draft: ClaimDraft | None, place: PlaceRecord | None
) -> Draft | None:
    """The fields of the event, which is at `place` if a point of the map was chosen."""
    key = f"{form_key(_KEY)}_event"
    if place is None:
        return event_form(loaded.corpus, _empty(loaded.corpus, loaded, draft), [], key=key)
    place_id = place.place.place_id
    corpus = with_place(loaded.corpus, place)
    given = _empty(corpus, loaded, draft, place_id)
    return event_form(corpus, given, [], key=f"{key}_{place_id}")


def _source(
    loaded: Loaded, draft: ClaimDraft | None, note: str
) -> tuple[EditSession, ClaimDraft, Sequence[Change], Sequence[tuple[str, str]]]:
    """The claim with what has to be written with it, if it quotes a note."""
    session = edit_session(loaded)
    if draft is not None:
        return session, draft, (), ()
    written = note_of(session, note)
    return written.session, written.claim, written.changes, written.texts


def _finish(loaded: Loaded, what: str, title: str, action: Callable[[], str]) -> None:
    """Run the action, and show the event that it returns; else the input stays."""
    done: list[str] = []
    if act(loaded, what.format(title=isolate(title)), lambda: done.append(action())):
        forget_draft(_form())
        # The page of the event, as a link to it opens it.
        change_params(dict.fromkeys(_PARAMS, ()) | {"event": done})
    st.rerun()


def _empty(
    corpus: Corpus, loaded: Loaded, draft: ClaimDraft | None, place_id: str | None = None
) -> Draft:
    """The fields of a new event, with what the reading found in the words of its claim.

    With `place_id`, a place of `corpus`, it is there.
    """
    # The unknown kind, which is a row of the lexicon, until the analyst chooses one.
    kinds = corpus.lexicon.kinds
    kind = next((key for key, row in kinds.items() if row.group == EventGroup.UNKNOWN), "")
    places: tuple[tuple[str, PlaceRole], ...] = ()
    actors: tuple[tuple[str, ActorRole], ...] = ()
    when = When(None, None, None)
    reason = message("entered by an analyst")
    if draft is not None:
        reading = loaded.readings.reading(draft.article_id)
        within = partial(_within, draft)
        found = [mention.place_id for mention in reading.places if within(mention.start)]
        places = tuple((key, PlaceRole.AT) for key in dict.fromkeys(found) if key)
        parties = [mention.actor_id for mention in reading.actors if within(mention.start)]
        actors = tuple((key, ActorRole.PARTY) for key in dict.fromkeys(parties))
        dates = [m.when for m in reading.dates if m.when and within(m.start)]
        when = dates[0] if dates else when
    if place_id is not None:
        places = ((place_id, PlaceRole.AT),)
    keys = [key for key, _role in places], [key for key, _role in actors]
    return Draft(
        kind,
        title(corpus, kind, *keys, arabic=False),
        title(corpus, kind, *keys, arabic=True),
        when,
        reason,
        places,
        actors,
    )


def _within(draft: ClaimDraft, position: int) -> bool:
    return draft.start <= position < draft.end


def _like(loaded: Loaded, draft: ClaimDraft | None) -> Likeness:
    fields = _empty(loaded.corpus, loaded, draft)
    return Likeness(
        "",
        None if fields.when.undated else fields.when,
        frozenset(key for key, _role in fields.places),
        frozenset(key for key, _role in fields.actors),
    )


def _reason() -> str:
    return st.text_input(_("Reason for the change"), key=f"{form_key(_KEY)}_why").strip()
