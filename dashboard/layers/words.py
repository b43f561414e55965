"""A layer in words: its source and days, and which of its shapes the timeline does not hide."""

from dashboard.dates.precision import interval_precision
from dashboard.language.messages import _, plural
from dashboard.language.words import comma, isolate, span, when
from dashboard.layers.folder import Layer, LayerTexts
from dashboard.model.when import DatePrecision, When


def layer_source(texts: LayerTexts) -> str:
    """Source, days and licence of a layer as one line."""
    parts = [_isolated(texts.source), layer_days(texts), _isolated(texts.licence)]
    return comma([part for part in parts if part])


def _isolated(text: str) -> str:
    return isolate(text) if text else ""


def layer_days(texts: LayerTexts) -> str:
    """The days that a layer is of, e.g. "January 2021"; "" for none."""
    precision = interval_precision(texts.start, texts.end)
    if precision in {DatePrecision.DAY, DatePrecision.MONTH}:
        return when(When(texts.start, texts.end, precision))
    return span(texts.start, texts.end)


def other_labels() -> str:
    """The name of all labels that have no colour of their own."""
    return _("others, or without a label")


def undated_note(layer: Layer) -> str:
    """That features without a date stay on the map, if others of the layer have dates."""
    counts = layer.record.counts
    if not counts.dated or not counts.undated:
        return ""
    return plural(
        "{n} shape without a date, always shown",
        "{n} shapes without a date, always shown",
        counts.undated,
    )
