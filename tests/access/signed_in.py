"""A server with accounts, and somebody of each role who is signed in there."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.access.account_store import AccountStore
from dashboard.access.accounts import Identity
from dashboard.access.sign_in_file import SignIn, read_sign_in
from dashboard.model.permissions import Role

ISSUER = "https://sso.example.org"
ROLES: Mapping[str, Role | None] = {
    "no role": None,
    "reader": Role.READER,
    "analyst": Role.ANALYST,
    "editor": Role.EDITOR,
    "administrator": Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class Team:
    """The file, the accounts, and the secret of each one's session by the name of the role."""

    file: Path
    settings: SignIn
    accounts: AccountStore
    secrets: Mapping[str, str]


def identity(name: str) -> Identity:
    """Somebody whose only group has the name of a role."""
    return Identity(ISSUER, f"subject of {name}", account_of(name), name.title(), frozenset({name}))


def account_of(name: str) -> str:
    """The name of the account of somebody with that role."""
    return f"{name.replace(' ', '_')}@example.org"


def write_file(
    folder: Path, address: str = "http://127.0.0.1:8501", issuer: str = ISSUER, more: str = ""
) -> Path:
    """A sign-in file with a group for each role."""
    secret = folder / "client_secret"
    secret.write_text("not to be shown\n", encoding="utf-8")
    path = folder / "sign_in.toml"
    groups = "\n".join(f'{role.value} = ["group:{role.value}"]' for role in Role)
    path.write_text(
        f'address = "{address}"\n{more}\n[openid]\nissuer = "{issuer}"\nclient_id = "event-map"\n'
        f"client_secret_file = '{secret}'\n[roles]\n{groups}\n",
        encoding="utf-8",
    )
    return path


def team(folder: Path, accounts: Path) -> Team:
    """A sign-in file in `folder`, and somebody of each role with a session."""
    file = write_file(folder)
    settings = read_sign_in(file)
    if settings is None:
        raise AssertionError(file)
    store = AccountStore(accounts, settings)
    secrets = {name: store.sign_in(identity(name)) for name in ROLES}
    return Team(file, settings, store, secrets)
