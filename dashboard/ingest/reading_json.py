"""What was read in one article as JSON, e.g. {"places": [{"start": 4, "end": 12, ...}], ...}.

`docs/reading.schema.json` is the schema; offsets count code points of `text`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboard.documents.read import Document
from dashboard.extraction.reader import Reading
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.model.estimate import Estimate
from dashboard.model.place import Place
from dashboard.model.suggestion import SuggestedClaim, Suggestion
from dashboard.model.when import When


def reading_as_json(
    places: Mapping[str, Place], document: Document, reading: Reading, published: datetime | None
) -> dict[str, Any]:
    """The reading of a document; `published` is the time that the article states."""
    return {
        "file": document.name,
        "text": document.text,
        "published": published.isoformat() if published else None,
        "outlet": reading.outlet.outlet_id if reading.outlet else None,
        "places": [_place(places, mention) for mention in reading.places],
        "dates": [
            {**_span(mention), "surface": mention.surface, **_when(mention.when)}
            for mention in reading.dates
        ],
        "actors": [
            {**_span(mention), "surface": mention.surface, "actor_id": mention.actor_id}
            for mention in reading.actors
        ],
        "figures": [
            {
                **_span(figure),
                "words": document.text[figure.start : figure.end],
                "measure": figure.measure.value,
                "low": figure.low,
                "high": figure.high,
                "counted": figure.counted.value,
            }
            for figure in reading.figures
        ],
        "unknown_places": [
            {**_span(name), "surface": name.surface, "kind_word": name.kind_word}
            for name in reading.unknown
        ],
        "events": [_event(suggestion) for suggestion in reading.suggestions],
    }


def _span(mention: Any) -> dict[str, int]:
    return {"start": mention.start, "end": mention.end}


def _when(when: When | None, precision: str = "precision") -> dict[str, str | None]:
    return {
        "date_start": when.start.isoformat() if when and when.start else None,
        "date_end": when.end.isoformat() if when and when.end else None,
        precision: when.precision.value if when and when.precision else None,
    }


def _place(places: Mapping[str, Place], mention: PlaceMention) -> dict[str, object]:
    place = places.get(mention.place_id) if mention.place_id else None
    return {
        **_span(mention),
        "surface": mention.surface,
        "place_id": mention.place_id,
        "name_en": place.name_en if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "use": mention.use.value,
        "confidence": mention.confidence,
        "reason": str(mention.reason),
    }


def _event(suggestion: Suggestion) -> dict[str, object]:
    return {
        "kind": suggestion.kind,
        **_when(suggestion.when, "date_precision"),
        "places": [
            {"place_id": place.place_id, "role": place.role.value, **_span(place)}
            for place in suggestion.places
        ],
        "actors": [
            {"actor_id": actor.actor_id, "role": actor.role.value, **_span(actor)}
            for actor in suggestion.actors
        ],
        "claims": [_claim(claim, suggestion.confidence) for claim in suggestion.claims],
        "confidence": suggestion.confidence,
    }


def _claim(claim: SuggestedClaim, confidence: float) -> dict[str, object]:
    return {
        **_span(claim),
        "quote": claim.quote,
        "stance": claim.stance.value,
        "disputes": claim.disputes.value if claim.disputes else None,
        "speaker": claim.speaker_id or claim.speaker_actor_id or claim.speaker,
        "estimates": [_estimate(estimate) for estimate in claim.estimates],
        "confidence": confidence,
    }


def _estimate(estimate: Estimate) -> dict[str, object]:
    return {
        "measure": estimate.measure.value,
        "low": estimate.low,
        "best": estimate.best,
        "high": estimate.high,
        "counted": estimate.counted.value,
        "side": estimate.side,
        "words": estimate.words,
    }
