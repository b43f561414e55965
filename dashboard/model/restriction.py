"""Datasets and articles that only some people see, e.g. a dataset for the group `map-sources`.

For everybody else they do not exist: no page, count, file or link shows that they are there.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dashboard.model.errors import DashboardError
from dashboard.model.message import message
from dashboard.model.viewer import SINGLE_ANALYST, Viewer

GROUP, ACCOUNT = "group:", "account:"
_SEPARATORS = re.compile(r"[,\n]")


class RestrictionError(DashboardError):
    """The names of those who may see something are not understood."""


class RestrictedKind(StrEnum):
    """What may be restricted."""

    DATASET = "dataset"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Restriction:
    """A dataset or an article by its id, and who sees it: "group:NAME" or "account:NAME".

    `name` is what it was called when it was restricted: an administrator may not see it.
    """

    kind: RestrictedKind
    thing_id: str
    name: str
    seen_by: tuple[str, ...]

    @property
    def key(self) -> str:
        """The id of the record, e.g. "dataset:acled"."""
        return restriction_key(self.kind, self.thing_id)

    def allows(self, someone: Viewer) -> bool:
        """Whether this viewer sees it; the single analyst of a server without accounts does."""
        if someone == SINGLE_ANALYST:
            return True
        if not someone.account:
            return False
        names = {f"{ACCOUNT}{someone.account.lower()}", *(GROUP + name for name in someone.groups)}
        return not names.isdisjoint(self.seen_by)


@dataclass(frozen=True, slots=True)
class Hidden:
    """The ids of datasets and articles that a viewer may not see."""

    datasets: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """A text that is equal for viewers who see the same, for caches; "" if nothing is hidden."""
        if not (self.datasets or self.articles):
            return ""
        content = repr((sorted(self.datasets), sorted(self.articles)))
        return hashlib.sha256(content.encode()).hexdigest()[:16]


NOTHING_HIDDEN = Hidden()


def restriction_key(kind: RestrictedKind, thing_id: str) -> str:
    """The id of the record of a restriction."""
    return f"{kind}:{thing_id}"


def hidden_from(someone: Viewer, restrictions: Iterable[Restriction]) -> Hidden:
    """What this viewer may not see."""
    hidden = [each for each in restrictions if not each.allows(someone)]
    return Hidden(
        frozenset(each.thing_id for each in hidden if each.kind is RestrictedKind.DATASET),
        frozenset(each.thing_id for each in hidden if each.kind is RestrictedKind.ARTICLE),
    )


def read_seen_by(text: str) -> tuple[str, ...]:
    """The names in a field, by comma or line; none for everybody. Raises RestrictionError.

    Names of accounts are compared without case, as in the sign-in file; groups as they are.
    """
    names = dict.fromkeys(part.strip() for part in _SEPARATORS.split(text) if part.strip())
    for name in names:
        beginning = next((each for each in (GROUP, ACCOUNT) if name.startswith(each)), None)
        if beginning is None or not name.removeprefix(beginning).strip():
            raise RestrictionError(
                message("expected group:NAME or account:NAME, found {name}", name=repr(name))
            )
    return tuple(name.lower() if name.startswith(ACCOUNT) else name for name in names)
