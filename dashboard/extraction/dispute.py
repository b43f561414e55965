"""Claims, and denials whose object is a pronoun: "فيما نفت أنقرة ذلك" denies its antecedent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.extraction.attribution import Speaker
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.claim_speakers import ClaimSpeakers
from dashboard.extraction.cues import Cues
from dashboard.extraction.disputed_field import field_of_anaphor
from dashboard.extraction.join import Candidate
from dashboard.extraction.modality import STANCES_AFTER, STANCES_BEFORE, is_negated
from dashboard.extraction.scene import Article
from dashboard.extraction.scope import end_of_scope, judged_after
from dashboard.extraction.sentence import ClaimHit, Sentence
from dashboard.model.event import ClaimField, Stance
from dashboard.model.suggestion import SuggestedClaim
from dashboard.text.clitics import SINGULAR_PRONOUNS, bases

# Words after "denied" among which its object is looked for: "this", "the report".
_REACH = 10
# An act so many words after it is itself what is denied.
_ACT_REACH = 25
# "That it is false".
_IT_IS = frozenset({"انه", "انها", "بانه", "بانها"})
# "In it", "for it"; the part that is denied is among so many words after the denial.
_IN_IT, _PART_REACH = frozenset({"فيه", "فيها", "به", "بها", "عنه", "عنها"}), 4
# "Any casualties", "that there were casualties".
_ANY = frozenset({"اي", "ايه", "وقوع", "سقوط", "وجود", "حدوث", "تكبد"})
# "The figures are false": its subject is so many words before "false" at most.
_REACH_BEFORE = 5


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
    for role, stance in (*STANCES_BEFORE, *STANCES_AFTER):
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
                speaker = speakers.of(cue.at, cue)
                field = field_of_anaphor(sentence, cue, cues)
                if before.candidate and _says_again(denied, stance, field):
                    return
                opening, closing = sentence.clause_span(sentence.clauses[cue.at])
                words = sentence.words[opening].start, sentence.words[closing].end
                span = article.text.folded.span(*words)
                denial = claim(article, span, stance, field, speaker)
                yield _denied(denied, denial)
            return


def _says_again(denied: Candidate, stance: Stance, field: ClaimField) -> bool:
    """Whether the sentence disputes the act already: "denied the raid and called the news false"."""
    claims = denied.suggestion.claims
    return any(claim.stance is stance and claim.disputes is field for claim in claims)


def _is_anaphoric(sentence: Sentence, cue: ClaimHit, cues: Cues) -> bool:
    """Whether the object of the denial refers to an act before: "denied it", "the figures are false"."""
    if is_negated(sentence, cue):
        return False
    if cue.cue.role in {ClaimRole.DENIAL_AFTER, ClaimRole.DOUBT_AFTER}:
        return _follows_anaphor(sentence, cue, cues)
    end = end_of_scope(sentence, cue, cues.words[ClaimRole.COMPLEMENT])
    acts = sentence.events_between(cue.at + 1, min(end, cue.at + _ACT_REACH))
    if any(not _is_adverbial(sentence, act.at) for act in acts):
        return False
    word = sentence.words[cue.at].text
    if len(word) > 3 and word.endswith(SINGULAR_PRONOUNS) and cue.length == 1:
        return True
    first = cue.at + cue.length
    last = min(end, first + _REACH)
    if _denies_toll(sentence, first, last, cues):
        return True
    return _refers(sentence, first, last, cues) or _disowns(sentence, cue, cues)


def _denies_toll(sentence: Sentence, first: int, last: int, cues: Cues) -> bool:
    """Whether the object of the denial is casualties alone: "denied that there were any injuries"."""
    return any(
        sentence.words[at - 1].text in _ANY
        and _has_one(sentence, at, at + 1, cues.words[ClaimRole.TOLL])
        for at in range(first + 1, last)
    )


def _disowns(sentence: Sentence, cue: ClaimHit, cues: Cues) -> bool:
    """Whether a clause ends with what is denied, a part in the act: "denied its responsibility".

    "For it" may come after: "denied any part in it".
    """
    last = sentence.clause_span(sentence.clauses[cue.at])[1]
    if sentence.texts[last] in _IN_IT:
        denied = sentence.words[cue.at + 1 : min(last, cue.at + _PART_REACH)]
        return any(
            base in cues.words[ClaimRole.RESPONSIBILITY]
            for word in denied
            for base in bases(word.text)
        )
    words = sentence.words[max(cue.at + 1, last) : last + 1]
    return any(
        base in cues.words[ClaimRole.RESPONSIBILITY] for word in words for base in bases(word.text)
    )


def _is_adverbial(sentence: Sentence, at: int) -> bool:
    """Whether a clause of time or cause has the word: "denied this after the meeting"."""
    return sentence.clause_span(sentence.clauses[at])[0] in sentence.adverbials


def _follows_anaphor(sentence: Sentence, cue: ClaimHit, cues: Cues) -> bool:
    """Whether "this", "the report" is before the cue in its clause, and no act between them."""
    opening = sentence.clause_span(sentence.clauses[cue.at])[0]
    first = max(opening, cue.at - _REACH_BEFORE)
    if sentence.words[cue.at - 1].text in _IT_IS:
        acts = sentence.events_between(0, cue.at)
        return all(judged_after(sentence, cue.cue.role, act.at) is None for act in acts)
    return not sentence.events_between(first, cue.at) and _refers(sentence, first, cue.at, cues)


def _refers(sentence: Sentence, low: int, high: int, cues: Cues) -> bool:
    return _has_one(sentence, low, high, cues.words[ClaimRole.THIS])


def _has_one(sentence: Sentence, low: int, high: int, known: frozenset[str]) -> bool:
    """Whether one of the words, behind its clitics, is known."""
    words = (base for word in sentence.words[low:high] for base in bases(word.text))
    return not known.isdisjoint(words)


def _denied(antecedent: Candidate, denial: SuggestedClaim) -> Candidate:
    suggestion = replace(antecedent.suggestion, claims=(denial,))
    return replace(antecedent, suggestion=suggestion, definite=True)
