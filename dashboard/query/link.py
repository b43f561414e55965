"""The link as a typed schema, e.g. "?kind=arrest&from=2021-01-18" <-> Query.

Unknown keys are ignored, bad values are dropped with a notice, nothing is ever executed.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import TypeVar

from dashboard.query.facets import FACETS
from dashboard.query.query import MapView, Query

T = TypeVar("T")
Params = Mapping[str, Sequence[str]]

TABS = ("events", "evidence", "shelf", "table")
# Longer search words are not typed by people, and would only fill the address bar.
MAX_TEXT = 200
MAX_PLACES = 300
_ZOOMS = range(4, 17)


def to_params(query: Query) -> dict[str, list[str]]:
    """The query as link parameters; what is as on the start page is left out."""
    params = {facet.key: list(getattr(query, facet.field)) for facet in FACETS}
    params["q"] = [query.text] if query.text else []
    params["from"] = [query.start.isoformat()] if query.start else []
    params["to"] = [query.end.isoformat()] if query.end else []
    params["map"] = [_view_text(query.view)] if query.view else []
    params["at"] = [".".join(query.place_ids)] if query.place_ids else []
    params["event"] = [query.event_id] if query.event_id else []
    params["tab"] = [query.tab] if query.tab != "events" else []
    params["basemap"] = ["online"] if query.online else []
    params["unreviewed"] = ["shown"] if query.unreviewed else []
    return {key: values for key, values in params.items() if values}


def from_params(
    params: Params, vocabulary: Mapping[str, frozenset[str]]
) -> tuple[Query, tuple[str, ...]]:
    """The query that a link carries, and a notice for each value that was dropped.

    `vocabulary` gives the known values: per facet field, and under "event_id" and "place_ids".
    """
    notices: list[str] = []
    fields: dict[str, tuple[str, ...]] = {
        facet.field: _known(params, facet.key, vocabulary[facet.field], notices) for facet in FACETS
    }
    start = _one(params, "from", date.fromisoformat, notices)
    end = _one(params, "to", date.fromisoformat, notices)
    if start and end and start > end:
        notices.append(f"The link's dates are in the wrong order ({start} to {end}): left out.")
        start = end = None
    split = {"at": [part for value in params.get("at", ()) for part in value.split(".") if part]}
    events = _known(params, "event", vocabulary["event_id"], notices)
    query = Query(
        **fields,
        text=_one(params, "q", _text, notices) or "",
        start=start,
        end=end,
        view=_one(params, "map", _view, notices),
        place_ids=_known(split, "at", vocabulary["place_ids"], notices)[:MAX_PLACES],
        event_id=events[0] if events else None,
        tab=_one(params, "tab", _tab, notices) or "events",
        online=_one(params, "basemap", _only("online"), notices) or False,
        unreviewed=_one(params, "unreviewed", _only("shown"), notices) or False,
    )
    return query, tuple(notices)


def _known(
    params: Params, key: str, allowed: frozenset[str], notices: list[str]
) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(params.get(key, ())))
    notices.extend(_notice(key, value) for value in values if value not in allowed)
    return tuple(value for value in values if value in allowed)


def _one(params: Params, key: str, read: Callable[[str], T], notices: list[str]) -> T | None:
    values = params.get(key, ())
    if not values:
        return None
    try:
        return read(values[-1])
    except ValueError:
        notices.append(_notice(key, values[-1]))
        return None


def _notice(key: str, value: str) -> str:
    return f"The link's {key}={value[:60]!r} is not known here: left out."


def _text(value: str) -> str:
    if len(value) > MAX_TEXT or not value.isprintable():
        raise ValueError(value)
    return value


def _tab(value: str) -> str:
    if value not in TABS:
        raise ValueError(value)
    return value


def _only(word: str) -> Callable[[str], bool]:
    """Reads a switch: on if the value is `word`, and nothing else is known."""

    def read(value: str) -> bool:
        if value != word:
            raise ValueError(value)
        return True

    return read


def _view_text(view: MapView) -> str:
    return f"{view.lat:.4f},{view.lon:.4f},{view.zoom}"


def _view(value: str) -> MapView:
    lat_text, lon_text, zoom_text = value.split(",")
    lat, lon, zoom = float(lat_text), float(lon_text), int(zoom_text)
    inside = isfinite(lat) and isfinite(lon) and abs(lat) <= 85 and abs(lon) <= 180
    if not inside or zoom not in _ZOOMS:
        raise ValueError(value)
    return MapView(round(lat, 4), round(lon, 4), zoom)
