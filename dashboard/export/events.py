"""The selection as one flat table: a row an event, with its best known place."""

from dashboard.export.selection import Export, records
from dashboard.export.tables import write_csv
from dashboard.model.place import PlacePrecision
from dashboard.model.selected import SelectedEvents

_OF_EVENT = (
    "event_id", "dataset", "kind", "date_start", "date_end", "date_precision", "title_en",
    "title_ar",
)  # fmt: skip
_OF_PLACE = {
    "place": "name_en",
    "latitude": "lat",
    "longitude": "lon",
    "place_precision": "precision",
    "uncertainty_m": "uncertainty_m",
}
_AFTER = (
    "attestation", "origins_asserting", "claims_asserting", "claims_denying", "claims_doubting",
    "reviewed", "places_en", "actors_en", "sources",
)  # fmt: skip
# From the best known to the least.
_PRECISIONS = [precision.value for precision in PlacePrecision]


def event_csv(selected: SelectedEvents, export: Export) -> bytes:
    """CSV in UTF-8; of several places of an event the best known, all others in `places_en`."""
    places: dict[str, dict[str, object]] = {}
    for place in records(export.places):
        best = places.setdefault(place["event_id"], place)
        if _PRECISIONS.index(place["precision"]) < _PRECISIONS.index(str(best["precision"])):
            places[place["event_id"]] = place
    rows = []
    for event in records(export.events):
        place = places.get(event["event_id"], {})
        event["dataset"] = selected.datasets[event["event_id"]]
        where = [place.get(name) for name in _OF_PLACE.values()]
        rows.append([*(event[k] for k in _OF_EVENT), *where, *(event[k] for k in _AFTER)])
    return write_csv([*_OF_EVENT, *_OF_PLACE, *_AFTER], rows)
