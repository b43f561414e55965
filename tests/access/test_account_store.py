"""Sessions and tokens: they end, they are revoked, and no secret is in the file."""

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from dashboard.access import account_store
from dashboard.access.account_store import AccountStore
from dashboard.access.accounts import AccountError, Scope, account_name, shown_name
from dashboard.access.database import time_text, writing
from dashboard.access.identities import groups_text
from dashboard.access.own import hashed
from dashboard.access.tokens import MOST_TOKENS
from dashboard.model.permissions import Permission, permissions_of
from dashboard.model.viewer import NotPermittedError, Viewer, acting_as
from tests.access.signed_in import ROLES, Team, account_of, identity, team


@pytest.fixture
def here(tmp_path: Path) -> Team:
    return team(tmp_path, tmp_path / "accounts.sqlite")


def viewer(here: Team, name: str) -> Viewer:
    found = here.accounts.viewer_of_session(hashed(here.secrets[name]))
    assert found is not None
    return found


@pytest.mark.parametrize("name", ROLES)
def test_a_session_has_the_permissions_of_the_role_and_the_name_of_the_account(
    here: Team, name: str
):
    found = viewer(here, name)
    assert found.permissions == permissions_of(ROLES[name])
    assert found.name_in_log("Somebody Else") == f"{name.title()} ({account_of(name)})"


def test_an_unknown_session_is_nobody(here: Team):
    for secret in ("", "x", hashed(here.secrets["editor"])):
        assert here.accounts.viewer_of_session(hashed(secret)) is None


def test_a_session_ends(here: Team, monkeypatch: pytest.MonkeyPatch):
    late = datetime.now(UTC) + timedelta(hours=here.settings.session_hours, seconds=1)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return late

    monkeypatch.setattr(account_store, "datetime", Later)
    assert here.accounts.viewer_of_session(hashed(here.secrets["editor"])) is None


def test_signing_out_everywhere_ends_all_sessions_of_that_account_only(here: Team):
    second = here.accounts.sign_in(identity("editor"))
    with acting_as(viewer(here, "editor")):
        here.accounts.end_sessions(account_of("editor"))
    assert here.accounts.viewer_of_session(hashed(second)) is None
    assert here.accounts.viewer_of_session(hashed(here.secrets["editor"])) is None
    assert here.accounts.viewer_of_session(hashed(here.secrets["reader"])) is not None


def test_reviewers_know_each_other_as_the_log_calls_them(here: Team):
    with acting_as(viewer(here, "administrator")):
        here.accounts.disable(account_of("editor"), disabled=True)
    with acting_as(viewer(here, "analyst")):
        assert here.accounts.reviewers() == [
            "Administrator (administrator@example.org)", "Analyst (analyst@example.org)",
        ]  # fmt: skip
    for name in ("reader", "no role"):
        with acting_as(viewer(here, name)), pytest.raises(NotPermittedError):
            here.accounts.reviewers()


def test_nobody_ends_or_sees_the_sessions_of_others_but_administrators(here: Team):
    with acting_as(viewer(here, "editor")):
        here.accounts.end_session(hashed(here.secrets["reader"]))
        for action in (
            here.accounts.end_sessions, here.accounts.sessions, here.accounts.tokens.of,
        ):  # fmt: skip
            with pytest.raises(NotPermittedError):
                action(account_of("reader"))
        with pytest.raises(NotPermittedError):
            here.accounts.accounts()
        with pytest.raises(NotPermittedError):
            here.accounts.disable(account_of("reader"), disabled=True)
    assert here.accounts.viewer_of_session(hashed(here.secrets["reader"])) is not None
    with acting_as(viewer(here, "administrator")):
        assert len(here.accounts.accounts()) == len(ROLES)
        here.accounts.end_sessions(account_of("reader"))
    assert here.accounts.viewer_of_session(hashed(here.secrets["reader"])) is None


def test_a_disabled_account_is_out_at_once_with_its_tokens_and_stays_out(here: Team):
    with acting_as(viewer(here, "reader")):
        token = here.accounts.tokens.new("QGIS", Scope.READ, 5)
    with acting_as(viewer(here, "administrator")):
        here.accounts.disable(account_of("reader"), disabled=True)
        with pytest.raises(AccountError):
            here.accounts.disable(account_of("administrator"), disabled=True)
    assert here.accounts.viewer_of_session(hashed(here.secrets["reader"])) is None
    assert here.accounts.viewer_of_token(token, Scope.READ) is None
    with pytest.raises(AccountError):
        here.accounts.sign_in(identity("reader"))
    assert here.accounts.viewer_of(identity("reader")) is None
    with acting_as(viewer(here, "administrator")):
        here.accounts.disable(account_of("reader"), disabled=False)
    assert here.accounts.sign_in(identity("reader"))


def test_an_account_name_that_was_given_to_another_person_is_refused(here: Team):
    other = replace(identity("editor"), subject="somebody else", name="Eve")
    with pytest.raises(AccountError):
        here.accounts.sign_in(other)
    assert viewer(here, "editor").author == f"Editor ({account_of('editor')})"


def test_roles_follow_the_groups_of_the_last_sign_in(here: Team):
    here.accounts.sign_in(replace(identity("editor"), groups=frozenset({"reader"})))
    assert viewer(here, "editor").permissions == {Permission.LOOK}


def test_a_token_only_looks_and_only_where_it_is_for(here: Team):
    with acting_as(viewer(here, "administrator")):
        read = here.accounts.tokens.new("QGIS", Scope.READ, 5)
        monitor = here.accounts.tokens.new("Prometheus", Scope.MONITOR, 5)
    found = here.accounts.viewer_of_token(read, Scope.READ)
    assert found is not None
    assert found.permissions == {Permission.LOOK}
    assert here.accounts.viewer_of_token(read, Scope.MONITOR) is None
    assert here.accounts.viewer_of_token(monitor, Scope.READ) is None
    seen = here.accounts.viewer_of_token(monitor, Scope.MONITOR)
    assert seen is not None
    assert seen.permissions == {Permission.ADMINISTER}
    for wrong in (read[:-1], "", hashed(read), here.secrets["administrator"]):
        assert here.accounts.viewer_of_token(wrong, Scope.READ) is None


def test_a_token_ends_and_is_revoked_by_whom_it_belongs_to(
    here: Team, monkeypatch: pytest.MonkeyPatch
):
    with acting_as(viewer(here, "reader")):
        secret = here.accounts.tokens.new("notebook", Scope.READ, 1)
        (token,) = here.accounts.tokens.of(account_of("reader"))
    with acting_as(viewer(here, "editor")), pytest.raises(NotPermittedError):
        here.accounts.tokens.revoke(token.token_id)
    assert here.accounts.viewer_of_token(secret, Scope.READ) is not None
    with acting_as(viewer(here, "reader")):
        here.accounts.tokens.revoke(token.token_id)
    assert here.accounts.viewer_of_token(secret, Scope.READ) is None


@pytest.mark.parametrize(("name", "days"), [("", 5), ("  ", 5), ("a", 0), ("a", 367)])
def test_a_token_needs_a_name_and_an_end(here: Team, name: str, days: int):
    with acting_as(viewer(here, "reader")), pytest.raises(AccountError):
        here.accounts.tokens.new(name, Scope.READ, days)


def test_only_administrators_make_tokens_for_monitoring(here: Team):
    with acting_as(viewer(here, "editor")), pytest.raises(NotPermittedError):
        here.accounts.tokens.new("Prometheus", Scope.MONITOR, 5)


def test_no_secret_is_in_the_file_and_others_on_the_machine_cannot_read_it(here: Team):
    with acting_as(viewer(here, "reader")):
        token = here.accounts.tokens.new("QGIS", Scope.READ, 5)
    path = here.accounts.path
    files = [file for file in path.parent.iterdir() if file.name.startswith(path.name)]
    content = b"".join(file.read_bytes() for file in files)
    assert account_of("reader").encode() in content
    for secret in (*here.secrets.values(), token):
        assert secret.encode() not in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_role_that_the_file_takes_away_is_gone_at_once(here: Team):
    changed = msgspec.structs.replace(here.settings, roles={"administrator": ("group:none",)})
    store = AccountStore(here.accounts.path, changed)
    found = store.viewer_of_session(hashed(here.secrets["editor"]))
    assert found is not None
    assert found.permissions == frozenset()


def test_an_account_follows_its_person_to_another_name(here: Team):
    renamed = replace(identity("editor"), account="new@example.org")
    second = here.accounts.sign_in(renamed)
    for secret in (second, here.secrets["editor"]):
        found = here.accounts.viewer_of_session(hashed(secret))
        assert found is not None
        assert found.account == "new@example.org"
    taken = replace(identity("editor"), account=account_of("reader"))
    with pytest.raises(AccountError):
        here.accounts.sign_in(taken)


def test_disabling_an_account_ends_its_tokens_for_good(here: Team):
    with acting_as(viewer(here, "reader")):
        token = here.accounts.tokens.new("QGIS", Scope.READ, 5)
    with acting_as(viewer(here, "administrator")):
        here.accounts.disable(account_of("reader"), disabled=True)
        here.accounts.disable(account_of("reader"), disabled=False)
    assert here.accounts.viewer_of_token(token, Scope.READ) is None


def test_a_token_rests_while_its_person_does_not_sign_in(here: Team):
    with acting_as(viewer(here, "reader")):
        token = here.accounts.tokens.new("QGIS", Scope.READ, 90)
    long_ago = time_text(datetime.now(UTC) - timedelta(days=31))
    with writing(here.accounts.path) as connection:
        connection.execute("UPDATE account SET signed_in_at = ?", (long_ago,))
    assert here.accounts.viewer_of_token(token, Scope.READ) is None
    here.accounts.sign_in(identity("reader"))
    assert here.accounts.viewer_of_token(token, Scope.READ) is not None


def test_what_an_account_may_do_now_follows_its_groups(here: Team):
    assert here.accounts.viewer_now(account_of("editor")) == viewer(here, "editor")
    with acting_as(viewer(here, "administrator")):
        here.accounts.disable(account_of("editor"), disabled=True)
    assert here.accounts.viewer_now(account_of("editor")) is None
    assert here.accounts.viewer_now("unknown@example.org") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" Ada@Example.org ", "ada@example.org"),
        ("رنا", "رنا"),
        ("\u212aim@example.org", None),
        ("\ufb01@example.org", None),
        ("a\u202e@example.org", None),
        ("a\n@example.org", None),
        ("", None),
        ("a" * 201, None),
    ],
)
def test_names_that_look_like_those_of_others_are_refused(text: str, name: str | None):
    assert account_name(text) == name


def test_names_of_persons_hide_nothing():
    assert shown_name(" Ada\n\u202e (boss)\x1b[2J ") == "Ada (boss)[2J"


def test_equal_groups_are_stored_as_equal_texts():
    assert groups_text(frozenset({"b", "a"})) == groups_text(frozenset({"a", "b"})) == '["a", "b"]'


def test_an_account_has_a_limited_number_of_tokens(here: Team):
    with acting_as(viewer(here, "reader")):
        for number in range(MOST_TOKENS):
            here.accounts.tokens.new(f"program {number}", Scope.READ, 5)
        with pytest.raises(AccountError):
            here.accounts.tokens.new("one more", Scope.READ, 5)
