"""The sign-in with a provider: who comes back is checked, and nothing secret is written or shown."""

import asyncio
import logging
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from starlette.applications import Starlette

from dashboard.access.account_store import AccountStore
from dashboard.access.database import writing
from dashboard.access.own import hashed
from dashboard.access.sign_in_file import SignInFileError, read_sign_in
from dashboard.model.permissions import Permission
from dashboard.server.sign_in.open_id import Provider as Client
from dashboard.server.sign_in.page import local_address
from dashboard.server.sign_in.routes import SignInRoutes
from dashboard.server.sign_in.visitor import COOKIE
from tests.access.signed_in import write_file
from tests.server.sign_in.provider import Provider, run_provider

ADDRESS = "http://127.0.0.1:8501"
USERS = [
    ("u1", {"email": "Ada@example.org", "name": "آدا", "groups": ["editor"]}),
    ("u2", {"email": "eve@example.org", "email_verified": False, "groups": ["editor"]}),
    ("u3", {"name": "No Address", "groups": ["editor"]}),
]


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with run_provider(USERS) as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Iterator[Provider]:
    yield running
    running.change()


class Here:
    """The routes of a server, and a browser that has only its cookies."""

    def __init__(self, folder: Path, issuer: str) -> None:
        settings = read_sign_in(write_file(folder, ADDRESS, issuer))
        if settings is None or settings.openid is None:
            raise AssertionError(folder)
        self.accounts = AccountStore(folder / "accounts.sqlite", settings)
        routes = SignInRoutes(settings, self.accounts, Client(settings.openid), "").routes()
        self._app = Starlette(routes=routes)
        self.cookies: dict[str, str] = {}

    def get(self, address: str) -> httpx2.Response:
        """The answer to a GET with the cookies of before."""

        async def ask() -> httpx2.Response:
            transport = httpx2.ASGITransport(app=self._app)
            async with httpx2.AsyncClient(
                transport=transport, base_url=ADDRESS, cookies=self.cookies
            ) as client:
                return await client.get(address)

        with ThreadPoolExecutor(1) as thread:
            answer = thread.submit(lambda: asyncio.run(ask())).result()
        self.cookies |= dict(answer.cookies)
        return answer

    def to_provider(self, wanted: str = "/") -> str:
        """Begin to sign in: the address of the provider."""
        answer = self.get(f"/sign-in/start?next={wanted}")
        assert answer.status_code == 302
        return str(answer.headers["location"])

    def back(self, user: str, at: str | None = None) -> str:
        """Sign in at the provider as a user: the address to which it sends back."""
        answer = httpx2.post(at or self.to_provider(), data={"sub": user})
        assert answer.status_code == 302, answer.text
        return str(answer.headers["location"])

    def sign_in(self, user: str) -> httpx2.Response:
        """The answer to somebody who comes back."""
        return self.get(self.back(user))


@pytest.fixture
def here(provider: Provider, tmp_path: Path) -> Here:
    return Here(tmp_path, provider.issuer)


def why(answer: httpx2.Response) -> str:
    """The reason in the address of the page to which somebody is sent who was not signed in."""
    assert COOKIE not in answer.cookies
    place = urlsplit(answer.headers["location"])
    assert place.path == "/sign-in"
    return parse_qs(place.query)["why"][0]


def test_who_signs_in_has_a_session_of_that_account(here: Here):
    at = here.to_provider("/review?lang=ar")
    sent = parse_qs(urlsplit(at).query)
    assert sent["redirect_uri"] == [f"{ADDRESS}/sign-in/callback"]
    assert sent["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(sent)
    answer = here.get(here.back("u1", at))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review?lang=ar"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    viewer = here.accounts.viewer_of_session(hashed(answer.cookies[COOKIE]))
    assert viewer is not None
    assert viewer.author == "آدا (ada@example.org)"
    assert viewer.may(Permission.DECIDE)
    assert not viewer.may(Permission.ADMINISTER)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another program"},
        {"aud": ["another program"], "azp": "event-map"},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": 1_500_000_000},
        {"exp": None},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"sub": None},
        {"email": 5},
        {"email": "\u212aim@example.org"},
        {"email_verified": "false"},
        {"email_verified": 0},
    ],
    ids=str,
)
def test_an_id_token_with_a_wrong_claim_is_refused(
    here: Here, provider: Provider, claims: Mapping[str, Any]
):
    provider.change(claims)
    assert why(here.sign_in("u1")) == "refused"


def test_a_changed_token_is_taken_if_all_is_right(here: Here, provider: Provider):
    """Otherwise the tests above would pass whatever is checked."""
    provider.change({"name": "Changed"})
    answer = here.sign_in("u1")
    viewer = here.accounts.viewer_of_session(hashed(answer.cookies[COOKIE]))
    assert viewer is not None
    assert viewer.author == "Changed (ada@example.org)"


def test_a_token_signed_by_another_or_by_nobody_is_refused(here: Here, provider: Provider):
    provider.change(other_key=True)
    assert why(here.sign_in("u1")) == "refused"
    provider.change(unsigned=True)
    assert why(here.sign_in("u1")) == "refused"


@pytest.mark.parametrize("user", ["u2", "u3"])
def test_an_account_without_a_verified_address_is_refused(here: Here, user: str):
    assert why(here.sign_in(user)) == "refused"


def test_an_answer_is_taken_once_and_only_in_the_browser_that_asked(here: Here):
    back = here.back("u1")
    flow = dict(here.cookies)
    here.cookies.clear()
    assert why(here.get(back)) == "refused"
    here.cookies = flow
    assert COOKIE in here.get(back).cookies
    assert why(here.get(back)) == "refused"


@pytest.mark.parametrize(
    "query",
    ["", "?code=x", "?state=x", "?code=x&state=y", "?error=access_denied&state=x", "?error="],
)
def test_answers_that_nobody_asked_for_are_refused(here: Here, query: str):
    here.to_provider()
    assert why(here.get(f"/sign-in/callback{query}")) == "refused"


def test_a_provider_that_is_down_is_said_to_be(here: Here, provider: Provider):
    back = here.back("u1")
    provider.change(down=True)
    assert why(here.get(back)) in {"refused", "unreachable"}


def test_a_provider_that_does_not_exist_is_said_to_be_unreachable(tmp_path: Path):
    here = Here(tmp_path, "http://127.0.0.1:9")
    assert why(here.get("/sign-in/start")) == "unreachable"


def test_a_disabled_account_is_told_that_it_cannot_be_used(here: Here):
    here.sign_in("u1")
    with writing(here.accounts.path) as connection:
        connection.execute("UPDATE account SET disabled = 1")
    assert why(here.sign_in("u1")) == "account"


def test_nothing_secret_is_logged_or_sent_to_the_browser(
    here: Here, provider: Provider, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.DEBUG, "dashboard"):
        back = here.back("u1")
        answers = [here.get(back), here.get(back)]
        provider.change({"aud": "another"})
        answers.append(here.sign_in("u1"))
    code = parse_qs(urlsplit(back).query)["code"][0]
    seen = caplog.text + "".join(f"{answer.headers}{answer.text}" for answer in answers)
    assert "sign-in refused" in caplog.text
    assert "not to be shown" not in seen
    assert code not in seen
    secret = next(answer.cookies[COOKIE] for answer in answers if COOKIE in answer.cookies)
    assert secret not in caplog.text
    assert answers[0].headers["cache-control"] == "no-store"


def test_a_stranger_writes_no_lines_into_the_log(here: Here, caplog: pytest.LogCaptureFixture):
    why(here.get("/sign-in/callback?error=x%0aFAKE%1b[2J"))
    assert "FAKE" not in caplog.text


def test_a_long_link_is_left_rather_than_the_sign_in_failing(here: Here):
    answer = here.get(here.back("u1", here.to_provider("/explore?q=" + "x" * 5_000)))
    assert answer.headers["location"] == "/"
    assert COOKIE in answer.cookies


def test_too_many_starts_wait(here: Here):
    answers = [here.get("/sign-in/start") for _ in range(62)]
    assert answers[0].status_code == 302
    assert why(answers[-1]) == "too-many"


@pytest.mark.parametrize(
    ("wanted", "opened"),
    [
        ("/review?lang=ar#x", "/review?lang=ar#x"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n//evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_sign_in_leads_to_addresses_of_this_server_only(wanted: str, opened: str):
    assert local_address(wanted, "") == opened


def test_addresses_outside_of_the_base_path_are_not_ours():
    assert local_address("/map/review", "/map") == "/map/review"
    assert local_address("/other", "/map") == "/map/"
    assert local_address("/map.evil", "/map") == "/map/"


def test_the_page_speaks_arabic_and_shows_nothing_of_the_address_as_html(here: Here):
    page = here.get('/sign-in?next=/"><script>alert(1)</script>&why=<b>')
    assert "<script" not in page.text
    assert "<b>" not in page.text
    assert 'role="alert"' not in page.text
    assert 'role="alert"' in here.get("/sign-in?why=refused").text


def test_a_secret_that_cannot_be_read_stops_the_server(tmp_path: Path):
    file = write_file(tmp_path)
    (tmp_path / "client_secret").unlink()
    settings = read_sign_in(file)
    assert settings is not None
    assert settings.openid is not None
    with pytest.raises(SignInFileError, match="client_secret_file"):
        Client(settings.openid)
