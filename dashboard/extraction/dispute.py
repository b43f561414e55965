"""Claims, and denials whose object is a pronoun: "فيما نفت أنقرة ذلك" denies its antecedent."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from dashboard.extraction.anaphors import denied_kinds, is_anaphoric
from dashboard.extraction.attribution import Speaker
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.claim_speakers import ClaimSpeakers
from dashboard.extraction.contrasted import contrasted
from dashboard.extraction.cues import Cues
from dashboard.extraction.disputed_field import field_of_anaphor
from dashboard.extraction.join import Candidate
from dashboard.extraction.modality import STANCES_AFTER, STANCES_BEFORE
from dashboard.extraction.scene import Article
from dashboard.extraction.sentence import Sentence
from dashboard.model.event import ClaimField, Stance
from dashboard.model.suggestion import SuggestedClaim


@dataclass(slots=True)
class LatestCandidates:
    """The last candidate of an article, and the last that may be an antecedent, being no anaphor.

    `harmful` is the last act of violence, `of_kind` the last of each kind.
    """

    candidate: Candidate | None = None
    antecedent: Candidate | None = None
    harmful: Candidate | None = None
    of_kind: dict[str, Candidate] = dataclass_field(default_factory=dict)

    def add(self, candidate: Candidate) -> None:
        """Add the next candidate of the article."""
        self.candidate = candidate
        self.of_kind[candidate.suggestion.kind] = candidate
        if candidate.violent:
            self.harmful = candidate
        if not candidate.definite:
            self.antecedent = candidate

    def denied(self, field: ClaimField, kinds: AbstractSet[str]) -> Candidate | None:
        """The act that is denied: the dead are those of an act of violence, "its signing" a pact's.

        `kinds` are those that the words of the denial are of, if any.
        """
        if kinds:
            several = [self.of_kind[kind] for kind in kinds if kind in self.of_kind]
            return max(several, key=lambda each: each.suggestion.claims[0].start, default=None)
        if field is ClaimField.TOLL and self.harmful:
            return self.harmful
        act = self.antecedent or self.candidate
        # Who denies a part in it denies the raid, not the accusation after it.
        if field is ClaimField.ACTOR and self.harmful and act and act.of_words:
            return self.harmful
        return act


def claim(
    article: Article,
    span: tuple[int, int],
    stance: Stance,
    disputes: ClaimField | None,
    speaker: Speaker | None,
) -> SuggestedClaim:
    """The claim in a span of the original text."""
    start, end = span
    text = article.text.original
    surface = None
    if speaker is not None:
        first, last = article.text.folded.span(speaker.start, speaker.end)
        surface = text[first:last]
    return SuggestedClaim(
        start=start,
        end=end,
        quote=text[start:end],
        stance=stance,
        speaker_id=speaker.speaker_id if speaker else None,
        speaker=surface,
        speaker_actor_id=speaker.actor_id if speaker else None,
        disputes=disputes,
    )


def denials(
    sentence: Sentence,
    article: Article,
    speakers: ClaimSpeakers,
    candidates: Sequence[tuple[int, Candidate]],
    earlier: LatestCandidates,
    cues: Cues,
) -> Iterator[Candidate]:
    """Denials without an event cue, each of the antecedent before it.

    `candidates` are those of the sentence, with the number of their word; `earlier` those before it.
    """
    yield from _told_otherwise(sentence, article, speakers, candidates, cues)
    for role, stance in (*STANCES_BEFORE, *STANCES_AFTER):
        for cue in sentence.of(role):
            if not is_anaphoric(sentence, cue, cues):
                continue
            before = LatestCandidates()
            for at, candidate in candidates:
                # "Insisted on denying it": to insist is not what is denied.
                own = candidate.of_words and sentence.clauses[at] == sentence.clauses[cue.at]
                if at < cue.at and not own:
                    before.add(candidate)
            field = field_of_anaphor(sentence, cue, cues)
            last = before if before.candidate else earlier
            before_it = cue.cue.role in {ClaimRole.DENIAL, ClaimRole.DOUBT}
            kinds = denied_kinds(sentence, cue, cues) if before_it else frozenset[str]()
            denied = last.denied(field, kinds)
            if denied:
                speaker = speakers.of(cue.at, cue)
                if before.candidate and _says_again(denied, stance, field):
                    return
                opening, closing = sentence.clause_span(sentence.clauses[cue.at])
                words = sentence.words[opening].start, sentence.words[closing].end
                span = article.text.folded.span(*words)
                denial = claim(article, span, stance, field, speaker)
                yield _denied(denied, denial)
            return


def _told_otherwise(
    sentence: Sentence,
    article: Article,
    speakers: ClaimSpeakers,
    candidates: Sequence[tuple[int, Candidate]],
    cues: Cues,
) -> Iterator[Candidate]:
    """Denials of a part of an act of the sentence: "on Friday, not on Thursday"."""
    for at, candidate in candidates:
        found = contrasted(sentence, at)
        if found is not None:
            cue, field = found
            closing = sentence.clause_span(sentence.clauses[cue.at])[1]
            # From "took place" on, if a verb says it.
            takes_place = cues.words[ClaimRole.TAKES_PLACE]
            verbs = (n for n in range(at + 1, cue.at) if sentence.texts[n] in takes_place)
            words = sentence.words[next(verbs, cue.at)].start, sentence.words[closing].end
            span = article.text.folded.span(*words)
            denial = claim(article, span, Stance.DENIES, field, speakers.of(at, None))
            yield _denied(candidate, denial)


def _says_again(denied: Candidate, stance: Stance, field: ClaimField) -> bool:
    """Whether the sentence disputes the act already: "denied the raid and called the news false"."""
    claims = denied.suggestion.claims
    return any(claim.stance is stance and claim.disputes is field for claim in claims)


def _denied(antecedent: Candidate, denial: SuggestedClaim) -> Candidate:
    suggestion = replace(antecedent.suggestion, claims=(denial,))
    return replace(antecedent, suggestion=suggestion, definite=True)
