"""The names of roles and the times of sessions and tokens, in the reader's language."""

from datetime import UTC, datetime

from dashboard.language.messages import N_, _
from dashboard.language.numbers import in_digits
from dashboard.language.words import day
from dashboard.model.permissions import Role

_ROLES = {
    Role.READER: N_("reader"),
    Role.ANALYST: N_("analyst"),
    Role.EDITOR: N_("editor"),
    Role.ADMINISTRATOR: N_("administrator"),
}


def role_name(role: Role) -> str:
    """The name of a role."""
    return _(_ROLES[role])


def time_text(at: datetime) -> str:
    """Day and time in UTC."""
    at = at.astimezone(UTC)
    return f"{day(at.date())} {in_digits(f'{at:%H:%M}')} UTC"
