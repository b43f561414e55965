"""The link as a typed schema, e.g. "?kind=arrest&from=2021-01-18" <-> Query.

Unknown keys are ignored, bad values are dropped with a notice, nothing is ever executed.
"""

import re
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import TypeVar, cast

from dashboard.language.language import CODES, DATES, DIGITS, Language
from dashboard.language.messages import _
from dashboard.language.numbers import number
from dashboard.language.stored_text import translate
from dashboard.language.words import day, isolate
from dashboard.model.area import MOST_AREAS, Area, AreaError, parse_area
from dashboard.model.basemap_name import ONLINE, is_file_name
from dashboard.model.estimate import Measure
from dashboard.model.grid import MAX_ZOOM, MIN_ZOOM
from dashboard.model.layer_style import MOST_SHOWN, ShownLayer, parse_shown_layer
from dashboard.query.facets import FACETS
from dashboard.query.query import COLOURS, SHADINGS, SIZES, EstimateRange, MapView, Query
from dashboard.query.table_link import TABLE_KEYS, table_from, table_params
from dashboard.query.trend_link import TREND_KEYS, trend_from, trend_params

T = TypeVar("T")
Params = Mapping[str, Sequence[str]]

TABS = ("events", "evidence", "trends", "shelf", "table", "figure")
# People do not type longer search texts; they would only fill the address bar.
MAX_TEXT = 200
MAX_PLACES = 300
# In the link of a saved view, its id and a number; the page reads the other parameters.
SAVED = "saved"
# The keys of a link besides those of the filters.
_KEYS = (
    "q", "from", "to", "map", "at", "event", "tab", "basemap", "unreviewed", "view", "colour",
    "estimate", "measure", "size", "shade", "lang", "digits", "dates",
    "certain", "area", "layer", "extents", SAVED, *TREND_KEYS, *TABLE_KEYS,
)  # fmt: skip
# Keys that people write too.
_SYNONYMS = {"start": "from", "end": "to"}
_ZOOMS = range(MIN_ZOOM, MAX_ZOOM + 1)


def to_params(query: Query) -> dict[str, list[str]]:
    """The query as link parameters; fields with their default are omitted."""
    params = {facet.key: list(getattr(query, facet.field)) for facet in FACETS}
    params["q"] = [query.text] if query.text else []
    params["from"] = [query.start.isoformat()] if query.start else []
    params["to"] = [query.end.isoformat()] if query.end else []
    params["certain"] = ["dates"] if query.certain and (query.start or query.end) else []
    params["map"] = [f"{view.lat:.4f},{view.lon:.4f},{view.zoom}"] if (view := query.view) else []
    params["at"] = [".".join(query.place_ids)] if query.place_ids else []
    params["event"] = [query.event_id] if query.event_id else []
    params["tab"] = [query.tab] if query.tab != "events" else []
    params["basemap"] = [query.basemap] if query.basemap else []
    params["unreviewed"] = ["shown"] if query.unreviewed else []
    params["estimate"] = [_range_text(query.estimate)] if query.estimate else []
    params["area"] = list(map(str, query.areas))
    params["layer"] = list(map(str, query.layers))
    params["extents"] = [] if query.extents else ["hidden"]
    default = _default_measure(query.estimate)
    params["measure"] = [query.measure.value] if query.measure is not default else []
    params["size"] = [query.size] if query.size != SIZES[0] else []
    params["shade"] = [query.shading] if query.shading != SHADINGS[0] else []
    params["view"] = ["presentation"] if query.presentation else []
    params["colour"] = [query.colour] if query.colour != COLOURS[0] else []
    params |= trend_params(query.trend) | table_params(query.table)
    return {key: values for key, values in params.items() if values}


def from_params(
    params: Params, known: Mapping[str, Container[str]]
) -> tuple[Query, tuple[str, ...]]:
    """The query that a link carries, and a notice for each value that was dropped.

    `known` has the valid values by facet field, the ids of events and places, and the outlines by place.
    """
    notices: list[str] = []
    params = {_SYNONYMS.get(key, key): values for key, values in params.items()}
    fields: dict[str, tuple[str, ...]] = {
        facet.field: _known(params, facet.key, known[facet.field], notices) for facet in FACETS
    }
    start = _one(params, "from", date.fromisoformat, notices)
    end = _one(params, "to", date.fromisoformat, notices)
    if start and end and start > end:
        message = _("The link's dates are in the wrong order ({start} to {end}): ignored.")
        notices.append(message.format(start=day(start), end=day(end)))
        start = end = None
    split = {"at": [part for value in params.get("at", ()) for part in value.split(".") if part]}
    events = _known(params, "event", known["event_id"], notices)
    estimate = _one(params, "estimate", _range, notices)
    if estimate and _unordered(estimate):
        notices.append(_unordered_notice(estimate))
        estimate = None
    query = Query(
        **fields,
        text=_one(params, "q", _text, notices) or "",
        start=start,
        end=end,
        certain=_one(params, "certain", _among(("dates",)), notices) is not None,
        estimate=estimate,
        areas=_areas(params, known.get("outlines"), notices),
        view=_one(params, "map", _view, notices),
        place_ids=_known(split, "at", known["place_ids"], notices)[:MAX_PLACES],
        event_id=events[0] if events else None,
        tab=_one(params, "tab", _among(TABS), notices) or "events",
        trend=trend_from(lambda key, read: _one(params, key, read, notices)),
        table=table_from(lambda key, read: _one(params, key, read, notices)),
        basemap=_one(params, "basemap", _basemap, notices) or "",
        layers=_layers(params, notices),
        extents=_one(params, "extents", _among(("hidden",)), notices) is None,
        unreviewed=_one(params, "unreviewed", _among(("shown",)), notices) is not None,
        presentation=_one(params, "view", _among(("presentation",)), notices) is not None,
        colour=_one(params, "colour", _among(COLOURS), notices) or COLOURS[0],
        measure=_one(params, "measure", Measure, notices) or _default_measure(estimate),
        size=_one(params, "size", _among(SIZES), notices) or SIZES[0],
        shading=_one(params, "shade", _among(SHADINGS), notices) or SHADINGS[0],
    )
    return query, tuple(notices)


def unknown_keys(params: Params) -> list[str]:
    """The keys that no link of the page has; the page ignores them."""
    known = {*_KEYS, *_SYNONYMS, *(facet.key for facet in FACETS)}
    return [key for key in params if key not in known]


def language_params(language: Language) -> dict[str, str]:
    """The language as link parameters; digits and dates only where they are not the default."""
    params = {"lang": language.code, "digits": language.digits, "dates": language.dates}
    defaults = {"digits": Language().digits, "dates": Language().dates}
    return {key: value for key, value in params.items() if defaults.get(key) != value}


def language_from(params: Params, default: Language) -> Language:
    """The language of a link; what is missing or not valid is as in `default`."""
    ignored: list[str] = []
    return Language(
        _one(params, "lang", _among(CODES), ignored) or default.code,
        _one(params, "digits", _among(DIGITS), ignored) or default.digits,
        _one(params, "dates", _among(DATES), ignored) or default.dates,
    )


def _known(
    params: Params, key: str, allowed: Container[str], notices: list[str]
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


def _areas(params: Params, outlines: Container[str] | None, notices: list[str]) -> tuple[Area, ...]:
    areas: dict[Area, None] = {}
    known = outlines if isinstance(outlines, Mapping) else None
    for text in params.get("area", ()):
        try:
            areas[parse_area(text, known)] = None
        except AreaError as error:
            message = _("The link's {value} is ignored: {reason}.")
            shown = _shown("area", text)
            notices.append(message.format(value=shown, reason=translate(error.reason)))
    if len(areas) > MOST_AREAS:
        message = _("The link has more than {most} areas: the first {most} count.")
        notices.append(message.format(most=number(MOST_AREAS)))
    return tuple(areas)[:MOST_AREAS]


def _layers(params: Params, notices: list[str]) -> tuple[ShownLayer, ...]:
    """The layers of the link, each once; whether they are here is not known here."""
    layers: dict[str, ShownLayer] = {}
    for text in params.get("layer", ()):
        try:
            layer = parse_shown_layer(text)
        except ValueError:
            notices.append(_notice("layer", text))
        else:
            layers.setdefault(layer.layer_id, layer)
    if len(layers) > MOST_SHOWN:
        message = _("The link has more than {most} layers: the first {most} are shown.")
        notices.append(message.format(most=number(MOST_SHOWN)))
    return tuple(layers.values())[:MOST_SHOWN]


def _shown(key: str, value: str) -> str:
    return isolate(f"{key}={value[:60]!r}")


def _notice(key: str, value: str) -> str:
    return _("The link's {value} is not known here: ignored.").format(value=_shown(key, value))


def _default_measure(estimate: EstimateRange | None) -> Measure:
    """The measure that a link need not name: that of its filter, else those killed."""
    return estimate.measure if estimate else Measure.KILLED


def _range_text(estimate: EstimateRange) -> str:
    """A range as "killed:3..10", "killed:3.." or "killed:..10"."""
    low, high = ("" if it is None else str(it) for it in (estimate.low, estimate.high))
    return f"{estimate.measure.value}:{low}..{high}"


def _range(value: str) -> EstimateRange:
    match = re.fullmatch(r"([a-z]+):([0-9]{0,9})\.\.([0-9]{0,9})", value, re.ASCII)
    if match is None:
        raise ValueError(value)
    low, high = (int(text) if text else None for text in match.groups()[1:])
    if low is None and high is None:
        raise ValueError(value)
    return EstimateRange(Measure(match[1]), low, high)


def _unordered(estimate: EstimateRange) -> bool:
    return estimate.low is not None and estimate.high is not None and estimate.low > estimate.high


def _unordered_notice(estimate: EstimateRange) -> str:
    message = _("The link's numbers are in the wrong order ({low} to {high}): ignored.")
    return message.format(low=number(estimate.low or 0), high=number(estimate.high or 0))


def _text(value: str) -> str:
    if len(value) > MAX_TEXT or not value.isprintable():
        raise ValueError(value)
    return value


def _among(allowed: Sequence[T]) -> Callable[[str], T]:
    """A parser that accepts one of the allowed words, and raises ValueError for others."""

    def read(value: str) -> T:
        return allowed[allowed.index(cast("T", value))]

    return read


def _basemap(value: str) -> str:
    """A basemap's name; whether the file is there is not known here."""
    if value != ONLINE and not is_file_name(value):
        raise ValueError(value)
    return value


def _view(value: str) -> MapView:
    lat_text, lon_text, zoom_text = value.split(",")
    lat, lon, zoom = float(lat_text), float(lon_text), int(zoom_text)
    inside = isfinite(lat) and isfinite(lon) and abs(lat) <= 85 and abs(lon) <= 180
    if not inside or zoom not in _ZOOMS:
        raise ValueError(value)
    return MapView(round(lat, 4), round(lon, 4), zoom)
