"""Whose words each claim of a sentence is, e.g. "A denied the raid, while B said that" -> two."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.actors.find import ActorMention
from dashboard.extraction.attribution import (
    Speaker,
    accused_at,
    cited_again,
    is_doubted_in,
    is_headline,
    speaker_beside,
)
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.reported_negation import closes_quote
from dashboard.extraction.scope import end_of_scope, explains
from dashboard.extraction.sentence import (
    IN_STATEMENT,
    ClaimHit,
    Sentence,
    follows_preposition,
    is_that,
    is_verb,
)
from dashboard.text.clitics import AND, ARTICLE, IN, PRONOUNS
from dashboard.text.phrases import Match

# Words between a reporting verb and what it reports that can name a speaker whom no table knows.
_MOST_WORDS = 6
# "Reuters could not verify": who doubts is named so many words before the doubt.
_DOUBT_REACH = 4
# The words of these roles open what is reported.
_REPORTED = (
    *(ClaimRole.COMPLEMENT, ClaimRole.RESPONSIBILITY, ClaimRole.THIS, ClaimRole.TOLL),
    *(ClaimRole.TIME, ClaimRole.OBJECT),
)
# The verb of a contrast is among so many words after "while".
_VERB_REACH = 2


@dataclass(frozen=True, slots=True)
class ClaimSpeakers:
    """The speakers of a sentence; `default` is the one whom it cites first, if any.

    `before` is whom the sentence before it cited: "and said that" has the same subject. `named` are
    known speakers, `actors` parties with the number of their first word, both in order.
    """

    sentence: Sentence
    named: Sequence[tuple[Match, str]]
    actors: Sequence[tuple[int, ActorMention]]
    before: Speaker | None
    default: Speaker | None
    cues: Cues

    def cited(self) -> Speaker | None:
        """Whom the sentence cites first, whom "and it said" in the next one means."""
        verbs = self._verbs()
        return self.default or (self._subject(verbs[0]) if verbs else None)

    def of(self, at: int, cue: ClaimHit | None) -> Speaker | None:
        """The speaker of the claim on the act at word `at`, which `cue` denies or doubts, if one does.

        `None` is the outlet itself.
        """
        if cue is not None and cue.cue.role is ClaimRole.DENIAL:
            return self._who_denies(cue)
        if cue is not None and cue.cue.role is ClaimRole.DOUBT:
            return self._who_doubts(cue)
        if cue is not None and not self.sentence.reports and not self.sentence.label:
            # "We did not" goes on with the words of whom the sentence before cites.
            return self.before
        return self._of_verb_before(cue.at if cue is not None else at, cue)

    def _who_denies(self, cue: ClaimHit) -> Speaker | None:
        """The subject of a denial that is a verb; of "it is not true that" the speaker before it."""
        verbs = self.sentence.between(ClaimRole.REPORT, cue.at, cue.at + 1)
        if not verbs:
            return self._of_verb_before(cue.at, cue) or self._party_before(cue)
        return self._subject(cue if self._is_noun(cue) else verbs[0])

    def _party_before(self, cue: ClaimHit) -> Speaker | None:
        """Of "the coalition resorted to denying it", where nobody is cited, the coalition."""
        clause = self.sentence.clauses[cue.at]
        parties = [(at, m) for at, m in self.actors if at < cue.at]
        own = [(at, m) for at, m in parties if self.sentence.clauses[at] == clause]
        return self._named_party(*own[-1]) if own and not self.sentence.reports else None

    def _named_party(self, at: int, mention: ActorMention) -> Speaker:
        words = self.sentence.words
        last = words[min(at + len(mention.surface.split()), len(words)) - 1]
        return Speaker(self.sentence.words[at].start, last.end, None, mention.actor_id)

    def _is_noun(self, cue: ClaimHit) -> bool:
        """Whether the word is "the denial", which is written as "he denied" is.

        A verb has its subject before it, and no other verb: "the spokesman denied".
        """
        at, texts = cue.at, self.sentence.texts
        if not texts[at].endswith(_DENIAL):
            return False
        opening = self.sentence.clause_span(self.sentence.clauses[at])[0]
        verbs = [hit for hit in self._verbs() if opening <= hit.at < at]
        return at == opening or bool(verbs) or follows_preposition(texts, at)

    def _of_verb_before(self, at: int, cue: ClaimHit | None) -> Speaker | None:
        """The speaker of the last reporting verb before word `at` that reaches to it."""
        verbs = [hit for hit in self._verbs() if hit.at < at]
        if not verbs:
            return self._without_verb_before(at)
        last = verbs[-1]
        cited = self._as_said(at)
        if cited is not None and cue is None and not self._reaches(last, at):
            return self._subject(cited)
        if cue is None and self._explains(last, at):
            return self._subject(last)
        if cue is None and not self._continued(last, at) and not self._reaches(last, at):
            return None
        if cue is None and self._contrasted(last, at):
            return None
        return self._subject(last) or (self.default if len(verbs) == 1 else None)

    def _explains(self, verb: ClaimHit, at: int) -> bool:
        """Whether the clause of word `at` goes on with what the verb says: "explaining that"."""
        opening = self.sentence.clause_span(self.sentence.clauses[at])[0]
        return opening > verb.at and explains(self.sentence, opening)

    def _as_said(self, at: int) -> ClaimHit | None:
        """The verb of "as the forces said", if that is right after the clause of word `at`."""
        closing = self.sentence.clause_span(self.sentence.clauses[at])[1]
        verbs = (hit for hit in self._verbs() if closing < hit.at <= closing + _VERB_REACH)
        return next((v for v in verbs if self.sentence.texts[v.at - 1] in _AS_WHAT), None)

    def _without_verb_before(self, at: int) -> Speaker | None:
        """Of "…, according to the monitor", or of an unfinished report ("he added"); else `None`.

        A later verb of a main clause ("…, and Ankara denied") tells of another claim.
        """
        if 0 < self.sentence.label <= at:
            return self._of_label()
        later = [hit for hit in self.sentence.of(ClaimRole.REPORT) if hit.at > at]
        if later and closes_quote(self.sentence, later[0]):
            return self._subject(later[0])
        if later and later[0].at in self.sentence.main_verbs:
            return None
        if later and self._opens_contrast(later[0], at):
            return None
        return self.default

    def _opens_contrast(self, verb: ClaimHit, at: int) -> bool:
        """Whether the clause of the verb begins with "while" or "but" after word `at`."""
        opening = self.sentence.clause_span(self.sentence.clauses[verb.at])[0]
        return opening > at and opening in self.sentence.contrasts

    def _of_label(self) -> Speaker:
        """The speaker before the colon that opens a statement: "The ministry of defence: …"."""
        start, end = self.sentence.words[0].start, self.sentence.words[self.sentence.label - 1].end
        speaker_id = next((each for match, each in self.named if start <= match.start < end), None)
        actor_id = next((m.actor_id for at, m in self.actors if at < self.sentence.label), None)
        return Speaker(start, end, speaker_id, None if speaker_id else actor_id)

    def _reaches(self, verb: ClaimHit, at: int) -> bool:
        """Whether what the verb reports goes on to word `at`: a denial ends at the next main clause."""
        denials = self.sentence.between(ClaimRole.DENIAL, verb.at, verb.at + 1)
        complements = self.cues.words[ClaimRole.COMPLEMENT]
        return all(at < end_of_scope(self.sentence, each, complements) for each in denials)

    def _contrasted(self, verb: ClaimHit, at: int) -> bool:
        """Whether "while" and a verb come after what the verb reports: the outlet's own words again."""
        contrasts = [each for each in self.sentence.contrasts if verb.at < each < at]
        if not contrasts:
            return False
        low = contrasts[-1] + 1
        acts = self.sentence.events_between(low, min(at, low + _VERB_REACH) + 1)
        return any(is_verb(act) for act in acts) or self.sentence.main_verb_between(low, at + 1)

    def _continued(self, verb: ClaimHit, at: int) -> bool:
        return bool(self.sentence.between(ClaimRole.CONTINUATION, verb.at + 1, at))

    def _subject(self, verb: ClaimHit) -> Speaker | None:
        """Who is the subject of a reporting verb; of "and said that" that of the verb before it."""
        speaker = speaker_beside(self.sentence, verb, self.named, self.actors, self.cues)
        speaker = speaker or cited_again(self.sentence, verb, self.before, self.cues)
        if speaker is not None:
            return speaker
        accused = accused_at(self.sentence, verb, self.actors)
        if accused == verb.at + verb.length:
            return self.default
        words = (
            self._words_after_was(verb)
            or (self._words_before(verb) if is_headline(self.sentence, verb) else ())
            or self._words_after_contrast(verb)
            or list(self._words_between(verb))
            or self._words_before(verb)
        )
        if words:
            first, last = self.sentence.words[words[0]], self.sentence.words[words[-1]]
            return Speaker(first.start, last.end, None, None)
        earlier = [hit for hit in self._verbs() if hit.at < verb.at]
        return self._subject(earlier[-1]) if earlier else self._issuer(verb) or self.before

    def _issuer(self, verb: ClaimHit) -> Speaker | None:
        """Of "the party issued a statement, in which it said that" the party."""
        if self.sentence.texts[verb.at + 1 : verb.at + 2] not in {(each,) for each in _IN_IT}:
            return None
        clause = self.sentence.clauses[verb.at] - 1
        issuers = [(at, m) for at, m in self.actors if self.sentence.clauses[at] == clause]
        return self._named_party(*issuers[0]) if issuers else None

    def _words_between(self, verb: ClaimHit) -> Iterator[int]:
        """The words after the verb up to what it reports; none if they are too many or no names."""
        first = verb.at + verb.length
        last = first
        before = self.sentence.words[max(0, verb.at - 1)].text
        pronoun_before = verb.at - 1 in self.sentence.contrasts and before.endswith(PRONOUNS)
        accused = accused_at(self.sentence, verb, self.actors)
        while last != accused and last < len(self.sentence.words):
            if self._opens_report(last, verb):
                break
            last += 1
        ended = last < len(self.sentence.words) or last - first <= _MOST_WORDS // 2
        # "The centre of emergency operations of the ministry of health of" is ended by "that".
        that = last < len(self.sentence.words) and is_that(self.sentence.texts[last])
        most = _LONGEST_NAME if that else _MOST_WORDS
        opening = self.sentence.texts[first] if last > first else ""
        named = last > first and opening not in _ABOUT and not opening.startswith(_AS)
        said = self.sentence.texts[verb.at].startswith(IN)
        if ended and named and not (pronoun_before or said) and last - first <= most:
            yield from range(first, last)

    def _words_after_contrast(self, verb: ClaimHit) -> range:
        """Of "but a local leader denied" the leader: words between the contrast and its verb."""
        opening = self.sentence.clause_span(self.sentence.clauses[verb.at])[0]
        hits = self.sentence.between(ClaimRole.CONTRAST, opening, opening + 1)
        first = max((hit.at + hit.length for hit in hits), default=verb.at)
        words = range(first, verb.at)
        cues = {*self.sentence.event_words, *self._other_cues(verb)}
        return range(0) if len(words) > _MOST_WORDS or not cues.isdisjoint(words) else words

    def _words_after_was(self, verb: ClaimHit) -> range:
        """Of "the minister had said" the minister: the words between "was" and the verb, a past."""
        opening = self.sentence.texts[0].removeprefix(AND)
        between = range(1, verb.at - (self.sentence.texts[verb.at - 1] == _HAD))
        others = {*self.sentence.event_words, *self.sentence.reports} - {verb.at}
        past = opening in _WAS and 0 < len(between) <= _LONGEST_NAME
        return between if past and others.isdisjoint(between) else range(0)

    def _words_before(self, verb: ClaimHit) -> range:
        """The first words of the sentence, if the verb follows them: "Damascus denies"."""
        joined = self.sentence.words[verb.at].text != verb.cue.words[0]
        opens = 0 < verb.at <= _MOST_WORDS // 2 and self.sentence.clauses[verb.at] == 0
        plain = not any(
            at < verb.at for at in (*self.sentence.event_words, *self._other_cues(verb))
        )
        return range(verb.at if opens and plain and not joined else 0)

    def _other_cues(self, verb: ClaimHit) -> Iterator[int]:
        return (hit.at for hit in self.sentence.claims if hit.at != verb.at)

    def _opens_report(self, at: int, verb: ClaimHit) -> bool:
        """Whether the word opens what is reported: "that", "any", an act, a new clause."""
        word = self.sentence.words[at].text
        following = "".join(self.sentence.texts[at + 1 : at + 2])
        if word in IN_STATEMENT and following in self.cues.words[ClaimRole.STATED]:
            return True
        if (
            self.sentence.clauses[at] != self.sentence.clauses[verb.at]
            or at in self.sentence.colons
        ):
            return True
        if at in self.sentence.event_words or self.sentence.between(ClaimRole.NEWS, at, at + 1):
            return True
        if word == _OF or is_doubted_in(self.sentence, verb, at):
            return True
        return word in self.cues.union(_REPORTED)

    def _who_doubts(self, cue: ClaimHit) -> Speaker | None:
        reports = self.sentence.between(ClaimRole.REPORT, cue.at, cue.at + 1)
        if reports:
            return self._subject(reports[0])
        start = self.sentence.words[max(0, cue.at - _DOUBT_REACH)].start
        end = self.sentence.words[cue.at].start
        number = bisect_left(self.named, start, key=lambda pair: pair[0].start)
        if number < len(self.named) and self.named[number][0].start < end:
            match, speaker_id = self.named[number]
            return Speaker(match.start, match.end, speaker_id, None)
        unable = self._who_is_unable(cue)
        if unable is not None:
            return unable
        verbs = [hit for hit in self._verbs() if hit.at < cue.at]
        if not verbs:
            later = [hit for hit in self.sentence.of(ClaimRole.REPORT) if hit.at > cue.at]
            return self.default if later and later[0].cue.where == "before" else None
        if self._main_clause_between(verbs[-1].at + 1, cue.at):
            return None
        return self._subject(verbs[-1])

    def _who_is_unable(self, cue: ClaimHit) -> Speaker | None:
        """Of "it was impossible for the agency to verify", "the agency was not able to", the agency."""
        for at in range(max(0, cue.at - _UNABLE_REACH), cue.at - 1):
            if self.sentence.texts[at] in _NOT and self.sentence.texts[at + 1] in _ABLE:
                able = self.sentence.words[at + 2 : cue.at]
                named = able[:-1] if able and able[-1].text == _TO else able
                return Speaker(named[0].start, named[-1].end, None, None) if named else None
        words = self.sentence.words[max(0, cue.at - _DOUBT_REACH) : cue.at]
        texts = [word.text for word in words]
        if _FOR not in texts or not _UNABLE.intersection(texts):
            return None
        after = words[texts.index(_FOR) + 1 :]
        return Speaker(after[0].start, after[-1].end, None, None) if after else None

    def _main_clause_between(self, low: int, high: int) -> bool:
        """Whether a verb after "and" is between two words: "and it was not possible to verify"."""
        words = self.sentence.words[low:high]
        negated = any(word.text in _AND_NOT for word in words)
        return negated or self.sentence.main_verb_between(low, high)

    def _verbs(self) -> list[ClaimHit]:
        """The verbs that report; "which is considered the second of its kind" does not."""
        return [
            hit
            for hit in self.sentence.of(ClaimRole.REPORT)
            if hit.cue.where == "verb" and not self._is_considered(hit)
        ]

    def _is_considered(self, hit: ClaimHit) -> bool:
        relative = self.sentence.between(ClaimRole.RELATIVE, hit.at - 1, hit.at)
        return bool(relative) and self.sentence.texts[hit.at] in _CONSIDERED


# "As", "according to what", before the verb of who said it.
_AS_WHAT = frozenset({"كما", "حسبما", "بحسبما", "وفقما"})
_CONSIDERED = frozenset({"يعتبر", "تعتبر", "يعد", "تعد"})
# "Was", which opens a pluperfect; the name and titles of who had said it are so many words.
_WAS, _LONGEST_NAME = frozenset({"كان", "كانت"}), 12
# Right before the verb of a pluperfect.
_HAD = "قد"
# "The denial", a noun that the table has among the verbs.
_DENIAL = "نفي"
_OF = "عن"
_NOT, _TO = frozenset({"لم", "ولم", "لا", "ولا"}), "من"
_ABLE = frozenset({"يتمكن", "تتمكن", "يستطع", "تستطع", "يستطيع", "تستطيع", "يتمكنوا", "يستطيعوا"})
# "Was not able to" is so many words before the doubt at most.
_UNABLE_REACH = 8
# "A statement in which it said": who issued it is named in the clause before.
_IN_IT = frozenset({"فيه", "فيها"})
# No name of a speaker begins with them: "spoke about".
_ABOUT = frozenset({_OF, "علي", "الي", "حول", "في", *_IN_IT})
# "Was described as slight".
_AS = IN + ARTICLE
_FOR, _UNABLE = "علي", frozenset({"تعذر", "يتعذر", "تعذرت", "وتعذر", "استحال", "واستحال"})
_AND_NOT = frozenset({"ولم", "ولا", "وما"})
