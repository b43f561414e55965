"""Coreferent candidates are merged, e.g. a shelling reported twice, denied once -> three claims."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.extraction.acts import Act, names_other
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.event import ClaimField, Stance
from dashboard.model.suggestion import SuggestedPlace, Suggestion

# A text that reports more acts of one kind is no article but an archive of them. Each candidate is
# compared with all of its kind, so their number is bounded; what is left out is counted.
MOST_ACTS = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suggestion before merging; `definite` if its cue may be an anaphor ("the attack").

    That may be an act of a kind in `refers_to`: "the attack" may be a shelling. A candidate that is not
    `confident` counts only as a further claim on another one. `meanings` are kinds that its own word may
    mean, if it is no anaphor; `anaphor`: its word has the article "the".
    `of_words`: it is one party's act of words. `separate`: the text says that it is another act.
    `claimed`: a party says that it did it. `harms`: an anaphor with its target, as in "the raid killed".
    `unplaced`: it is at a place that the gazetteer lacks. `guessed`: where a denial without a place of
    its own is, if it denies no act reported before. `violent`: its kind is one of violence.
    `toll`: it gives the number of people killed or wounded.
    """

    suggestion: Suggestion
    definite: bool
    confident: bool
    refers_to: tuple[str, ...]
    meanings: tuple[str, ...] = ()
    anaphor: bool = False
    of_words: bool = False
    separate: bool = False
    claimed: bool = False
    harms: bool = False
    unplaced: bool = False
    guessed: tuple[SuggestedPlace, ...] = ()
    violent: bool = False
    toll: bool = False


def merge_candidates(
    candidates: Sequence[Candidate], index: PlaceIndex
) -> tuple[tuple[Suggestion, ...], int]:
    """One suggestion for each act, in the order of the text, at most `MOST_ACTS` of each kind.

    Returns them and the number of candidates left out, each of which would have begun one more act.
    "The meeting", "the withdrawal" is an anaphor of the last one reported before, at any place.
    """
    acts: list[Act] = []
    of_kind: dict[str, list[Act]] = defaultdict(list)
    left_out = 0
    for candidate in candidates:
        new = Act(candidate.suggestion, index, candidate.meanings, of_words=candidate.of_words)
        act = _antecedent(candidate, new, of_kind[new.kind])
        act = act or _antecedent_of_other_kind(candidate, new, of_kind)
        if act is not None and new.kind in act.meanings and not _is_rival(candidate, act):
            of_kind[act.kind].remove(act)
            act.specify(new.kind)
            of_kind[act.kind].append(act)
        if act is not None:
            if _adds_information(candidate, act):
                act.merge(candidate.suggestion)
        elif candidate.confident and not _refers_to_violence(candidate, of_kind):
            if len(of_kind[new.kind]) >= MOST_ACTS:
                left_out += 1
                continue
            new = _at_guess(candidate, new, index)
            acts.append(new)
            of_kind[new.kind].append(new)
    suggestions = sorted((act.suggestion() for act in acts), key=lambda s: s.claims[0].start)
    return tuple(suggestions), left_out


def _at_guess(candidate: Candidate, new: Act, index: PlaceIndex) -> Act:
    """The act at the places that are guessed for a denial of no act reported before."""
    if not candidate.guessed:
        return new
    suggestion = replace(candidate.suggestion, places=candidate.guessed)
    return Act(suggestion, index, candidate.meanings, of_words=candidate.of_words)


def _antecedent(candidate: Candidate, new: Act, acts: Sequence[Act]) -> Act | None:
    """The act among those of its kind that a candidate is coreferent with."""
    if candidate.separate:
        return None
    refers = candidate.definite and not candidate.suggestion.places
    # An act at a place that the gazetteer lacks is not one at another place.
    among = [act for act in acts if not act.places] if candidate.unplaced else acts
    same = None if refers else next((act for act in among if act.is_same(new)), None)
    if same is None and (candidate.definite or not candidate.confident):
        # Who denies the day of an act tells another one.
        days = any(claim.disputes is ClaimField.DATE for claim in candidate.suggestion.claims)
        return next((act for act in reversed(acts) if days or act.dates_overlap(new)), None)
    return same


def _antecedent_of_other_kind(
    candidate: Candidate, new: Act, of_kind: dict[str, list[Act]]
) -> Act | None:
    """The last act of a kind that an anaphor may refer to, or specify.

    "The attack" may be an air strike, and "the raids" say that a shelling was one.
    """
    if not candidate.anaphor:
        return None
    acts = [act for kind in candidate.refers_to for act in of_kind[kind]]
    acts += [act for several in of_kind.values() for act in several if new.kind in act.meanings]
    days = any(claim.disputes is ClaimField.DATE for claim in candidate.suggestion.claims)
    near = [act for act in acts if (days or act.dates_overlap(new)) and act.places_overlap(new)]
    return max(near, key=lambda act: act.begins_at, default=None)


def _is_rival(candidate: Candidate, act: Act) -> bool:
    """Whether it asserts what caused "the explosion" where the act is only denied: another account."""
    claims = (*candidate.suggestion.claims, *act.suggestion().claims)
    stances = [claim.stance is Stance.ASSERTS for claim in claims]
    return stances[0] and not any(stances[len(candidate.suggestion.claims) :])


def _refers_to_violence(candidate: Candidate, of_kind: dict[str, list[Act]]) -> bool:
    """Whether it is an anaphor of an act of another kind that was reported before."""
    return candidate.definite and any(of_kind[kind] for kind in candidate.refers_to)


def _adds_information(candidate: Candidate, act: Act) -> bool:
    """Whether an anaphor adds information: a stance, who did it or to whom, a toll, or a place."""
    claims = candidate.suggestion.claims
    if candidate.claimed or candidate.toll or not candidate.definite:
        return True
    if candidate.harms and not act.has_targets:
        return True
    if any(claim.stance is not Stance.ASSERTS for claim in claims):
        return True
    if act.disputes and names_other(candidate.suggestion, act):
        return True
    return act.lacks_places(candidate.suggestion.places)
