"""A server with accounts, as its people see it: signing in, roles, and what happens when it ends."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard.access.account_store import AccountStore
from dashboard.access.own import hashed
from dashboard.access.sign_in_file import read_sign_in
from dashboard.server.sign_in.visitor import COOKIE
from dashboard.store.workspace import Workspace
from tests.access.signed_in import write_file
from tests.e2e import app
from tests.e2e.browser import open_context
from tests.e2e.server import free_port, serve
from tests.server.sign_in.provider import run_provider

USERS = (
    ("u1", {"email": "rana@example.org", "name": "رنا", "groups": ["editor"]}),
    ("u2", {"email": "omar@example.org", "name": "Omar", "groups": ["reader"]}),
    ("u3", {"email": "eve@example.org", "name": "Eve"}),
    ("u4", {"email": "boss@example.org", "name": "Boss", "groups": ["administrator"]}),
)


@dataclass(frozen=True)
class Server:
    address: str
    accounts: AccountStore
    workspace: Workspace


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("sign_in")
    port = free_port()
    with run_provider(USERS) as provider:
        file = write_file(folder, f"http://127.0.0.1:{port}", provider.issuer)
        settings = read_sign_in(file)
        assert settings is not None
        environment = {
            "EVENT_MAP_WORKSPACE": str(folder / "w.sqlite"),
            "EVENT_MAP_SIGN_IN": str(file),
        }
        with serve(environment, port=port) as address:
            accounts = AccountStore(folder / "w_accounts.sqlite", settings)
            yield Server(address, accounts, Workspace(folder / "w.sqlite"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with open_context(browser) as opened:
        yield opened


def sign_in(page: Page, user: str) -> None:
    """Follow the link of the sign-in page, and choose a user at the provider."""
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name=user).click()


def secret_of(context: BrowserContext) -> str:
    """The secret of the browser's session."""
    return next(cookie["value"] for cookie in context.cookies() if cookie["name"] == COOKIE)


def test_an_editor_signs_in_and_changes_bear_that_name(server: Server, context: BrowserContext):
    page = context.new_page()
    page.goto(f"{server.address}/explore?tab=table")
    expect(page).to_have_url(f"{server.address}/sign-in?next=%2Fexplore%3Ftab%3Dtable")
    sign_in(page, "u1")
    expect(page).to_have_url(f"{server.address}/explore?tab=table", timeout=app.SLOW_MS)
    expect(app.marks(page).first).to_be_visible(timeout=app.SLOW_MS)
    line = page.get_by_role("link", name="رنا (rana@example.org)")
    expect(line).to_be_visible()
    page.goto(f"{server.address}/articles")
    expect(page.get_by_label("Your name")).to_have_count(0)
    page.get_by_label("Text").fill(
        "قصفت القوات التركية قرية صيدا بريف عين عيسى يوم 5 كانون الثاني 2021."
    )
    app.settled(page)
    page.get_by_role("button", name="Read the text").click()
    app.wait_until(
        page,
        lambda: [entry.who for entry in server.workspace.log(limit=1)],
        ["رنا (rana@example.org)"],
    )


def test_a_reader_sees_everything_and_changes_nothing(server: Server, context: BrowserContext):
    page = context.new_page()
    page.goto(f"{server.address}/explore")
    sign_in(page, "u2")
    app.ready(page)
    before = server.workspace.version()
    page.goto(f"{server.address}/articles")
    expect(page.get_by_text("With your role you can see everything")).to_be_visible(
        timeout=app.SLOW_MS
    )
    expect(page.get_by_role("button", name="Read the text")).to_be_disabled()
    assert server.workspace.version() == before
    page.goto(f"{server.address}/account")
    expect(page.get_by_text("Role: reader")).to_be_visible(timeout=app.SLOW_MS)
    expect(page.get_by_text("All accounts")).to_have_count(0)


def test_somebody_without_a_role_sees_nothing(server: Server, context: BrowserContext):
    page = context.new_page()
    page.goto(f"{server.address}/explore")
    sign_in(page, "u3")
    expect(page.get_by_text("You are signed in, but have no role on this server.")).to_be_visible()


def test_a_session_that_an_administrator_ends_leads_to_the_sign_in(
    server: Server, context: BrowserContext, browser: Browser
):
    page = context.new_page()
    page.goto(f"{server.address}/review")
    sign_in(page, "u1")
    expect(page.get_by_role("link", name="rana@example.org")).to_be_visible(timeout=app.SLOW_MS)
    with open_context(browser) as other:
        boss = other.new_page()
        boss.goto(f"{server.address}/account")
        sign_in(boss, "u4")
        row = boss.locator("[class*=st-key-end_rana]")
        row.get_by_role("button", name="End sessions").click(timeout=app.SLOW_MS)
        expect(page).to_have_url(
            f"{server.address}/sign-in?next=%2Freview", timeout=2 * app.SLOW_MS
        )
        # The administrator is still signed in.
        expect(boss.get_by_text("Role: administrator")).to_be_visible()


def test_signing_out_ends_the_session_on_the_server(server: Server, context: BrowserContext):
    page = context.new_page()
    page.goto(f"{server.address}/account")
    sign_in(page, "u2")
    page.get_by_role("button", name="Sign out", exact=True).click(timeout=app.SLOW_MS)
    expect(page).to_have_url(f"{server.address}/sign-in?next=%2Faccount", timeout=app.SLOW_MS)
    assert server.accounts.viewer_of_session(hashed(secret_of(context))) is None


def test_a_token_is_shown_once_and_reads_events(server: Server, context: BrowserContext):
    page = context.new_page()
    page.goto(f"{server.address}/account")
    sign_in(page, "u2")
    page.get_by_label("Name of the program").fill("QGIS <b>")
    page.get_by_role("button", name="Make a token").click()
    secret = page.get_by_test_id("stCode").inner_text(timeout=app.SLOW_MS).strip()
    items = f"{server.address}/ogc/collections/events/items?limit=1"
    bearer = {"Authorization": f"Bearer {secret}"}
    with open_context(page.context.browser) as other:  # type: ignore[arg-type]
        assert other.request.get(items).status == 401
        assert other.request.get(items, headers=bearer).json()["features"]
        assert other.request.get(f"{server.address}/map-data", headers=bearer).status == 401
        page.reload()
        expect(page.get_by_text("QGIS <b>")).to_be_visible(timeout=app.SLOW_MS)
        expect(page.get_by_test_id("stCode")).to_have_count(0)
        page.get_by_role("button", name="Revoke").first.click()
        expect(page.get_by_text("QGIS <b>")).to_have_count(0, timeout=app.SLOW_MS)
        assert other.request.get(items, headers=bearer).status == 401


def test_the_sign_in_page_speaks_the_language_of_the_browser(server: Server, browser: Browser):
    with open_context(browser, locale="ar-SY") as context:
        page = context.new_page()
        page.goto(f"{server.address}/?lang=ar")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.get_by_role("link", name="تسجيل الدخول")).to_be_visible()
