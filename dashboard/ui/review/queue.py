"""The suggestions to review, as a list to choose from."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import streamlit as st

from dashboard.browser.comments import for_words
from dashboard.browser.suggestion_rows import suggestion_rows
from dashboard.language.messages import N_, _, plural
from dashboard.language.names import both_names, name_of
from dashboard.model.records import StoredSuggestion, SuggestionRecord, Table, Versioned
from dashboard.model.suggestion import SuggestionStatus
from dashboard.project.project import Loaded
from dashboard.ui.components.controls import event_list
from dashboard.ui.review.in_hand import in_hand_words
from dashboard.ui.state.address_bar import change_params, param
from dashboard.ui.state.session import SessionValue

Suggestions = dict[str, StoredSuggestion]
# The names of others who have a suggestion open, by its id.
InHand = Mapping[str, list[str]]
NO_OTHERS: InHand = MappingProxyType({})

CHOSEN = SessionValue[str | None]("suggestion_chosen", None)
_PAGE = 40
_LIMIT = SessionValue("queue_limit", _PAGE)
_ALL = N_("all articles")


def queue(loaded: Loaded, others: InHand = NO_OTHERS) -> Suggestions:
    """Show the suggestions that the filters leave, those to review or those deferred. Returns them.

    `others` have some of them in hand.
    """
    status = _status()
    waiting = suggestions_of(loaded, status)
    article_id = _article_choice(loaded, {_article_of(item) for item in waiting.values()})
    wanted = _filters(loaded, waiting)
    shown = {
        key: item
        for key, item in waiting.items()
        if article_id in (_ALL, _article_of(item)) and item.value and wanted(item.value)
    }
    if status is SuggestionStatus.DEFERRED:
        st.caption(plural("{n} deferred suggestion", "{n} deferred suggestions", len(shown)))
    else:
        st.caption(plural("{n} suggestion to review", "{n} suggestions to review", len(shown)))
    limit = _LIMIT.get()
    with st.container(key="side_panel", border=False):
        event_list(
            [
                suggestion_rows(
                    loaded.corpus,
                    list(shown.values())[:limit],
                    chosen_in(shown, others),
                    _notes(loaded, others),
                )
            ],
            more=plural("{n} more", "{n} more", len(shown) - limit) if len(shown) > limit else None,
            key="queue",
            on_choose=choose,
            on_more=lambda: _LIMIT.set(limit + _PAGE),
        )
    return shown


def _notes(loaded: Loaded, others: InHand) -> dict[str, list[str]]:
    """To whom suggestions are assigned, and who has them in hand, by their ids."""
    notes = {
        item.item_id: [for_words(each.person)]
        for item, each in loaded.shared_work.assignments.items()
    }
    for suggestion_id, names in others.items():
        notes.setdefault(suggestion_id, []).append(in_hand_words(names))
    return notes


def choose(suggestion_id: str) -> None:
    """Show a suggestion of the list; a link to another one no longer counts."""
    CHOSEN.set(suggestion_id)
    change_params({"suggestion": []})


def follow_link() -> None:
    """Show the suggestion of a link that was just opened, whatever was chosen before."""
    linked = SessionValue("suggestion_linked", "")
    if param("suggestion") != linked.get():
        linked.set(param("suggestion"))
        CHOSEN.set(param("suggestion") or CHOSEN.get())


def _status() -> SuggestionStatus:
    options = [SuggestionStatus.PENDING, SuggestionStatus.DEFERRED]
    names = {SuggestionStatus.PENDING: _("to review"), SuggestionStatus.DEFERRED: _("deferred")}
    chosen = st.segmented_control(
        _("Suggestions"),
        options,
        default=options[0],
        format_func=names.__getitem__,
        key="queue_status",
        required=True,
    )
    return chosen or options[0]


def suggestions_of(loaded: Loaded, status: SuggestionStatus) -> Suggestions:
    """The suggestions of a status whose article is in the corpus, in the order of the text."""
    stored = loaded.workspace.all(Table.SUGGESTION, status=status.value)
    return {
        key: Versioned(item.value, item.version)
        for key, item in stored.items()
        if isinstance(item.value, SuggestionRecord)
        and item.value.article_id in loaded.corpus.articles
    }


def _filters(loaded: Loaded, waiting: Suggestions) -> Callable[[SuggestionRecord], bool]:
    """Show filters by kind, place and confidence; the function tells which suggestions they leave."""
    records = [item.value for item in waiting.values() if item.value]
    lexicon, places = loaded.corpus.lexicon, loaded.corpus.gazetteer.places
    kinds = {record.suggestion.kind for record in records} & lexicon.kinds.keys()
    sites = {place.place_id for record in records for place in record.suggestion.places}
    with st.expander(_("Filter")):
        chosen_kinds = st.multiselect(
            _("Kind of event"),
            sorted(kinds),
            format_func=lambda kind: name_of(lexicon.kinds[kind]),
            key="queue_kinds",
            placeholder=_("all"),
            select_all=False,
        )
        chosen_places = st.multiselect(
            _("Place"),
            sorted(key for key in sites if key in places),
            format_func=lambda key: both_names(places[key]),
            key="queue_places",
            placeholder=_("all"),
            select_all=False,
        )
        least = st.slider(
            _("Least confidence"), 0, 100, 0, 5, format="%d%%", key="queue_confidence"
        )

    def wanted(record: SuggestionRecord) -> bool:
        suggestion = record.suggestion
        at = {place.place_id for place in suggestion.places}
        return (
            (not chosen_kinds or suggestion.kind in chosen_kinds)
            and (not chosen_places or bool(at & set(chosen_places)))
            and round(100 * suggestion.confidence) >= least
        )

    return wanted


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


def chosen_in(shown: Suggestions, others: InHand = NO_OTHERS) -> str | None:
    """The suggestion that was clicked or linked, else the first that nobody else has in hand."""
    selected_id = CHOSEN.get() or param("suggestion")
    return selected_id if selected_id in shown else _first(shown, others)


def linked_outside(loaded: Loaded, shown: Suggestions) -> StoredSuggestion | None:
    """The suggestion of the link if it waits for a decision but is not in the list."""
    suggestion_id = param("suggestion")
    if not suggestion_id or suggestion_id in shown or CHOSEN.get() != suggestion_id:
        return None
    stored = loaded.workspace.get(Table.SUGGESTION, suggestion_id)
    if stored is None or not isinstance(stored.value, SuggestionRecord):
        return None
    waits = stored.value.status in (SuggestionStatus.PENDING, SuggestionStatus.DEFERRED)
    return Versioned(stored.value, stored.version) if waits else None


def following(shown: Suggestions, current: str, others: InHand = NO_OTHERS) -> str | None:
    """The suggestion after this one, or the first if it is the last; of those in nobody else's hand."""
    keys = list(shown)
    after = keys[keys.index(current) + 1 :]
    return _first([*after, *(key for key in keys if key != current)], others)


def _first(keys: Iterable[str], others: InHand) -> str | None:
    """The first that nobody else has in hand; if others have all of them, the first."""
    return min(keys, key=others.__contains__, default=None)
