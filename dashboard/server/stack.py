"""The middleware in its order, for `App("main.py", middleware=middleware(rules, metrics, files))`."""

from pathlib import Path

from starlette.middleware import Middleware

from dashboard.access.account_store import AccountStore
from dashboard.access.sign_in_file import SignIn
from dashboard.server.answer_headers import AnswerHeaders
from dashboard.server.body_limit import BodyLimit
from dashboard.server.browser_cookie import BrowserCookie
from dashboard.server.guard import Guard
from dashboard.server.metrics import Metrics
from dashboard.server.page_messages import PageMessages
from dashboard.server.request_log import RequestLog
from dashboard.server.rules import ServerRules
from dashboard.server.sign_in.gate import SignInGate
from dashboard.server.static_answers import StaticAnswers


def middleware(
    rules: ServerRules,
    metrics: Metrics,
    files: Path,
    *,
    log_requests: bool = False,
    sign_in: tuple[SignIn, AccountStore] | None = None,
) -> list[Middleware]:
    """Return the middleware, the outermost first; `files` is the folder that Streamlit serves.

    The log, headers, refusals, the gate of a server with accounts, the size of bodies, messages of
    pages, the cookie, files that do not change.
    """
    gate = []
    if sign_in is not None:
        gate = [Middleware(SignInGate, rules=rules, settings=sign_in[0], accounts=sign_in[1])]
    return [
        Middleware(RequestLog, metrics=metrics, base_path=rules.base_path, lines=log_requests),
        Middleware(AnswerHeaders, rules=rules),
        Middleware(Guard, rules=rules),
        *gate,
        Middleware(BodyLimit, upload_bytes=rules.upload_bytes),
        Middleware(PageMessages),
        Middleware(BrowserCookie, rules=rules),
        Middleware(StaticAnswers, base_path=rules.base_path, folder=files),
    ]
