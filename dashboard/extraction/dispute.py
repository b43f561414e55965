"""Claims, and denials whose object is a pronoun: "فيما نفت أنقرة ذلك" denies its antecedent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.extraction.attribution import Speaker
from dashboard.extraction.clauses import ClaimHit, Sentence
from dashboard.extraction.cues import ClaimRole, Cues
from dashboard.extraction.join import Candidate
from dashboard.extraction.scene import Article
from dashboard.model.event import Stance
from dashboard.model.suggestion import SuggestedClaim
from dashboard.text.clitics import SINGULAR_PRONOUNS

# Words after "denied" among which its object is looked for: "this", "the report".
_REACH = 5
_STANCES = ((ClaimRole.DENIAL, Stance.DENIES), (ClaimRole.DOUBT, Stance.DOUBTS))


@dataclass(slots=True)
class LatestCandidates:
    """The last candidate of an article, and the last that may be an antecedent, being no anaphor."""

    candidate: Candidate | None = None
    antecedent: Candidate | None = None

    def add(self, candidate: Candidate) -> None:
        """Add the next candidate of the article."""
        self.candidate = candidate
        if not candidate.definite:
            self.antecedent = candidate


def claim(
    article: Article, start: int, end: int, stance: Stance, speaker: Speaker | None
) -> SuggestedClaim:
    """The claim in the span from start to end (original offsets)."""
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
    )


def denials(
    sentence: Sentence,
    article: Article,
    speaker: Speaker | None,
    candidates: Sequence[tuple[int, Candidate]],
    earlier: LatestCandidates,
    cues: Cues,
) -> Iterator[Candidate]:
    """Denials without an event cue, each of the antecedent before it.

    `candidates` are those of the sentence, with the number of their word; `earlier` those before it.
    """
    for role, stance in _STANCES:
        for cue in sentence.of(role):
            if not _is_anaphoric(sentence, cue, cues):
                continue
            before = LatestCandidates()
            for at, candidate in candidates:
                if at < cue.at:
                    before.add(candidate)
            last = before if before.candidate else earlier
            denied = last.antecedent or last.candidate
            if denied:
                yield _denied(sentence, article, speaker, cue, stance, denied)
            return


def _is_anaphoric(sentence: Sentence, cue: ClaimHit, cues: Cues) -> bool:
    """Whether the object of the denial is a pronoun: "denied this", "denied it"."""
    if sentence.events_between(cue.at + 1, cue.at + 2 * _REACH + 1):
        return False
    word = sentence.words[cue.at].text
    if len(word) > 3 and word.endswith(SINGULAR_PRONOUNS) and cue.length == 1:
        return True
    following = sentence.words[cue.at + cue.length : cue.at + cue.length + _REACH]
    return any(word.text in cues.words[ClaimRole.THIS] for word in following)


def _denied(
    sentence: Sentence,
    article: Article,
    speaker: Speaker | None,
    cue: ClaimHit,
    stance: Stance,
    denied: Candidate,
) -> Candidate:
    opening, closing = sentence.clause_span(sentence.clauses[cue.at])
    span = sentence.words[opening].start, sentence.words[closing].end
    first, last = article.text.folded.span(*span)
    denial = claim(article, first, last, stance, speaker)
    suggestion = replace(denied.suggestion, claims=(denial,))
    return replace(denied, suggestion=suggestion, definite=True)
