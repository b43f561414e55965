"""What a text says about itself: its outlet, its day of publication and its headline."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from dashboard.dates.published import Published, find_published
from dashboard.text.prepared import prepare
from dashboard.text.stated_outlet import OutletIndex
from dashboard.text.zones import Furniture, Zone, ZoneKind

# Most characters of a headline in a list; the text has all of it.
_HEADLINE = 160


@dataclass(frozen=True, slots=True)
class About:
    """The headline of a text, and what it states of its publication; `None`: it states nothing."""

    headline: str
    published: Published | None
    outlet_id: str | None


def about(text: str, furniture: Sequence[Furniture], outlets: OutletIndex) -> About:
    """The same as reading the whole text finds, without its places, parties and events."""
    prepared = prepare(text, furniture)
    outlet = outlets.find(prepared.folded)
    return About(
        headline=headline_of(text, prepared.zones),
        published=find_published(prepared),
        outlet_id=outlet.outlet_id if outlet else None,
    )


def headline_of(text: str, zones: Sequence[Zone]) -> str:
    """The headline zone of the text, or its first line, at most `_HEADLINE` characters."""
    of_kind = (text[zone.start : zone.end] for zone in zones if zone.kind is ZoneKind.HEADLINE)
    lines = (text[zone.start : zone.end] for zone in zones)
    words = next((words for line in chain(of_kind, lines) if (words := " ".join(line.split()))), "")
    return words if len(words) <= _HEADLINE else f"{words[:_HEADLINE].rsplit(' ', 1)[0]} …"
