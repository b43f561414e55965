"""Check the privileges of a PostgreSQL role: it may own its schema and nothing else, e.g. no superuser.

An attacker who finds a hole in this program would get all privileges of the role.
"""

from typing import Any

from dashboard.model.errors import DashboardError

_REMEDY = "create a role for the dashboard alone, as docs/scaling.md shows"
# Attributes with rights beyond the role's tables; source: PostgreSQL manual, "Role Attributes".
_ATTRIBUTES = {
    "rolsuper": "SUPERUSER",
    "rolcreaterole": "CREATEROLE",
    "rolcreatedb": "CREATEDB",
    "rolreplication": "REPLICATION",
    "rolbypassrls": "BYPASSRLS",
}
# The role that signed in, whatever SET ROLE has changed since.
_ROLE = (
    f"SELECT rolname, {', '.join(_ATTRIBUTES)} FROM pg_roles "  # noqa: S608 the names are ours
    "WHERE rolname = session_user"
)
# The schemas of the dashboard: of the engine's tables, by layout, and of the workspace.
_OURS = "^(pg_|event_map_([0-9]+|workspace)$)"
# Predefined roles begin with pg_: files and programs of the server, all tables, other sessions.
_MEMBER = """
SELECT rolname FROM pg_roles
WHERE rolname <> session_user AND pg_has_role(session_user, oid, 'MEMBER')
ORDER BY rolname
"""
_OWNED = f"""
SELECT nspname || '.' || relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
WHERE relowner = session_user::regrole AND nspname !~ '{_OURS}'
UNION ALL
SELECT nspname || '.' || proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace
WHERE proowner = session_user::regrole
AND NOT (nspname = 'event_map_workspace' AND proname = 'refuse' AND NOT prosecdef)
UNION ALL
SELECT nspname FROM pg_namespace
WHERE nspowner = session_user::regrole AND nspname !~ '{_OURS}'
ORDER BY 1 LIMIT 1
"""  # noqa: S608 the pattern is ours
_SCHEMA_OWNER = "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = '{schema}'"
_MAY_CREATE = "SELECT has_database_privilege(session_user, current_database(), 'CREATE')"


class RoleError(DashboardError):
    """A role that may do more or less than the dashboard needs."""


def check_role(cursor: Any, schema: str) -> None:
    """Check that the role of the session owns `schema`, or can create it, and nothing else.

    Raises RoleError with what is wrong and how to correct it.
    """
    role, *flags = cursor.execute(_ROLE).fetchone()
    attributes = [word for word, on in zip(_ATTRIBUTES.values(), flags, strict=True) if on]
    if attributes:
        raise _refused(role, f"has {', '.join(attributes)}")
    others = [name for (name,) in cursor.execute(_MEMBER).fetchall()]
    if others:
        raise _refused(role, f"is a member of {', '.join(others)}")
    owned = cursor.execute(_OWNED).fetchone()
    if owned:
        raise _refused(role, f"owns {owned[0]} too")
    _check_schema(cursor, role, schema)


def _check_schema(cursor: Any, role: str, schema: str) -> None:
    owner = cursor.execute(_SCHEMA_OWNER.format(schema=schema)).fetchone()
    if owner is None and not cursor.execute(_MAY_CREATE).fetchone()[0]:
        raise RoleError(
            f"PostgreSQL role {role}: expected its schema {schema}, found none and no right to "
            f"create it; an administrator runs: CREATE SCHEMA {schema} AUTHORIZATION {role}"
        )
    if owner is not None and owner[0].strip('"') != role:
        raise RoleError(
            f"PostgreSQL role {role}: expected to own schema {schema}, found that {owner[0]} does; "
            "all dashboards of one server sign in with one role"
        )


def _refused(role: str, found: str) -> RoleError:
    return RoleError(
        f"PostgreSQL role {role}: expected a role that owns its schema and nothing else, "
        f"found that it {found}; {_REMEDY}"
    )
