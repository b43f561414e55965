"""The Review page: suggested events one by one, each beside its sentence and on a small map."""

import streamlit as st

from dashboard.browser.evidence import article_line_html
from dashboard.browser.reading import sentence_html
from dashboard.browser.suggestion_rows import suggestion_html, suggestion_rows
from dashboard.language.kept import told
from dashboard.language.messages import N_, _, plural
from dashboard.language.names import title_of
from dashboard.language.words import isolate, when
from dashboard.model.article import Article
from dashboard.model.records import Held, SuggestionRecord, Table
from dashboard.model.suggestion import SuggestionStatus
from dashboard.review.actions import accept, merge, reject
from dashboard.review.draft import Draft, draft
from dashboard.text.escape import escape_markdown
from dashboard.text.sentences import sentence_at
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, desk
from dashboard.ui.cached import Loaded
from dashboard.ui.components.event_list_control import event_list
from dashboard.ui.components.small_map import small_map
from dashboard.ui.components.workspace_fault import workspace_guarded
from dashboard.ui.review.event_edit import edit_event_panel
from dashboard.ui.review.event_form import event_form
from dashboard.ui.state.address_bar import param
from dashboard.ui.state.session import SessionValue

_PAGE = 40
_LIMIT = SessionValue("queue_limit", _PAGE)
_CHOSEN = SessionValue[str | None]("suggestion_chosen", None)
_CORRECTING = SessionValue[str | None]("suggestion_correcting", None)
_REASONS = (
    N_("not an event of these kinds"),
    N_("told as background only"),
    N_("not said to have happened"),
    N_("wrong place"),
    N_("already held"),
)
_ALL = N_("all articles")


@workspace_guarded
def page() -> None:
    """The queue on the left, the chosen suggestion on the right; or an event to edit."""
    loaded = shell.open_page()
    if loaded is None:
        return
    event_id = param("event")
    if event_id:
        edit_event_panel(loaded, event_id)
        return
    pending = _pending(loaded)
    left, right = st.columns([4, 9], gap="medium")
    with left:
        shown = _queue(loaded, pending)
    with right:
        _chosen(loaded, shown)


def _pending(loaded: Loaded) -> dict[str, Held[SuggestionRecord]]:
    """The suggestions that wait and whose article is held, in the order of the articles' text."""
    held = loaded.workspace.all(Table.SUGGESTION, status=SuggestionStatus.PENDING.value)
    return {
        key: Held(item.value, item.version)
        for key, item in held.items()
        if isinstance(item.value, SuggestionRecord)
        and item.value.article_id in loaded.corpus.articles
    }


def _queue(
    loaded: Loaded, pending: dict[str, Held[SuggestionRecord]]
) -> dict[str, Held[SuggestionRecord]]:
    articles = {item.value.article_id for item in pending.values() if item.value}
    asked = param("article")
    if asked in loaded.corpus.articles:
        articles.add(asked)
    options = [_ALL, *sorted(articles)]
    chosen = st.selectbox(
        _("From"),
        options,
        index=options.index(asked) if asked in options else 0,
        format_func=lambda key: (
            _(key) if key == _ALL else loaded.corpus.articles[key].headline or key
        ),
        key="queue_article",
    )
    shown = {
        key: item
        for key, item in pending.items()
        if chosen in (_ALL, item.value.article_id if item.value else None)
    }
    st.caption(plural("{n} suggestion to review", "{n} suggestions to review", len(shown)))
    limit = _LIMIT.get()
    with st.container(key="side_panel", border=False):
        event_list(
            [suggestion_rows(loaded.corpus, list(shown.values())[:limit], _current(shown))],
            more=plural("{n} more", "{n} more", len(shown) - limit) if len(shown) > limit else None,
            key="queue",
            on_choose=_CHOSEN.set,
            on_more=lambda: _LIMIT.set(limit + _PAGE),
        )
    return shown


def _current(shown: dict[str, Held[SuggestionRecord]]) -> str | None:
    chosen = _CHOSEN.get() or param("suggestion")
    return chosen if chosen in shown else next(iter(shown), None)


def _chosen(loaded: Loaded, shown: dict[str, Held[SuggestionRecord]]) -> None:
    current = _current(shown)
    if current is None:
        st.success(_("Nothing waits for review here. New articles bring new suggestions."))
        return
    held = _as_first_seen(shown[current])
    record = held.value
    if record is None:
        return
    article = loaded.corpus.articles[record.article_id]
    given = draft(record, loaded.corpus)
    text, where = st.columns([7, 5], gap="medium")
    with text:
        st.html(suggestion_html(loaded.corpus, record, given.title_en, given.title_ar))
    with where:
        small_map(loaded, [place.place_id for place in record.suggestion.places], key="review_map")
    st.html(article_line_html(loaded.corpus, article) + _sentences(loaded, article, record))
    correcting = _CORRECTING.get() == current
    corrected: Draft | None = given
    if correcting:
        with st.container(key="correct", border=True):
            quotes = [claim.quote for claim in record.suggestion.claims]
            corrected = event_form(loaded.corpus, given, quotes, key=f"form_{current}")
    _decide(loaded, held, corrected, shown, correcting=correcting)


def _as_first_seen(held: Held[SuggestionRecord]) -> Held[SuggestionRecord]:
    """The suggestion in the version that this browser saw first: a later one is a conflict."""
    if held.value is None:
        return held
    version = SessionValue(f"version_seen_{held.value.suggestion_id}", held.version).stored()
    return Held(held.value, version)


def _sentences(loaded: Loaded, article: Article, record: SuggestionRecord) -> str:
    """Every sentence that carries a claim, with what was read in it."""
    reading = loaded.readings.reading(article.article_id)
    claims = record.suggestion.claims
    around = dict.fromkeys(sentence_at(article.text, claim.start, claim.end) for claim in claims)
    spans = [(claim.start, claim.end, claim.stance.value) for claim in claims]
    return "".join(sentence_html(loaded.corpus, article, reading, spans, part) for part in around)


def _decide(
    loaded: Loaded,
    held: Held[SuggestionRecord],
    corrected: Draft | None,
    shown: dict[str, Held[SuggestionRecord]],
    *,
    correcting: bool,
) -> None:
    record = held.value
    if record is None:
        return
    into = _alike(loaded, record)
    why = st.selectbox(
        _("Reason"),
        _REASONS,
        format_func=told,
        index=None,
        key=f"why_{record.suggestion_id}",
        accept_new_options=True,
        placeholder=_("to reject: “{reason}” if you choose nothing").format(reason=_(_REASONS[0])),
    )
    following = _following(shown, record.suggestion_id)
    fit = {_("dates and titles that fit"): corrected is not None}
    with st.container(key="decide", horizontal=True):
        label = _("Accept as corrected") if correcting else _("Accept")
        if action_button(label, needs=fit, type="primary", shortcut="A") and corrected:
            _accept(loaded, held, corrected, why or "", following)
        needs = {**fit, _("an event chosen above"): into is not None}
        if action_button(_("Add to the event"), needs=needs, shortcut="M") and corrected and into:
            _merge(loaded, held, corrected, into, why or "", following)
        st.button(
            _("Close corrections") if correcting else _("Correct"),
            shortcut="E",
            on_click=lambda: _CORRECTING.set(None if correcting else record.suggestion_id),
        )
        if action_button(_("Reject"), shortcut="X"):
            _reject(loaded, held, why or _REASONS[0], following)
        st.button(
            _("Skip"),
            shortcut="S",
            on_click=lambda: _CHOSEN.set(following or record.suggestion_id),
        )


def _following(shown: dict[str, Held[SuggestionRecord]], current: str) -> str | None:
    """The suggestion after this one, or the first if it is the last."""
    keys = list(shown)
    after = keys[keys.index(current) + 1 :]
    return next(iter([*after, *(key for key in keys if key != current)]), None)


def _alike(loaded: Loaded, record: SuggestionRecord) -> str | None:
    """The event held already that the analyst takes the suggestion for, if any."""
    alike = loaded.held.like(record.suggestion)
    if not alike:
        return None
    events = loaded.corpus.events.events
    return st.radio(
        _("It may be a further claim on an event that is held already:"),
        alike,
        index=None,
        format_func=lambda key: escape_markdown(
            f"{isolate(title_of(events[key]))} ({when(events[key].when)})"
        ),
        key=f"alike_{record.suggestion_id}",
    )


def _accept(
    loaded: Loaded,
    held: Held[SuggestionRecord],
    corrected: Draft,
    why: str,
    following: str | None,
) -> None:
    done = act(
        loaded,
        _("Accepted: {title}").format(title=isolate(title_of(corrected))),
        lambda: accept(desk(loaded), held, corrected, why=why),
    )
    _go_on(following, done=done)


def _merge(
    loaded: Loaded,
    held: Held[SuggestionRecord],
    corrected: Draft,
    into: str,
    why: str,
    following: str | None,
) -> None:
    event = loaded.workspace.get(Table.EVENT, into)
    done = act(
        loaded,
        _("Added as a claim on: {title}").format(
            title=isolate(title_of(loaded.corpus.events.events[into]))
        ),
        lambda: merge(
            desk(loaded),
            held,
            corrected,
            into,
            version=event.version if event else 0,
            why=why,
        ),
    )
    _go_on(following, done=done)


def _reject(loaded: Loaded, held: Held[SuggestionRecord], why: str, following: str | None) -> None:
    if held.value is None:
        return
    made = draft(held.value, loaded.corpus)
    done = act(
        loaded,
        _("Rejected: {title}").format(title=isolate(title_of(made))),
        lambda: reject(desk(loaded), held, title=made.title_en, why=why),
    )
    _go_on(following, done=done)


def _go_on(following: str | None, *, done: bool) -> None:
    """Draw the page anew: with the next suggestion, or with why nothing was done."""
    if done:
        _CHOSEN.set(following)
        _CORRECTING.set(None)
    st.rerun()
