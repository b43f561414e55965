"""Attribution: whom a sentence cites, e.g. "قال مصدر مطلع لتلفزيون سوريا إن" -> an informed source."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from dashboard.actors.find import ActorMention
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.sentence import IN_STATEMENT, ClaimHit, Sentence
from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.clitics import IN, PRONOUNS, TO, TO_THE, bases, definite_base
from dashboard.text.normalise import fold
from dashboard.text.phrases import Match, PhraseIndex
from dashboard.text.prepared import PreparedText

_FOLDER = DATA / "lexicon"
_NONE: Mapping[str, str] = MappingProxyType({})
# A speaker is among so many words after or before the verb that reports.
_AFTER, _BEFORE = 9, 5
# The most names of speakers that those words can have.
_MOST_NAMED = 9
# "According to what a source said": the verb is among so many words after "to".
_VERB_REACH = 2
# "Said a medical source": the word "source" is among so many words after the verb.
_SOURCE_REACH = 2
# "Reuters quoted a source": these verbs name who passes words on, and after "from" whose words they are.
_RELAYS, _FROM = frozenset(map(fold, ("نقل", "نقلت", "نقلا"))), fold("عن")
# The first letters of a verb in the present.
_PRESENT = ("ي", "ت")
# "Told the agency": those to whom a source speaks.
_OUTLET_WORDS = "وكالة قناة صحيفة موقع تلفزيون شبكة إذاعة راديو فضائية وسائل صحافيين الصحافيين"
_OUTLETS = frozenset(map(fold, _OUTLET_WORDS.split()))
_ACCUSES = frozenset(map(fold, ("اتهم", "اتهمت", "يتهم", "تتهم", "اتهموا")))
_FEMININE = "ت"
_AGAIN_REACH = 2
_OF_IT = frozenset({"به", "بها", "بهم", "له", "عنه", "فيه", "فيها"})
_PREPOSITIONS = frozenset({"علي", "عن", "من", "الي"})
_WHAT = frozenset({"ما", "لما", "حسبما"})
_REPORTED = (
    ClaimRole.COMPLEMENT,
    ClaimRole.TOLL,
    ClaimRole.OBJECT,
    ClaimRole.THIS,
    ClaimRole.RESPONSIBILITY,
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom an article cites: a known speaker, a party, or only words (folded offsets)."""

    start: int
    end: int
    speaker_id: str | None
    actor_id: str | None


@dataclass(frozen=True, slots=True)
class _SpeakerName:
    speaker_id: str
    name: str


class SpeakerIndex:
    """The names of known speakers, ready for search; raises DataError if their table is faulty.

    `further` has the ids of speakers by other names of theirs, e.g. learned ones.
    """

    def __init__(self, folder: Path = _FOLDER, further: Mapping[str, str] = _NONE) -> None:
        names = load_records(folder / "speaker_names.csv", _SpeakerName)
        self._ids = {fold(name.name): name.speaker_id for name in names}
        self._ids |= {fold(name): speaker_id for name, speaker_id in further.items()}
        self._phrases = PhraseIndex(self._ids)

    def names_of(self, speaker_id: str) -> set[str]:
        """The folded names of a speaker."""
        return {name for name, known_id in self._ids.items() if known_id == speaker_id}

    def find(self, text: PreparedText) -> list[tuple[Match, str]]:
        """The names of speakers in the folded text, with their ids."""
        matches = self._phrases.search(text.folded.text, text.words)
        return [(match, self._ids[match.phrase]) for match in matches]


def attribute(
    sentence: Sentence,
    named: Sequence[tuple[Match, str]],
    actors: Sequence[tuple[int, ActorMention]],
    before: Speaker | None,
    cues: Cues,
) -> Speaker | None:
    """Whom the sentence cites; `before` is whom the one before it cited.

    `named` are known speakers, `actors` parties with the number of their first word, both in order.
    """
    reports = sentence.of(ClaimRole.REPORT)
    for hit in reports:
        speaker = speaker_beside(sentence, hit, named, actors, cues)
        if speaker is not None:
            return speaker
    again = cited_again(sentence, reports[0], before, cues) if reports else None
    return again or (before if sentence.of(ClaimRole.CONTINUATION) else None)


def _range(sentence: Sentence, hit: ClaimHit, cues: Cues) -> tuple[int, int]:
    """The words after a reporting word in which the speaker can be named.

    Of "نقلت رويترز عن مصدر" those after "from": who is quoted, not who passes it on.
    """
    first = hit.at + hit.length
    last = _end_of_speaker(sentence, hit, first, cues)
    relayed = hit.cue.words[0] in _RELAYS and last < len(sentence.words)
    if relayed and sentence.words[last].text == _FROM:
        first, last = last + 1, _end_of_speaker(sentence, hit, last + 1, cues)
    return first, last


def _end_of_speaker(sentence: Sentence, hit: ClaimHit, first: int, cues: Cues) -> int:
    """The number of the word from `first` on before which the words for a speaker end."""
    last = first
    while last < min(len(sentence.words), first + _AFTER):
        word = sentence.words[last].text
        new_clause = sentence.clauses[last] != sentence.clauses[hit.at]
        if last > first and (last in sentence.event_words or word in cues.words[ClaimRole.TIME]):
            break
        reported = _opens_report(sentence, last, cues) and not _reports_say(sentence, hit, last)
        if last > first and _opens_other(sentence, hit, last):
            break
        if reported or is_doubted_in(sentence, hit, last) or _is_told_to(word, last - first):
            break
        if word in cues.words[ClaimRole.THAT] or (
            new_clause and hit.cue.where != "before" and last > first + 3
        ):
            break
        if new_clause and hit.cue.where == "before":
            break
        last += 1
    # "Answered on the charges": what a preposition at the end opens is no part of the name.
    while last > first and sentence.texts[last - 1] in _PREPOSITIONS:
        last -= 1
    return last


def is_doubted_in(sentence: Sentence, hit: ClaimHit, at: int) -> bool:
    """Whether "in" opens what is doubted: "the governor expressed doubt in the figure"."""
    return sentence.texts[at] == "في" and bool(
        sentence.between(ClaimRole.DOUBT, hit.at, hit.at + 1)
    )


def _reports_say(sentence: Sentence, hit: ClaimHit, at: int) -> bool:
    """Whether news is what reports: "press reports stated", unlike "he confirmed the reports"."""
    verb = sentence.texts[hit.at]
    # A dateline may stand before the verb.
    opens = hit.at < _BEFORE or sentence.clauses[hit.at] != sentence.clauses[hit.at - 1]
    feminine = hit.cue.where == "verb" and verb.endswith(_FEMININE) and opens
    denies = sentence.between(ClaimRole.DENIAL, hit.at, hit.at + 1)
    return feminine and not denies and at == hit.at + hit.length and is_news(sentence, at)


def _opens_other(sentence: Sentence, hit: ClaimHit, at: int) -> bool:
    """Whether a denial opens, or who is cited: "he confirmed, according to Reuters, that"."""
    cited = sentence.between(ClaimRole.REPORT, at, at + 1)
    cites = hit.cue.where == "verb" and any(cue.cue.where == "before" for cue in cited)
    return cites or bool(sentence.between(ClaimRole.DENIAL, at, at + 1))


def is_news(sentence: Sentence, at: int) -> bool:
    """Whether a word is one for news: "reports", "the information"."""
    return bool(sentence.between(ClaimRole.NEWS, at, at + 1))


def _is_told_to(word: str, after: int) -> bool:
    """Whether "to the agency", "to" before a name in quotes, ends the words for who speaks."""
    if word == TO:
        return after > 0
    to_the = word.removeprefix(TO_THE) if word.startswith(TO_THE) else ""
    return after > 0 and word.startswith(TO) and not _OUTLETS.isdisjoint((to_the, *bases(word)))


def _opens_report(sentence: Sentence, at: int, cues: Cues) -> bool:
    """Whether a word opens what is reported: "documented the killing of", "denied the report"."""
    opening = cues.union(_REPORTED)
    return is_news(sentence, at) or any(base in opening for base in bases(sentence.texts[at]))


def speaker_beside(
    sentence: Sentence,
    hit: ClaimHit,
    named: Sequence[tuple[Match, str]],
    actors: Sequence[tuple[int, ActorMention]],
    cues: Cues,
) -> Speaker | None:
    """The speaker named after a reporting word or, of a verb, before it; see `attribute`."""
    first, last = _range(sentence, hit, cues)
    verb = hit.cue.where == "verb"
    # "According to what a source said to Reuters" has a verb too.
    near = range(first, min(last, first + _VERB_REACH))
    verbs = [at for at in near if at in sentence.reports or _reports_it(sentence, at, cues)]
    if verbs and not verb:
        first, verb = verbs[-1] + 1, True
    # "According to what the ministry stated of it".
    if first + 1 < last and sentence.texts[first] in _OF_IT:
        first += 1
    accused = accused_at(sentence, hit, actors)
    if accused is not None:
        # "A statement accused the army of": who accuses is before the verb.
        last = min(last, accused)
    # Of "dissidents accused the army of" nobody before the verb.
    before = _before(sentence, hit, cues) if accused in {None, first} else (hit.at, hit.at)
    spans = [(first, last), before]
    if is_headline(sentence, hit) or _is_addressed(sentence, first, before):
        spans.reverse()
    for low, high in spans:
        if low >= high:
            continue
        start, end = sentence.words[low].start, sentence.words[high - 1].end
        end = _before_addressee(named, start, end)
        sources = [
            word
            for at, word in enumerate(sentence.words[low : low + _SOURCE_REACH], low)
            if (word.text in cues.words[ClaimRole.SOURCE] or _reports_say(sentence, hit, at))
            and not _is_statement(sentence, hit, at)
        ]
        if sources:
            return Speaker(sources[0].start, end, None, None)
        speaker = _named(named, start, end, verb=verb)
        if speaker is not None:
            return speaker
        number = bisect_left(actors, low, key=lambda pair: pair[0])
        if number < len(actors) and actors[number][0] < min(high, low + 3):
            return _party(sentence, start, end, actors[number])
    return _unknown_source(sentence, hit, first, last, cues)


def accused_at(
    sentence: Sentence, hit: ClaimHit, actors: Sequence[tuple[int, ActorMention]]
) -> int | None:
    """The word where the name of the accused begins: of "accused X of", or of the last of two names."""
    if _ACCUSES.isdisjoint(bases(sentence.texts[hit.at])):
        return None
    clause, first = sentence.clauses[hit.at], hit.at + hit.length
    low = bisect_left(actors, first, key=lambda pair: pair[0])
    near = [each for each in actors[low : low + _MOST_NAMED] if sentence.clauses[each[0]] == clause]
    for at, mention in near:
        after = at + len(mention.surface.split())
        if sentence.texts[after : after + 1] and sentence.texts[after].startswith(IN):
            return at
    return None


def _before_addressee(named: Sequence[tuple[Match, str]], start: int, end: int) -> int:
    """The end of the words before "to Al Jazeera", if that is in folded[start:end]; else `end`."""
    number = bisect_left(named, start, key=lambda pair: pair[0].start)
    for match, _ in named[number : number + _MOST_NAMED]:
        first = match.start - len(match.prefix)
        if first > start and match.end <= end and match.prefix.endswith(TO):
            return first - 1
    return end


def _is_statement(sentence: Sentence, hit: ClaimHit, at: int) -> bool:
    """Whether "in" is before a source after a verb that goes on: "and said in a statement that"."""
    joined = hit.cue.where == "verb" and sentence.texts[hit.at] != hit.cue.words[0]
    return joined and sentence.texts[at - 1] in IN_STATEMENT and bool(sentence.reports - {hit.at})


def is_headline(sentence: Sentence, hit: ClaimHit) -> bool:
    """Whether the subject is before the verb that opens the sentence: "the authorities deny a raid"."""
    word = sentence.texts[hit.at]
    present = hit.cue.where == "verb" and word == hit.cue.words[0] and word.startswith(_PRESENT)
    first = 0 < hit.at <= _BEFORE and sentence.clauses[hit.at] == 0
    others = (*sentence.events_between(0, hit.at), *(c for c in sentence.claims if c.at < hit.at))
    return present and first and not others


def _is_addressed(sentence: Sentence, at: int, before: tuple[int, int]) -> bool:
    """Whether "to the agency" follows the verb whose subject is before it: "the monitor said to it"."""
    word = sentence.texts[at : at + 1]
    addressed = any(each.startswith(TO) and _OUTLETS.intersection(bases(each)) for each in word)
    return addressed and before[0] < before[1]


def _named(
    named: Sequence[tuple[Match, str]], start: int, end: int, *, verb: bool
) -> Speaker | None:
    """The first known speaker in folded[start:end]; "to Reuters" after a verb is who is spoken to."""
    number = bisect_left(named, start, key=lambda pair: pair[0].start)
    for match, speaker_id in named[number : number + _MOST_NAMED]:
        if match.start >= end:
            break
        if not verb or not match.prefix.endswith(TO):
            return Speaker(match.start, match.end, speaker_id, None)
    return None


def _party(sentence: Sentence, start: int, end: int, actor: tuple[int, ActorMention]) -> Speaker:
    """The party that speaks, from `start` to the end of its name: what follows is what it says."""
    at, mention = actor
    last = at + len(mention.surface.split()) - 1
    return Speaker(start, min(end, sentence.words[last].end), None, mention.actor_id)


def _unknown_source(
    sentence: Sentence, hit: ClaimHit, first: int, last: int, cues: Cues
) -> Speaker | None:
    """The words after "according to" that no table knows: "بحسب لجان مقاومة الفاشر"."""
    while first < last and first in sentence.reports:
        first += 1
    if hit.cue.where != "before" or first >= last or first in sentence.event_words:
        return None
    # "According to the source", "the same source".
    again = cues.words[ClaimRole.AGAIN]
    if any(word.text in again for word in sentence.words[first : min(last, first + _AGAIN_REACH)]):
        return None
    return Speaker(sentence.words[first].start, sentence.words[last - 1].end, None, None)


def _reports_it(sentence: Sentence, at: int, cues: Cues) -> bool:
    """Whether a verb with a pronoun reports, after "what": "according to what the police said"."""
    word = sentence.texts[at]
    verbs = {word.removesuffix(pronoun) for pronoun in PRONOUNS if word.endswith(pronoun)}
    found = (cue for verb in verbs for cue in cues.claims.get(verb, ()))
    after = at > 0 and sentence.texts[at - 1] in _WHAT
    return after and any(cue.role is ClaimRole.REPORT and cue.where == "verb" for cue in found)


def _before(sentence: Sentence, hit: ClaimHit, cues: Cues) -> tuple[int, int]:
    """The words before a reporting verb in which its subject can be: none before "and said"."""
    joined = sentence.words[hit.at].text != hit.cue.words[0]
    if hit.cue.where != "verb" or joined:
        return hit.at, hit.at
    opening = sentence.clause_span(sentence.clauses[hit.at])[0]
    contrasts = sentence.between(ClaimRole.CONTRAST, opening, opening + 1)
    opening = max((each.at + each.length for each in contrasts), default=opening)
    # "The forces had announced": the verb before them is no part of their name.
    if not cues.words[ClaimRole.WAS].isdisjoint(bases(sentence.texts[opening])):
        opening += 1
    first = max(opening, hit.at - _BEFORE)
    # Not from the middle of a name on: "the general command of the forces".
    while first > opening and all(map(definite_base, sentence.texts[first - 1 : first + 1])):
        first -= 1
    return first, hit.at


def cited_again(
    sentence: Sentence, hit: ClaimHit, before: Speaker | None, cues: Cues
) -> Speaker | None:
    """The speaker `before` under the words "the source", "the agency" after a reporting word, if any."""
    # "According to what the same source said".
    reach = _SOURCE_REACH if hit.cue.where == "verb" else 2 * _SOURCE_REACH
    following = sentence.words[hit.at + hit.length :][:reach]
    word = next((each for each in following if each.text in cues.words[ClaimRole.AGAIN]), None)
    if word is None:
        return None
    if before is None:
        return Speaker(word.start, word.end, None, None)
    return replace(before, start=word.start, end=word.end)
