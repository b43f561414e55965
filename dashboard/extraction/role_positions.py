"""The role of a party by where it stands, e.g. "قصف الجيش القرية" -> who follows the verb, initiator."""

from collections.abc import Set as AbstractSet

from dashboard.dates.lexicon import load_words
from dashboard.extraction.agreement import disagrees
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.event_cues import FirstParty
from dashboard.extraction.nearby import one_of
from dashboard.extraction.party_names import is_one_of
from dashboard.extraction.party_phrases import PartyPhrase
from dashboard.extraction.party_rules import PartyRules
from dashboard.extraction.role_marks import HARMFUL, is_object
from dashboard.extraction.sentence import EventHit, Sentence, follows_preposition, is_verb
from dashboard.model.event import ActorRole, PartyRoles
from dashboard.text.clitics import ARTICLE, CONJUNCTIONS, IN, PRONOUNS, TO, TO_THE, bases
from dashboard.text.normalise import fold

# So many words between a cue and a party are passed over if they only say when: "at dawn today".
_LONGEST_TIME = 4
# "Of them", "from it" may stand between a verb and its subject.
_WITH_PRONOUN = frozenset(
    fold(word) + pronoun
    for word in ("عن", "من", "في", "إلي", "علي", IN, TO)
    for pronoun in PRONOUNS
)
# An adjective is among so many words after the noun: "artillery shelling, Turkish".
_ADJECTIVES = 3
_RELATIONS = ("ي", "يه")
# The title of who speaks is so long: "the ministry of foreign affairs of".
_TITLE = 3
_CHARGE, _LONG_CHARGE = 2, 6
_SHORT = 3
# Of who breaks up a demonstration.
_DISPERSAL_WORDS = "تفريق فرقت فرق يفرق تفرق قمع قمعت فض فضت منع منعت تصدت"
_DISPERSED = frozenset(map(fold, _DISPERSAL_WORDS.split()))
# "Denied any raid", "the carrying out of".
_ANY = frozenset(
    map(fold, ("أي", "أية", "تنفيذ", "تنفيذه", "تنفيذها", "شن", "شنه", "شنها", "توجيه"))
)


def role_by_position(
    sentence: Sentence, phrase: PartyPhrase, hit: EventHit, rules: PartyRules, *, initiated: bool
) -> ActorRole | None:
    """The role of a phrase before or after the cue; `None` if it is no party to the act.

    `initiated`: another phrase names who does it.
    """
    cue = hit.form.cue
    if cue.kind.parties is PartyRoles.CROWD and phrase.start > hit.at:
        crowd = _is_crowd(sentence, phrase, hit, rules)
        return ActorRole.INITIATOR if crowd and not initiated else ActorRole.TARGET
    if phrase.start <= hit.at:
        return _before_cue(sentence, phrase, hit, rules.cues, initiated=initiated)
    if phrase.adjective and _is_of_target(sentence, phrase, hit, rules.cues):
        return ActorRole.TARGET
    if phrase.adjective and not phrase.owned and _is_of_attack(sentence, phrase, hit):
        if cue.kind.of_words:
            return None
        # "Intercepted an Israeli attack": the attack was done to nobody.
        foiled = is_verb(hit) and cue.kind.group not in HARMFUL
        return ActorRole.TARGET if foiled else ActorRole.INITIATOR
    if cue.first_party is FirstParty.TARGET:
        fires = cue.kind.group in HARMFUL and _fires(sentence, phrase, hit, rules.cues)
        fires = (
            fires or _has_own_object(sentence, phrase, hit) or _has_object(sentence, phrase, hit)
        )
        return ActorRole.INITIATOR if fires and not initiated else ActorRole.TARGET
    if initiated:
        return ActorRole.TARGET
    if not is_verb(hit):
        return _after_noun(phrase, hit)
    return _after_verb(sentence, phrase, hit, rules.cues)


def _is_of_target(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues) -> bool:
    """Whether an adjective says whose the target is: "the targeting of several Israeli positions"."""
    if is_verb(hit) or hit.form.cue.first_party is not FirstParty.TARGET:
        return False
    if phrase.owned or phrase.member:
        # "The targeting of a gathering of Israeli soldiers".
        return True
    if phrase.start == hit.at + 1 and phrase.start < phrase.at and phrase.armed:
        # "The targeting of a British ship", but "the targeting by Turkish aircraft of a car".
        return not _fires(sentence, phrase, hit, cues)
    needs = [one_of(words) for words in hit.form.cue.needs]
    between = sentence.texts[hit.at + 1 : phrase.start]
    # "The fall of an Israeli shell": the shell is part of the act.
    if any(need[word] for need in needs for word in between):
        return False
    return any(not word.endswith(_RELATIONS) for word in between)


def _is_of_attack(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> bool:
    """Whether an adjective says who does the act, also after a verb: "came under Turkish shelling"."""
    if not is_verb(hit):
        return phrase.start - hit.at <= _ADJECTIVES
    nouns = sentence.events_between(phrase.start - _ADJECTIVES, phrase.start)
    return any(not is_verb(noun) and noun.form.cue.li_agent for noun in nouns)


def _is_crowd(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, rules: PartyRules) -> bool:
    """Whether a party after the word for a protest takes part: "supporters of", "a march of"."""
    if phrase.actor_id in rules.crowds:
        return True
    between = sentence.texts[hit.at + 1 : phrase.start]
    if phrase.owned or any(word in rules.cues.words[ClaimRole.REASON] for word in between):
        return False
    next_to_verb = is_verb(hit) and _is_next(sentence, hit.at, phrase.start)
    return phrase.member or next_to_verb or (phrase.of and not is_verb(hit))


def _fires(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues) -> bool:
    """Whether a weapon that fires is right after the noun: "the targeting by warplanes of"."""
    head = sentence.texts[phrase.start]
    next_to = not is_verb(hit) and phrase.start == hit.at + 1 and not phrase.prefix
    # "The targeting by the factions of a car": ل is before the object.
    has_object = _has_object(sentence, phrase, hit)
    # "The targeting by a drone of the militia of a car", "by the army of a car", "by them of its cars".
    subject = phrase.armed or _is_definite_subject(sentence, phrase, hit, cues)
    has_object = has_object or (subject and _is_bare(sentence, phrase.last + 1))
    return next_to and (has_object or is_one_of(head, cues.words[ClaimRole.FIRING]))


def _has_object(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> bool:
    """Whether ل follows the phrase right after the noun: "the shooting down by the army of a plane"."""
    word = "".join(sentence.texts[phrase.last + 1 : phrase.last + 2])
    to = word.startswith(TO) and not word.startswith(TO_THE)
    return not is_verb(hit) and phrase.start == hit.at + 1 and not phrase.prefix and to


def _has_own_object(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> bool:
    """Whether the noun is what the party does with what it has: "the pulling out by X of its forces"."""
    word = "".join(sentence.texts[phrase.last + 1 : phrase.last + 2])
    own = word.endswith(PRONOUNS) and _is_bare(sentence, phrase.last + 1)
    return not is_verb(hit) and phrase.start == hit.at + 1 and not phrase.prefix and own


def _is_definite_subject(
    sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues
) -> bool:
    """Whether the phrase after a noun is known and its noun can have an object: not "the death of"."""
    known = sentence.texts[phrase.last].startswith(ARTICLE)
    return known and not is_one_of(sentence.texts[hit.at], cues.words[ClaimRole.CASUALTY])


def _is_bare(sentence: Sentence, at: int) -> bool:
    """Whether a word can be a noun without "the" that goes on with the phrase before it."""
    if at >= len(sentence.texts) or sentence.clauses[at] != sentence.clauses[at - 1]:
        return False
    word = sentence.texts[at]
    closed = follows_preposition((word, ""), 1) or at in sentence.event_words or _is_time(word)
    return (
        not closed and not word.startswith((ARTICLE, IN, TO, *CONJUNCTIONS)) and len(word) > _SHORT
    )


def _after_noun(phrase: PartyPhrase, hit: EventHit) -> ActorRole:
    """The first phrase after a noun: "the shelling of (by) the forces", but "the arrest of members"."""
    cue = hit.form.cue
    by_whom = not phrase.of or cue.li_agent
    if cue.first_party is FirstParty.EITHER:
        by_whom = phrase.start == hit.at + 1 and not phrase.member and not phrase.prefix
    return ActorRole.INITIATOR if by_whom and not phrase.owned else ActorRole.TARGET


def _after_verb(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues) -> ActorRole:
    """The first phrase after a verb: its subject if it follows, and if nothing marks it as object."""
    moves = hit.form.cue.first_party is FirstParty.INITIATOR
    subject = _attack_between(sentence, phrase, hit)
    if subject is not None:
        return _after_noun(phrase, subject)
    if phrase.owned:
        return ActorRole.INITIATOR if moves else ActorRole.TARGET
    if _is_shot_down(sentence, phrase, hit):
        return ActorRole.TARGET
    offices = cues.words[ClaimRole.OFFICE] if hit.form.cue.kind.of_words else frozenset()
    follows = _is_next(sentence, hit.at, phrase.start, offices) and not is_object(sentence, phrase)
    follows = follows and not disagrees(sentence, hit, phrase.start)
    if phrase.of:
        follows = follows and phrase.member and not phrase.prefix
    # "He accused the forces": the verb agrees with somebody else.
    moves = moves and not (hit.form.cue.kind.of_words and disagrees(sentence, hit, phrase.start))
    return ActorRole.INITIATOR if moves or follows else ActorRole.TARGET


def _is_shot_down(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> bool:
    """Whether the phrase is all that the verb of a harmless act needs: "shot down a Turkish drone".

    "Warplanes shot down a drone": the one that needs it is after the phrase.
    """
    cue = hit.form.cue
    if cue.kind.group in HARMFUL or cue.first_party is not FirstParty.EITHER:
        return False
    last = sentence.clause_span(sentence.clauses[hit.at])[1]
    needs = [one_of(words) for words in cue.needs]
    head, after = sentence.texts[phrase.start], sentence.texts[phrase.last + 1 : last + 1]
    return any(need[head] and not any(need[word] for word in after) for need in needs)


def _attack_between(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> EventHit | None:
    """The noun of an attack that is the verb's subject: "shelling by the forces hit the town"."""
    between = sentence.events_between(hit.at + 1, phrase.start)
    attacks = [other for other in between if not is_verb(other) and other.form.cue.li_agent]
    if not attacks or attacks[-1].at != hit.at + 1:
        return None
    # "Confronted an attack of": behind "to, by" it is no subject.
    return None if sentence.texts[attacks[-1].at].startswith((TO, IN)) else attacks[-1]


def _before_cue(
    sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues, *, initiated: bool
) -> ActorRole | None:
    """A phrase before a verb is its subject; before a noun that of the verb which governs the noun."""
    if initiated or _disperses(sentence, phrase, hit):
        return None
    if is_verb(hit):
        passive = hit.form.cue.first_party is FirstParty.TARGET
        return ActorRole.TARGET if passive else ActorRole.INITIATOR
    verb = sentence.last_verb_before(hit.at)
    if verb and sentence.texts[hit.at].startswith(TO) and _is_suffered(verb):
        return ActorRole.TARGET
    if hit.form.cue.first_party is FirstParty.TARGET and phrase.owned:
        return ActorRole.TARGET
    others = sentence.events_between(sentence.clause_span(sentence.clauses[hit.at])[0], hit.at)
    own = range(phrase.start, phrase.last + 1)
    if any(not other.form.cue.kind.of_words and other.at not in own for other in others):
        return None
    governing = [
        other for other in sentence.events_between(0, hit.at) if other.form.cue.kind.of_words
    ]
    if governing:
        # Who is accused of the act is named after who accuses; who demands is no party to it.
        # "Blamed them for the shelling": "the responsibility" may stand between.
        charge = sentence.texts[phrase.last + 1 : hit.at]
        # "Of using chlorine in the shelling of".
        near = len(charge) < _CHARGE or (len(charge) < _LONG_CHARGE and charge[0].startswith(IN))
        alone = phrase.start - 1 == governing[-1].at and charge[:1] and charge[0].startswith(IN)
        accused = near and (phrase.start - 1 > governing[-1].at or bool(alone))
        far = governing[-1].at < phrase.start - _TITLE
        return ActorRole.INITIATOR if accused or far else None
    reports = [cue.at for cue in sentence.between(ClaimRole.REPORT, 0, hit.at)]
    if not reports:
        return ActorRole.INITIATOR
    if sentence.between(ClaimRole.DENIAL, reports[-1], reports[-1] + 1):
        return ActorRole.INITIATOR if denies_own(sentence, phrase, hit, cues) else None
    announces = is_one_of(sentence.words[reports[-1]].text, cues.words[ClaimRole.ANNOUNCEMENT])
    announces = announces or _is_own(sentence, phrase, hit)
    return ActorRole.INITIATOR if announces or reports[-1] < phrase.start - 2 else None


def _disperses(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> bool:
    """Whether the party acts against a crowd: "the dispersal by the police of a demonstration"."""
    if hit.form.cue.kind.parties is not PartyRoles.CROWD:
        return False
    near = sentence.texts[max(0, phrase.start - _ADJECTIVES) : hit.at]
    return any(base in _DISPERSED for word in near for base in bases(word))


def _is_own(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> bool:
    """Whether a pronoun on the noun is the party right before it: "X confirmed its control of"."""
    does_it = hit.form.cue.first_party is FirstParty.INITIATOR
    own = does_it and sentence.texts[hit.at].endswith(PRONOUNS)
    return own and _is_next(sentence, phrase.last, hit.at)


def denies_own(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues) -> bool:
    """Whether a party denies an act of its own: "denied its withdrawal", "its part in the raid"."""
    denial = sentence.last_before(ClaimRole.DENIAL, phrase.start)
    if is_verb(hit) or phrase.start > hit.at or denial is None:
        return False
    if sentence.texts[hit.at].endswith(PRONOUNS) and _is_bare(sentence, hit.at + 1):
        # "Denied its targeting a position": the pronoun is who does it.
        return denial.at in sentence.reports
    if hit.form.cue.first_party is FirstParty.TARGET or denial.at not in sentence.reports:
        return False
    part = cues.words[ClaimRole.RESPONSIBILITY]
    between = sentence.texts[phrase.last + 1 : hit.at]
    if sentence.texts[hit.at].endswith(PRONOUNS) or any(is_one_of(word, part) for word in between):
        return True
    return hit.form.cue.li_agent and _is_next(sentence, phrase.last, hit.at, _ANY)


def _is_suffered(verb: EventHit) -> bool:
    """Whether the verb has a passive meaning: "the base came under attack"."""
    return verb.form.cue.first_party is FirstParty.TARGET


def _is_next(
    sentence: Sentence, at: int, start: int, passing: AbstractSet[str] = frozenset()
) -> bool:
    """Whether the phrase follows the verb, with only words of time, or of `passing`, between them."""
    between = sentence.texts[at + 1 : start]
    passed = (_is_time(word) or word in _WITH_PRONOUN or word in passing for word in between)
    return len(between) <= _LONGEST_TIME and all(passed)


def _is_time(word: str) -> bool:
    roles = load_words().roles
    known = (roles[name] for name in ("weekday", "day_offset", "part", "time_of_day", "deictic"))
    return word.isdigit() or any(base in words for words in known for base in bases(word))
