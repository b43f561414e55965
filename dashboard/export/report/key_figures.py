"""The numbers of a selection, a line each, e.g. "Killed: 12 to 19 in 16 of 46 events"."""

from collections import Counter
from collections.abc import Iterator

from dashboard.language.figures import sum_note
from dashboard.language.labels import label, meaning
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.model.event import Attestation
from dashboard.summary.summary import Summary


def key_figures(summary: Summary) -> Iterator[str]:
    """Events, how they are attested and verified, and the sums of each measure over distinct events."""
    selected, query = summary.selected, summary.query
    events = selected.events
    if not events:
        return
    yield plural("{n} event", "{n} events", len(events))
    if query.start or query.end:
        certain = sum(event.when.lies_in(query.start, query.end) for event in events)
        yield _("Within the dates: {certain} for certain, {possible} possibly").format(
            certain=number(certain), possible=number(len(events) - certain)
        )
    attested = Counter(selected.attestation(event.event_id) for event in events)
    for kind in Attestation:
        if attested[kind]:
            yield f"{label(kind)} ({meaning(kind)}): {number(attested[kind])}"
    for words, count in (
        (_("confirmed: {n}"), sum(selected.confirmed(event.event_id) for event in events)),
        (_("refuted: {n}"), sum(selected.refuted(event.event_id) for event in events)),
        (
            _("verified, but changed since: {n}"),
            sum(selected.lapsed(event.event_id) for event in events),
        ),
    ):
        if count:
            yield words.format(n=number(count))
    for measure, total in summary.figures.items():
        yield sum_note(measure, total, len(events))
    here = selected.positions.keys()
    if linked := sum(link.ids <= here for link in selected.corpus.links):
        yield plural(
            "{n} pair of events is one happening in two datasets: each counts in all numbers.",
            "{n} pairs of events are one happening in two datasets: each counts in all numbers.",
            linked,
        )
