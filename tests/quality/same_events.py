"""Pairs of made texts on one act or on two, and how many of them are offered as one event."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from dashboard.extraction.reader import Reader
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus, Events
from dashboard.review.draft import as_event, draft
from dashboard.review.rereading import pending_suggestion
from dashboard.review.same_event import likely_pairs
from dashboard.store.merge import with_unreviewed
from tests.quality.measure import Measured, Score

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class TextPair:
    """Two texts with their days of publication; `one` if they report the same act."""

    name: str
    one: bool
    texts: tuple[str, str]
    days: tuple[date, date]


def text_pairs() -> Iterator[TextPair]:
    """The pairs of pairs.txt."""
    blocks = (_FOLDER / "pairs.txt").read_text(encoding="utf-8").split("\n@ ")[1:]
    for block in blocks:
        head, _, body = block.partition("\n")
        name, kind, first, second = (part.strip() for part in head.split("|"))
        one, _, other = body.partition("\n---\n")
        days = (date.fromisoformat(first), date.fromisoformat(second))
        yield TextPair(name, kind == "one", (one.strip(), other.strip()), days)


def measure_pairs(corpus: Corpus, reader: Reader) -> Measured:
    """Of the pairs offered how many report one act, and of those that do how many are offered."""
    pairs = list(text_pairs())
    offered = [pair for pair in pairs if is_offered(pair, corpus, reader)]
    right = sum(pair.one for pair in offered)
    score = Score(right, found=len(offered), expected=sum(pair.one for pair in pairs))
    wrong = [f"{pair.name}: {'not ' if pair.one else ''}offered" for pair in pairs
             if pair.one != (pair in offered)]  # fmt: skip
    return Measured({"pairs": score}, wrong)


def is_offered(pair: TextPair, corpus: Corpus, reader: Reader) -> bool:
    """Whether events of the two texts are offered as one, if each suggestion is accepted as it is."""
    corpus = replace(corpus, events=Events({}, (), (), ()))
    records, speakers = [], []
    outlet = next(iter(corpus.lexicon.outlets))
    for number, (text, day) in enumerate(zip(pair.texts, pair.days, strict=True)):
        key = f"{pair.name}_{number}"
        at = datetime.combine(day, datetime.min.time())
        article = Article(key, key, key, outlet, key, "ar", at, None, None, "made", text)
        corpus = replace(corpus, articles={**corpus.articles, key: article})
        for at_text, suggestion in enumerate(reader.read(text, day).suggestions):
            record = pending_suggestion(f"{key}_s{at_text}", key, suggestion)
            event, new = as_event(record, draft(record, corpus))
            records.append(event)
            speakers += new
    accepted = with_unreviewed(corpus, records, speakers)
    articles = {claim.event_id: claim.article_id for claim in accepted.events.claims}
    found = likely_pairs(accepted)
    return any(articles[each.first] != articles[each.second] for each in found)
