"""When an event happened, by the date of its clause or the day of publication, and why."""

from dashboard.dates.find import DateMention
from dashboard.dates.resolve import days_before
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
    mention = _date_mention(scene, hit)
    if mention is not None:
        return _mentioned(mention)
    undated, published = message("no date in the sentence"), article.published
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


def _date_mention(scene: Scene, hit: EventHit) -> DateMention | None:
    """The date of the event's clause, or of the nearest clause of its part of the sentence.

    Of two clauses as near, one that "which" opens comes before the earlier one.
    """
    sentence = scene.sentence
    clause = sentence.clauses[hit.at]
    among = scene.date_index.in_part(sentence.parts[hit.at])
    before, later = scene.date_index.nearest_clauses(clause, among)
    nearest = before if later is None else later
    if nearest is None:
        return None
    if before is not None and later is not None and clause - before <= later - clause:
        opened = clause - before == later - clause and later in sentence.relative_clauses
        nearest = later if opened else before
    return scene.dates[scene.date_index.in_clauses(nearest, nearest, among).start][1]
