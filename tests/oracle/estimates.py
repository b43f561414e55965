"""The figures of events from a plain reading of their claims, without the product's rules."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Counted, Estimate, FigureSum, Measure
from dashboard.query.query import EstimateRange

# Lowest and highest; infinity is an open end.
Bounds = tuple[float, float]
INFINITY = float("inf")


def bounds_by_event(corpus: Corpus, measure: Measure) -> dict[str, Bounds]:
    """The bounds of each event of which a claim gives the measure, by event id."""
    sources = defaultdict(list)
    for claim in corpus.events.claims:
        source = (claim.event_id, claim.article_id, claim.speaker_id)
        sources[source] += [it for it in claim.estimates if it.measure is measure]
    given = defaultdict(list)
    for (event_id, _article, _speaker), estimates in sources.items():
        if estimates:
            given[event_id].append(_of_source(estimates))
    return {
        event_id: (min(low for low, _ in pairs), max(high for _, high in pairs))
        for event_id, pairs in given.items()
    }


def _of_source(estimates: Sequence[Estimate]) -> Bounds:
    everyone = [it for it in estimates if it.counted is Counted.EVERYONE and it.side is None]
    groups = defaultdict(list)
    for estimate in everyone or estimates:
        numbers = [it for it in (estimate.low, estimate.best, estimate.high) if it is not None]
        low = 0 if estimate.low is None and estimate.best is None else numbers[0]
        high = INFINITY if estimate.high is None and estimate.best is None else numbers[-1]
        groups[estimate.counted, estimate.side].append((low, high))
    return (
        sum(min(low for low, _ in pairs) for pairs in groups.values()),
        sum(max(high for _, high in pairs) for pairs in groups.values()),
    )


def matching(corpus: Corpus, estimate: EstimateRange) -> set[str]:
    """The ids of the events that may have a number within the range."""
    least = 0 if estimate.low is None else estimate.low
    most = INFINITY if estimate.high is None else estimate.high
    bounds = bounds_by_event(corpus, estimate.measure)
    return {event_id for event_id, (low, high) in bounds.items() if low <= most and high >= least}


def sums(corpus: Corpus, event_ids: Iterable[str]) -> dict[Measure, FigureSum]:
    """The sums of each measure over these events, each counted once."""
    ids, totals = set(event_ids), {}
    for measure in Measure:
        pairs = [it for key, it in bounds_by_event(corpus, measure).items() if key in ids]
        if pairs:
            highs = [low if high == INFINITY else high for low, high in pairs]
            open_ends = sum(high == INFINITY for _, high in pairs)
            low = int(sum(low for low, _ in pairs))
            totals[measure] = FigureSum(len(pairs), low, int(sum(highs)), open_ends)
    return totals
