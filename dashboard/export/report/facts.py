"""What is known of an event, a line for each fact: when, where, who, what kind, how many, how sure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.export.report.clean import plain
from dashboard.language import words
from dashboard.language.figures import bounds_words
from dashboard.language.labels import label, meaning, sentence_case, verification_meaning
from dashboard.language.language import current
from dashboard.language.messages import _, pgettext
from dashboard.language.names import name_of, other_name_of
from dashboard.language.numbers import number
from dashboard.language.stored_text import translate
from dashboard.language.words import comma, isolate
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Figure, Measure, event_figures, source_figures
from dashboard.model.event import ActorRole, Claim, Event, estimates_by_source
from dashboard.model.message import Message
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import Verification, VerifiedPart

Masked = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is, and what is known of it."""

    name: str
    text: str


def facts_of(
    selected: SelectedEvents, corpus: Corpus, event: Event, masked: Masked
) -> Iterator[Fact]:
    """The facts of an event, of which `corpus` has the records; `masked` hides ids of other events."""
    attestation = selected.attestation(event.event_id)
    given = [
        (_("When"), _when(event, masked)),
        (_("Where"), _places(corpus)),
        (_("Kind"), isolate(plain(name_of(corpus.lexicon.kinds[event.kind])))),
        (_("Who"), _actors(corpus)),
        (_("How many"), _figures(corpus.events.claims)),
        (_("Attestation"), f"{label(attestation)}: {meaning(attestation)}"),
        (_("Verification"), _verified(corpus, event, VerifiedPart.EVENT, masked)),
        (_("Verification of the place"), _verified(corpus, event, VerifiedPart.PLACE, masked)),
    ]
    if not selected.reviewed(event.event_id):
        given.append((_("Review"), _("suggested by the program, not reviewed by an analyst")))
    yield from (Fact(name, text) for name, text in given if text)


def _when(event: Event, masked: Masked) -> str:
    """The date as far as it is known, how precisely, and why."""
    precision, said = event.when.precision, words.when(event.when)
    if precision is not None:
        said += " " + _("(precision: {precision})").format(precision=label(precision))
    reason = _reason(event, masked)
    return f"{said} — {reason}" if reason else said


def _reason(event: Event, masked: Masked) -> str:
    if current().code == "ar" and event.date_reason_ar:
        return masked(plain(event.date_reason_ar))
    if isinstance(event.date_reason, Message):
        return masked(translate(event.date_reason))
    return isolate(masked(plain(event.date_reason)))


def _places(corpus: Corpus) -> str:
    """Each place with its role, and how sure it is."""
    parts = []
    for row in corpus.events.places:
        place = corpus.gazetteer.places[row.place_id]
        doubt = _("within {number} km").format(number=number(place.uncertainty_m / 1000))
        facts = [isolate(plain(other_name_of(place))), label(place.precision), doubt]
        if place.is_by_name:
            facts.append(_("placed by its name in the gazetteer"))
        named = isolate(plain(name_of(place)))
        sure = comma([it for it in facts if it.strip("\u2068\u2069")])
        parts.append(f"{label(row.role)} {named} ({sure})")
    return _semicolon(parts) if parts else _("not located")


def _actors(corpus: Corpus) -> str:
    """The parties, who acted first."""
    order = list(ActorRole)
    rows = sorted(corpus.events.actors, key=lambda row: order.index(row.role))
    return _semicolon(
        [
            f"{label(row.role)} {isolate(plain(name_of(corpus.lexicon.actors[row.actor_id])))}"
            for row in rows
        ]
    )


def _figures(claims: Sequence[Claim]) -> str:
    """The range of each measure over all claims."""
    giving = [claim for claim in claims if claim.estimates]
    figures = event_figures(estimates_by_source(giving))
    return _semicolon([_figure(measure, figure, giving) for measure, figure in figures.items()])


def _figure(measure: Measure, figure: Figure, claims: Sequence[Claim]) -> str:
    text = _("{measure}: {figure}").format(
        measure=sentence_case(label(measure)), figure=bounds_words(figure.low, figure.high)
    )
    if figure.best is not None and figure.low != figure.high:
        text = _("{range}; best figure {best}").format(range=text, best=number(figure.best))
    sources = map(source_figures, estimates_by_source(claims))
    if len({each[measure] for each in sources if measure in each}) > 1:
        text = _("{range}; claims differ").format(range=text)
    return text


def _verified(corpus: Corpus, event: Event, part: VerifiedPart, masked: Masked) -> str:
    """The state with its meaning, the ground, and who entered it when; "" if nobody looked at it."""
    record = corpus.judgements.verification(event.event_id, part)
    lapsed = corpus.judgements.lapsed.get((event.event_id, part))
    if record is None and lapsed is None:
        return ""
    state = corpus.judgements.state(event.event_id, part)
    said = [f"{label(state)}: {verification_meaning(state, part)}"]
    if record is not None and state is not Verification.UNVERIFIED:
        said += [isolate(masked(plain(record.ground)))] if record.ground else []
        by = [isolate(plain(record.who))] if record.who else []
        said.append(comma([*by, words.day(record.at.date())]))
    if lapsed is not None:
        message = _("Was “{state}”, but what was verified has been changed since: verify it again.")
        said.append(message.format(state=label(lapsed.state)))
    return _semicolon(said)


def _semicolon(items: Sequence[str]) -> str:
    return pgettext("between parts of a line", "; ").join(items)
