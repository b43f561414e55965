"""When an event happened, by the date of its clause or the day of publication, and why."""

from datetime import date

from dashboard.dates.find import DateMention
from dashboard.dates.precision import interval_precision
from dashboard.dates.resolve import days_before
from dashboard.extraction.date_mentions import ActDate, DateUse, date_of_act
from dashboard.extraction.scene import Article, Scene
from dashboard.extraction.sentence import EventHit
from dashboard.model.message import StoredText, joined, message
from dashboard.model.when import DatePrecision, When

# News without a date is taken as of the two days before it was published, and that day.
_NEWS_DAYS = 2
# How many characters of a date's words a reason repeats; a run of white space in them has no end.
_MAX_QUOTED = 200


def event_date(
    scene: Scene, article: Article, hit: EventHit, *, background: bool
) -> tuple[When, StoredText]:
    """The days in which the event is said to have happened, and why it is these.

    `background` marks an event that the article recalls from an earlier time.
    """
    dated, published = date_of_act(scene, hit), article.published
    if dated is not None:
        return _dated(dated, published)
    undated = message("no date in the sentence")
    if published is None:
        return When(), message(
            "no date in the sentence, and the article states no publication date"
        )
    if background:
        return (
            When(None, published, DatePrecision.OPEN),
            joined(
                message("reported as background of a text of {date}", date=published),
                message("no earlier bound"),
            ),
        )
    start = days_before(published, _NEWS_DAYS)
    news = message("reported as news on {date}, so taken as of the two days before", date=published)
    precision = DatePrecision.WEEK if start else DatePrecision.OPEN
    return When(start, published, precision), joined(undated, news)


def _dated(dated: ActDate, published: date | None) -> tuple[When, StoredText]:
    when, reason = _mentioned(dated.mention)
    if when.start is None or when.end is None:
        return when, reason
    if dated.use is DateUse.OF_REPORT:
        start = days_before(when.start, _NEWS_DAYS)
        why = joined(reason, message("the day of the report, so taken as of the two days before"))
        return When(start, when.end, interval_precision(start, when.end)), why
    if dated.use is DateUse.SINCE and published and published > when.start:
        since = When(when.start, published, interval_precision(when.start, published))
        return since, joined(reason, message("since then"))
    return when, reason


def _mentioned(mention: DateMention) -> tuple[When, StoredText]:
    words = mention.surface
    if len(words) > _MAX_QUOTED:
        words = f"{words[:_MAX_QUOTED]}…"
    if mention.when is None and mention.anchor_needed:
        return When(), message(
            "“{words}” needs a publication date to be reckoned from", words=words
        )
    reason = message("“{words}”: {rest}", words=words, rest=mention.reason)
    return mention.when or When(), reason
