"""The sign-in file: what it says, and clear refusals of what it cannot say."""

from pathlib import Path

import pytest

from dashboard.access.sign_in_file import Proxy, SignInFileError, read_sign_in
from dashboard.model.permissions import Role
from tests.access.signed_in import write_file

OPENID = '[openid]\nissuer = "https://sso.example.org"\nclient_id = "a"\nclient_secret_file = "b"\n'
PROXY = (
    '[proxy]\naddresses = ["10.0.0.0/24", "::1"]\naccount_header = "X-Email"\n'
    'groups_header = "X-Groups"\n'
)
ADDRESS = 'address = "https://map.example.org"\n'
ROLES = '[roles]\nadministrator = ["group:admins"]\n'


def test_no_file_is_a_server_of_one_analyst():
    assert read_sign_in(None) is None


def test_the_highest_role_of_an_account_and_its_groups_counts(tmp_path: Path):
    file = tmp_path / "sign_in.toml"
    file.write_text(
        ADDRESS + OPENID + ROLES + 'editor = ["account:Ada@Example.org"]\nreader = ["everybody"]\n',
        encoding="utf-8",
    )
    settings = read_sign_in(file)
    assert settings is not None
    assert settings.role_of("ada@example.org", frozenset()) is Role.EDITOR
    assert settings.role_of("ada@example.org", frozenset({"admins"})) is Role.ADMINISTRATOR
    assert settings.role_of("eve@example.org", frozenset({"Admins"})) is Role.READER


def test_without_everybody_others_have_no_role(tmp_path: Path):
    settings = read_sign_in(write_file(tmp_path))
    assert settings is not None
    assert settings.role_of("eve@example.org", frozenset({"group:editor", "everybody"})) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ADDRESS + ROLES, "expected one of [openid] and [proxy]"),
        (ADDRESS + OPENID + PROXY + ROLES, "expected one of [openid] and [proxy]"),
        (ADDRESS + OPENID + "[roles]\n", "roles.administrator"),
        (ADDRESS + OPENID + '[roles]\nadministrator = ["admins"]\n', "found 'admins'"),
        (ADDRESS + OPENID + ROLES + 'owner = ["group:x"]\n', "'owner'"),
        ('address = "map.example.org"\n' + OPENID + ROLES, "address"),
        ('address = "https://map.example.org/path"\n' + OPENID + ROLES, "address"),
        (ADDRESS + "session_hour = 3\n" + OPENID + ROLES, "session_hour"),
        (ADDRESS + "session_hours = 0\n" + OPENID + ROLES, "session_hours"),
        (ADDRESS + PROXY.replace("10.0.0.0/24", "10.0.0.1/24") + ROLES, "10.0.0.1/24"),
        (ADDRESS + PROXY.replace('"10.0.0.0/24", "::1"', "") + ROLES, "addresses"),
        ("address = ", "sign_in.toml"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(tmp_path: Path, text: str, found: str):
    file = tmp_path / "sign_in.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SignInFileError) as error:
        read_sign_in(file)
    assert str(error.value).startswith("sign_in.toml: ")
    assert found in str(error.value)


def test_a_file_that_is_missing_is_no_open_server(tmp_path: Path):
    with pytest.raises(SignInFileError, match=r"sign_in\.toml"):
        read_sign_in(tmp_path / "sign_in.toml")


@pytest.mark.parametrize(
    ("address", "is_proxy"),
    [("10.0.0.7", True), ("::1", True), ("10.0.1.7", False), ("127.0.0.1", False), ("", False)],
)
def test_only_the_named_addresses_are_the_proxy(address: str, is_proxy: bool):
    proxy = Proxy(("10.0.0.0/24", "::1"), "X-Email", "X-Groups")
    assert proxy.sends_from(address) is is_proxy
