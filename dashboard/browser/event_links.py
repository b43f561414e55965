"""The events of other datasets that tell of the same happening, as HTML with links to each."""

from collections.abc import Iterable

from dashboard.browser.links import href
from dashboard.language.messages import _
from dashboard.text.escape import escape


def linked_events_html(linked: Iterable[tuple[str, str, str | None]]) -> str:
    """A list such as "also reported by ACLED: Clash at Ain Issa"; "" without any.

    `linked` has the name of the dataset, the id of the event, and its title, `None` if it is not shown.
    """
    words = _("also reported by {dataset}:")
    items = "".join(
        f"<li><em>{words.format(dataset=f'<bdi>{escape(name)}</bdi>')}</em> "
        f"{_event(event_id, title)}</li>"
        for name, event_id, title in linked
    )
    return f'<ul class="relations linked">{items}</ul>' if items else ""


def related_events_html(related: Iterable[tuple[str, str, str | None]]) -> str:
    """The same for relations: words, the id of the other event, and its title."""
    items = "".join(
        f"<li><em>{escape(words)}</em> {_event(event_id, title)}</li>"
        for words, event_id, title in related
    )
    return f'<ul class="relations">{items}</ul>' if items else ""


def _event(event_id: str, title: str | None) -> str:
    if title is None:
        gone = _(
            "event {id}, which is not here: its dataset is hidden, removed, or was never imported"
        )
        return gone.format(id=f"<bdi>{escape(event_id)}</bdi>")
    address = href("./", event=event_id, tab="evidence")
    return f'<a href="{address}" target="_self"><bdi>{escape(title)}</bdi></a>'
