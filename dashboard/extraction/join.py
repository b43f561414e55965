"""Candidates of one act made one, e.g. a shelling told twice and denied once -> three claims."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.extraction.acts import Act
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.event import Stance
from dashboard.model.suggestion import Suggestion

# A text that tells of more acts of one kind is no article but an archive of them. Each candidate is
# compared with all of its kind, so their number is bounded; what is left out is counted.
MOST_ACTS = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suggestion in the making; `definite` if its cue only refers to something told before.

    That may be an act of a kind in `refers_to`: "the attack" may be a shelling. A candidate that is not
    `sure` counts only as a further claim on another one.
    """

    suggestion: Suggestion
    definite: bool
    sure: bool
    refers_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """The suggestions of an article; `left_out` candidates would have begun more than `MOST_ACTS`."""

    suggestions: tuple[Suggestion, ...]
    left_out: int


def joined(found: Sequence[Candidate], index: PlaceIndex) -> Joined:
    """One suggestion an act, in the order of the text, at most `MOST_ACTS` of each kind.

    "The meeting", "the withdrawal" is the last one told before, wherever it is said to have been.
    """
    acts: list[Act] = []
    of_kind: dict[str, list[Act]] = defaultdict(list)
    left_out = 0
    for candidate in found:
        new = Act(candidate.suggestion, index)
        act = _told_before(candidate, new, of_kind[new.kind])
        if act is not None:
            if _says_more(candidate, act):
                act.merge(candidate.suggestion)
        elif candidate.sure and not _refers(candidate, of_kind):
            if len(of_kind[new.kind]) >= MOST_ACTS:
                left_out += 1
                continue
            acts.append(new)
            of_kind[new.kind].append(new)
    suggestions = sorted((act.suggestion() for act in acts), key=lambda s: s.claims[0].start)
    return Joined(tuple(suggestions), left_out)


def _told_before(candidate: Candidate, new: Act, acts: Sequence[Act]) -> Act | None:
    """The act among those of its kind that a candidate tells of too."""
    refers = candidate.definite and not candidate.suggestion.places
    same = None if refers else next((act for act in acts if act.is_same(new)), None)
    if same is None and (candidate.definite or not candidate.sure):
        return next((act for act in reversed(acts) if act.dates_meet(new)), None)
    return same


def _refers(candidate: Candidate, of_kind: dict[str, list[Act]]) -> bool:
    """Whether it refers to an act of another kind that was told before."""
    return candidate.definite and any(of_kind[kind] for kind in candidate.refers_to)


def _says_more(candidate: Candidate, act: Act) -> bool:
    """A mere reference adds a claim only if it takes another stance, or names a place."""
    claims = candidate.suggestion.claims
    if not candidate.definite or any(claim.stance is not Stance.ASSERTS for claim in claims):
        return True
    return act.names_none_of(candidate.suggestion.places)
