"""Events for single files: those of the real corpus, any number of copies of them, and hostile ones."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard.export.coarsen import Coarseness
from dashboard.export.single_file.content import Sharing
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus, Events
from dashboard.model.event import Claim, Event
from dashboard.model.selected import SelectedEvents
from dashboard.query.query import Query

BASEMAP = Path(__file__).resolve().parents[3] / "data" / "basemap"
# The most that a file of so many events may have.
MANY, MOST_MEGABYTES = 500, 3
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
HOSTILE = (
    "</script><script>document.title='run'</script><!--<img src=x onerror=\"document.title='run'\">"
)


def sharing_of(selected: SelectedEvents, known: Corpus, **given: Any) -> Sharing:
    """What a file of these events is made of."""
    options: dict[str, Any] = {
        "query": Query(),
        "level": Coarseness.ORIGINAL,
        "all_events": len(known.events.events),
        "terms": (),
        "version": "0123456789abcdef",
        "basemap": BASEMAP,
        "known": known,
    }
    return Sharing(selected=selected, **{**options, **given})


def copies(selected: SelectedEvents, number: int) -> SelectedEvents:
    """So many events, copies of real ones with letters of their own: no two texts are equal."""
    corpus, events = selected.corpus, selected.events
    made: dict[str, Event] = {}
    articles: dict[str, Article] = {}
    places, actors, claims = [], [], []
    for at in range(number):
        event, copy = events[at % len(events)], at // len(events)
        key, old = f"{event.event_id}_{copy}", event.event_id
        made[key] = replace(
            event,
            event_id=key,
            title_en=_other(event.title_en, copy),
            title_ar=_other(event.title_ar, copy),
            summary_en=_other(event.summary_en, copy),
            summary_ar=_other(event.summary_ar, copy),
        )
        places += [
            replace(row, event_id=key) for row in corpus.events.places if row.event_id == old
        ]
        actors += [
            replace(row, event_id=key) for row in corpus.events.actors if row.event_id == old
        ]
        for claim in corpus.events.claims:
            if claim.event_id == old:
                article = _article(corpus, claim, copy)
                articles[article.article_id] = article
                claims.append(_claim(claim, key, article, copy))
    rows = Events(made, tuple(places), tuple(actors), tuple(claims))
    whole = replace(corpus, events=rows, articles=articles, relations=(), links=())
    attested = {key: selected.attestation(key.rpartition("_")[0]) for key in made}
    return SelectedEvents(whole, attested, dict.fromkeys(made, "curated"), whole)


def hostile(selected: SelectedEvents) -> SelectedEvents:
    """The events with a hostile title, summary, quote and address."""
    corpus = selected.corpus
    events = {
        key: replace(event, title_en=HOSTILE, title_ar=HOSTILE, summary_en=HOSTILE)
        for key, event in corpus.events.events.items()
    }
    articles = {
        key: replace(article, url="javascript:document.title='run'", headline=HOSTILE)
        for key, article in corpus.articles.items()
    }
    changed = replace(corpus, events=replace(corpus.events, events=events), articles=articles)
    return replace(selected, corpus=changed, reference=changed)


def _article(corpus: Corpus, claim: Claim, copy: int) -> Article:
    article = corpus.articles[claim.article_id]
    return replace(
        article, article_id=f"{article.article_id}_{copy}", text=_other(article.text, copy)
    )


def _claim(claim: Claim, event_id: str, article: Article, copy: int) -> Claim:
    return replace(
        claim,
        claim_id=f"{claim.claim_id}_{copy}",
        event_id=event_id,
        article_id=article.article_id,
        quote=_other(claim.quote, copy),
        gloss_en=_other(claim.gloss_en, copy),
    )


def _other(text: str, copy: int) -> str:
    """The text with each letter replaced by another, so that offsets stay."""
    table = {}
    for letters in (_ARABIC, _LATIN):
        by = copy % len(letters)
        table |= str.maketrans(letters, letters[by:] + letters[:by])
    return text.translate(table)
