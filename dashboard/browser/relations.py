"""The events that are related to one event, as HTML with links to each."""

from dashboard.browser.links import href
from dashboard.language.labels import label
from dashboard.language.messages import _
from dashboard.language.names import title_of
from dashboard.model.corpus import Corpus
from dashboard.model.event import RelationKind
from dashboard.text.escape import escape


def relations_html(corpus: Corpus, event_id: str) -> str:
    """A list such as "follows: SDF pledge to hand over Ain Issa"; "" without a relation."""
    items = [
        f"<li><em>{words}</em> {_link(corpus, other)}</li>"
        for words, other in _relations(corpus, event_id)
    ]
    return f'<ul class="relations">{"".join(items)}</ul>' if items else ""


def _relations(corpus: Corpus, event_id: str) -> list[tuple[str, str]]:
    """How each related event is related, in words, and its id."""
    reversed_words = {
        RelationKind.PART_OF: _("has as a part"),
        RelationKind.FOLLOWS: _("is followed by"),
        RelationKind.RESPONDS_TO: _("is responded to by"),
        RelationKind.SAME_EVENT: _("is the same happening as"),
    }
    found = []
    for row in corpus.relations:
        if row.event_id == event_id:
            found.append((label(row.kind), row.related_id))
        elif row.related_id == event_id:
            found.append((reversed_words[row.kind], row.event_id))
    return found


def _link(corpus: Corpus, event_id: str) -> str:
    title = escape(title_of(corpus.events.events[event_id]))
    address = href("./", event=event_id, tab="evidence")
    return f'<a href="{address}" target="_self"><bdi>{title}</bdi></a>'
