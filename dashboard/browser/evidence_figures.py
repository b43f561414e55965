"""The numbers of an event as HTML, e.g. "Killed: 3 to 7; claims differ" with the claims behind it."""

from collections.abc import Sequence

from dashboard.language.figures import bounds_words, estimate_words
from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import _
from dashboard.language.names import name_of
from dashboard.language.numbers import number
from dashboard.language.words import comma
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Figure, Measure, event_figures, source_figures
from dashboard.model.event import Claim, estimates_by_source
from dashboard.text.escape import escape, escape_message


def event_figures_html(corpus: Corpus, event_id: str) -> str:
    """One line per measure: the range over all claims, the best figure, and who gives which figure.

    "" for an event without figures.
    """
    claims = [it for it in corpus.events.claims if it.event_id == event_id and it.estimates]
    figures = event_figures(estimates_by_source(claims))
    lines = "".join(
        f"<li>{_measure(corpus, measure, figure, claims)}</li>"
        for measure, figure in figures.items()
    )
    return f'<ul class="figures">{lines}</ul>' if lines else ""


def estimates_html(corpus: Corpus, claim: Claim) -> str:
    """The estimates of a claim, each with the words of the source beside it."""
    actors = corpus.lexicon.actors
    return "".join(
        f'<div class="figure">{escape_message(estimate_words(it, actors.get(it.side or "")))}'
        f' <bdi class="source-words">{escape(it.words)}</bdi></div>'
        for it in claim.estimates
    )


def _measure(corpus: Corpus, measure: Measure, figure: Figure, claims: Sequence[Claim]) -> str:
    text = _("{measure}: {figure}").format(
        measure=sentence_case(label(measure)),
        figure=f"<strong>{bounds_words(figure.low, figure.high)}</strong>",
    )
    if figure.best is not None and figure.low != figure.high:
        text = _("{range}; best figure {best}").format(range=text, best=number(figure.best))
    giving = [claim for claim in claims if measure in source_figures(claim.estimates)]
    outlets: dict[str, list[str]] = {}
    for claim in giving:
        named = outlets.setdefault(_in_words(corpus, measure, claim), [])
        name = _outlet(corpus, claim)
        named += [name] if name not in named else []
    by_source = map(source_figures, estimates_by_source(giving))
    if len({figures[measure] for figures in by_source}) > 1:
        text = _("{range}; claims differ").format(range=text)
    if len(outlets) == 1:
        (names,) = outlets.values()
        return f'{text} <span class="muted">({comma(names)})</span>'
    parts = [f"<li>{words}: {comma(names)}</li>" for words, names in outlets.items()]
    return f'{text}<ul class="muted">{"".join(parts)}</ul>'


def _in_words(corpus: Corpus, measure: Measure, claim: Claim) -> str:
    """The estimates of a measure of a claim as HTML, with whom they count."""
    actors, given = corpus.lexicon.actors, [it for it in claim.estimates if it.measure is measure]
    return comma([escape_message(estimate_words(it, actors.get(it.side or ""))) for it in given])


def _outlet(corpus: Corpus, claim: Claim) -> str:
    outlet = corpus.lexicon.outlets[corpus.articles[claim.article_id].outlet_id]
    return f"<bdi>{escape(name_of(outlet))}</bdi>"
