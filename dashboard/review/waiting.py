"""What reading found, as records that wait for an analyst: suggestions and unknown names."""

from collections.abc import Iterable, Iterator

from dashboard.gazetteer.unknown import UnknownPlace
from dashboard.model.records import SuggestionRecord, UnknownPlaceRecord, UnknownStatus
from dashboard.model.suggestion import Suggestion, SuggestionStatus


def pending(suggestion_id: str, article_id: str, suggestion: Suggestion) -> SuggestionRecord:
    """A suggestion that nobody has looked at yet."""
    return SuggestionRecord(
        suggestion_id, article_id, suggestion, SuggestionStatus.PENDING, event_id=None, why=""
    )


def queued(
    names: Iterable[UnknownPlace], article_id: str, text: str
) -> Iterator[tuple[str, UnknownPlaceRecord]]:
    """The ids and records of the unknown names in an article's text."""
    for name in names:
        record = UnknownPlaceRecord(
            article_id=article_id,
            name=name.surface,
            kind_word=name.kind_word,
            classes=tuple(found.value for found in name.classes),
            near=name.near,
            start=name.start,
            end=name.end,
            sentence=text[name.sentence[0] : name.sentence[1]],
            status=UnknownStatus.QUEUED,
            place_id=None,
        )
        yield f"{article_id}:{name.start}", record
