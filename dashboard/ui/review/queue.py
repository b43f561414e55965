"""The suggestions to review, as a list to choose from."""

import streamlit as st

from dashboard.browser.suggestion_rows import suggestion_rows
from dashboard.language.messages import N_, _, plural
from dashboard.model.records import StoredSuggestion, SuggestionRecord, Table, Versioned
from dashboard.model.suggestion import SuggestionStatus
from dashboard.project.project import Loaded
from dashboard.ui.components.controls import event_list
from dashboard.ui.state.address_bar import param
from dashboard.ui.state.session import SessionValue

Suggestions = dict[str, StoredSuggestion]

CHOSEN = SessionValue[str | None]("suggestion_chosen", None)
_PAGE = 40
_LIMIT = SessionValue("queue_limit", _PAGE)
_ALL = N_("all articles")


def queue(loaded: Loaded) -> Suggestions:
    """Show the pending suggestions of all articles or of one. Returns those shown, by id."""
    pending = _pending(loaded)
    article_id = _article_choice(loaded, {_article_of(item) for item in pending.values()})
    shown = {key: item for key, item in pending.items() if article_id in (_ALL, _article_of(item))}
    st.caption(plural("{n} suggestion to review", "{n} suggestions to review", len(shown)))
    limit = _LIMIT.get()
    with st.container(key="side_panel", border=False):
        event_list(
            [suggestion_rows(loaded.corpus, list(shown.values())[:limit], chosen_in(shown))],
            more=plural("{n} more", "{n} more", len(shown) - limit) if len(shown) > limit else None,
            key="queue",
            on_choose=CHOSEN.set,
            on_more=lambda: _LIMIT.set(limit + _PAGE),
        )
    return shown


def _pending(loaded: Loaded) -> Suggestions:
    """The pending suggestions whose article is in the corpus, in the order of the text."""
    stored = loaded.workspace.all(Table.SUGGESTION, status=SuggestionStatus.PENDING.value)
    return {
        key: Versioned(item.value, item.version)
        for key, item in stored.items()
        if isinstance(item.value, SuggestionRecord)
        and item.value.article_id in loaded.corpus.articles
    }


def _article_of(item: StoredSuggestion) -> str:
    return item.value.article_id if item.value else ""


def _article_choice(loaded: Loaded, article_ids: set[str]) -> str:
    articles = loaded.corpus.articles
    linked = param("article")
    options = [_ALL, *sorted(article_ids | ({linked} & articles.keys()))]
    return st.selectbox(
        _("From"),
        options,
        index=options.index(linked) if linked in options else 0,
        format_func=lambda key: _(key) if key == _ALL else articles[key].headline or key,
        key="queue_article",
    )


def chosen_in(shown: Suggestions) -> str | None:
    """The suggestion that was clicked or linked, else the first."""
    selected_id = CHOSEN.get() or param("suggestion")
    return selected_id if selected_id in shown else next(iter(shown), None)


def following(shown: Suggestions, current: str) -> str | None:
    """The suggestion after this one, or the first if it is the last."""
    keys = list(shown)
    after = keys[keys.index(current) + 1 :]
    return next(iter([*after, *(key for key in keys if key != current)]), None)
