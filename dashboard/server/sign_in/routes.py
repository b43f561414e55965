"""The routes of the sign-in: the page, the start, and the address to which the provider sends back."""

import secrets
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.access.account_store import AccountStore
from dashboard.access.accounts import AccountError
from dashboard.access.own import hashed
from dashboard.access.sign_in_file import SignIn
from dashboard.server.cookies import cookie_value
from dashboard.server.sign_in.attempts import Attempts
from dashboard.server.sign_in.needed import CALLBACK, SIGN_IN, START, STATE
from dashboard.server.sign_in.open_id import (
    Provider,
    ProviderUnreachableError,
    SignInRefusedError,
)
from dashboard.server.sign_in.page import Problem, local_address, sign_in_page
from dashboard.server.sign_in.visitor import session_cookie
from dashboard.store.problems import WorkspaceError

_FLOW_COOKIE = "event_map_sign_in"
# How long somebody may take at the provider.
_FLOW_S = 15 * 60
_WANTED = "wanted"
_LONGEST_WANTED = 2_000
_NO_STORE = {"Cache-Control": "no-store"}
# A person starts a few; each costs the provider a request.
_MOST_STARTS, _WITHIN_S = 60, 60.0


def state_route(base_path: str) -> Route:
    """The route that answers only those whom the gate lets pass."""

    async def answer(_request: Request) -> Response:
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=_NO_STORE)

    return Route(f"{base_path}{STATE}", answer)


class SignInRoutes:
    """The sign-in of one server at `settings.address`."""

    def __init__(
        self, settings: SignIn, accounts: AccountStore, provider: Provider, base_path: str
    ) -> None:
        self._settings, self._accounts, self._provider = settings, accounts, provider
        self._base = base_path
        self._starts = Attempts(_MOST_STARTS, _WITHIN_S)
        self._secure = settings.address.startswith("https:")

    def routes(self) -> list[Route]:
        """The routes, with a cookie in which Authlib keeps what it expects back."""
        flow = Middleware(
            SessionMiddleware,
            secret_key=secrets.token_urlsafe(32),
            session_cookie=_FLOW_COOKIE,
            max_age=_FLOW_S,
            path=f"{self._base}{SIGN_IN}",
            same_site="lax",
            https_only=self._secure,
        )
        return [
            Route(f"{self._base}{SIGN_IN}", self._page),
            Route(f"{self._base}{START}", self._start, middleware=[flow]),
            Route(f"{self._base}{CALLBACK}", self._back, middleware=[flow]),
        ]

    async def _page(self, request: Request) -> Response:
        html = sign_in_page(
            self._base,
            self._wanted(request),
            request.query_params.get("why", ""),
            request.headers.get("accept-language", ""),
        )
        return HTMLResponse(html, headers=_NO_STORE)

    async def _start(self, request: Request) -> Response:
        address = request.client.host if request.client else ""
        if self._starts.exceeded(address):
            return self._again(Problem.TOO_MANY)
        # Only the last sign-in that was begun in this browser is completed.
        request.session.clear()
        wanted = self._wanted(request)
        # Browsers drop a cookie of more than 4 kB.
        request.session[_WANTED] = wanted if len(wanted) <= _LONGEST_WANTED else f"{self._base}/"
        callback = f"{self._settings.address}{self._base}{CALLBACK}"
        try:
            return await self._provider.redirect(request, callback)
        except ProviderUnreachableError:
            return self._again(Problem.UNREACHABLE)

    async def _back(self, request: Request) -> Response:
        wanted = str(request.session.get(_WANTED, f"{self._base}/"))
        try:
            identity = await self._provider.identity(request)
            before = hashed(cookie_value(request.scope, session_cookie(self._settings)))
            await run_in_threadpool(self._accounts.forget_session, before)
            secret = await run_in_threadpool(self._accounts.sign_in, identity)
        except (ProviderUnreachableError, WorkspaceError):
            return self._again(Problem.UNREACHABLE)
        except SignInRefusedError:
            return self._again(Problem.REFUSED)
        except AccountError:
            return self._again(Problem.ACCOUNT)
        request.session.clear()
        answer = RedirectResponse(wanted, HTTPStatus.SEE_OTHER, headers=_NO_STORE)
        answer.set_cookie(
            session_cookie(self._settings),
            secret,
            max_age=int(self._settings.session_hours * 3600),
            # The prefix of its name needs this path.
            path="/" if self._secure else self._base or "/",
            secure=self._secure,
            httponly=True,
            # Not strict: the browser comes from the provider, and follows links from mails.
            samesite="lax",
        )
        return answer

    def _again(self, problem: Problem) -> Response:
        query = urlencode({"why": problem.value})
        return RedirectResponse(
            f"{self._base}{SIGN_IN}?{query}", HTTPStatus.SEE_OTHER, headers=_NO_STORE
        )

    def _wanted(self, request: Request) -> str:
        return local_address(request.query_params.get("next", ""), self._base)
