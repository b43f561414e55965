"""What each role may do, e.g. an analyst may add articles, an editor may also decide on events."""

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    """A kind of action that a role may or may not do."""

    # Look at everything that is not restricted, and take figures and files from it.
    LOOK = "look"
    # Add and correct articles, their outlets and speakers, captures; edit and defer suggestions.
    REVIEW = "review"
    # Accept and reject suggestions; add, change, merge and withdraw events, and judge them.
    DECIDE = "decide"
    # Add and change places, lists of places and learned names.
    GAZETTEER = "gazetteer"
    # Import tables of events; add basemaps and layers.
    IMPORT = "import"
    # Undo entries of others.
    UNDO_OTHERS = "undo_others"
    # Remove datasets, restore a backup; accounts and sessions of others; figures of the server.
    ADMINISTER = "administer"


class Role(StrEnum):
    """The roles, each with the permissions of those before it."""

    READER = "reader"
    ANALYST = "analyst"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


_ADDED: Mapping[Role, frozenset[Permission]] = {
    Role.READER: frozenset({Permission.LOOK}),
    Role.ANALYST: frozenset({Permission.REVIEW}),
    Role.EDITOR: frozenset({
        Permission.DECIDE, Permission.GAZETTEER, Permission.IMPORT, Permission.UNDO_OTHERS,
    }),
    Role.ADMINISTRATOR: frozenset({Permission.ADMINISTER}),
}  # fmt: skip
_ORDER = tuple(Role)
ALL = frozenset(Permission)


def permissions_of(role: Role | None) -> frozenset[Permission]:
    """The permissions of a role; none without a role."""
    if role is None:
        return frozenset()
    return frozenset().union(*(_ADDED[each] for each in _ORDER[: _ORDER.index(role) + 1]))


def highest(roles: frozenset[Role]) -> Role | None:
    """The role with the most permissions, `None` of none."""
    return max(roles, key=_ORDER.index, default=None)
