"""Records for an analyst to decide, built from a reading: suggestions and unknown place names."""

from collections.abc import Iterable, Iterator

from dashboard.gazetteer.unknown import UnknownPlace
from dashboard.model.records import SuggestionRecord, UnknownPlaceRecord, UnknownStatus
from dashboard.model.suggestion import Suggestion, SuggestionStatus


def pending_suggestion(
    suggestion_id: str, article_id: str, suggestion: Suggestion
) -> SuggestionRecord:
    """The record of a suggestion that nobody has reviewed yet."""
    return SuggestionRecord(
        suggestion_id, article_id, suggestion, SuggestionStatus.PENDING, event_id=None, why=""
    )


def unknown_place_records(
    names: Iterable[UnknownPlace], article_id: str, text: str
) -> Iterator[tuple[str, UnknownPlaceRecord]]:
    """The ids and records of the unknown names in an article's text."""
    for name in names:
        record = UnknownPlaceRecord(
            article_id=article_id,
            name=name.surface,
            kind_word=name.kind_word,
            classes=tuple(each.value for each in name.classes),
            near=name.near,
            start=name.start,
            end=name.end,
            sentence=text[name.sentence[0] : name.sentence[1]],
            status=UnknownStatus.QUEUED,
            place_id=None,
        )
        yield f"{article_id}:{name.start}", record
