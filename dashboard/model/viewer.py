"""Who is looking and acting, and whether they may: the one place of these decisions.

    with acting_as(viewer):
        require(Permission.DECIDE)

Without accounts there is one viewer, a single analyst who may do everything and types a name.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from dashboard.model.errors import DashboardError
from dashboard.model.message import message
from dashboard.model.permissions import ALL, Permission

P = ParamSpec("P")
T = TypeVar("T")
_NAMES = {
    Permission.LOOK: message("looking at the events"),
    Permission.REVIEW: message("adding and correcting articles"),
    Permission.DECIDE: message("deciding on events"),
    Permission.GAZETTEER: message("changing the gazetteer"),
    Permission.IMPORT: message("importing data"),
    Permission.UNDO_OTHERS: message("undoing changes of others"),
    Permission.ADMINISTER: message("administering this server"),
}


class NotPermittedError(DashboardError):
    """The role of the viewer does not allow an action; nothing was done."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person, or a program with that person's token, and what they may do.

    `account` is the id of the account, "" without accounts; `author` is the name in the log, `None` if
    the person types one. `groups` are those of the sign-in.
    """

    account: str
    author: str | None
    permissions: frozenset[Permission]
    groups: frozenset[str] = frozenset()

    def may(self, permission: Permission) -> bool:
        """Whether an action of this kind is allowed."""
        return permission in self.permissions

    def name_in_log(self, typed: str) -> str:
        """The name that a change bears: that of the account, or the `typed` one without accounts."""
        return typed if self.author is None else self.author


SINGLE_ANALYST = Viewer("", None, ALL)
# Somebody of whom nothing is known, where accounts are needed.
NOBODY = Viewer("", "", frozenset())
_acting: ContextVar[Callable[[], Viewer] | None] = ContextVar("acting", default=None)
_find: list[Callable[[], Viewer]] = [lambda: SINGLE_ANALYST]
_again: list[Callable[[Viewer], Viewer]] = [lambda someone: someone]


def viewer() -> Viewer:
    """The viewer of this request, run of a page, job or command."""
    return (_acting.get() or _find[-1])()


def find_viewers_by(find: Callable[[], Viewer], again: Callable[[Viewer], Viewer]) -> None:
    """Ask `find` for the viewer wherever none is set by `acting_as`; for a server with accounts.

    `again` says what somebody may do now: a job may go on after a role was taken away.
    """
    _find[:], _again[:] = [find], [again]


@contextmanager
def acting_as(someone: Viewer) -> Iterator[None]:
    """Within the block, `someone` is the viewer."""
    token = _acting.set(lambda: someone)
    try:
        yield
    finally:
        _acting.reset(token)


def as_viewer(function: Callable[P, T]) -> Callable[P, T]:
    """The function as an action of the present viewer, for a thread, which does not know them."""
    someone = viewer()

    @wraps(function)
    def acting(*args: P.args, **kwargs: P.kwargs) -> T:
        token = _acting.set(lambda: _again[-1](someone))
        try:
            return function(*args, **kwargs)
        finally:
            _acting.reset(token)

    return acting


def require(*needed: Permission) -> None:
    """Raise NotPermittedError unless the viewer has all these permissions."""
    someone = viewer()
    for permission in needed:
        if not someone.may(permission):
            raise NotPermittedError(
                message("Your role does not allow this: {action}", action=_NAMES[permission])
            )
