"""The middleware in its order, for `App("main.py", middleware=middleware(rules, metrics, files))`."""

from pathlib import Path

from starlette.middleware import Middleware

from dashboard.server.answer_headers import AnswerHeaders
from dashboard.server.body_limit import BodyLimit
from dashboard.server.browser_cookie import BrowserCookie
from dashboard.server.guard import Guard
from dashboard.server.metrics import Metrics
from dashboard.server.request_log import RequestLog
from dashboard.server.rules import ServerRules
from dashboard.server.static_answers import StaticAnswers


def middleware(
    rules: ServerRules, metrics: Metrics, files: Path, *, log_requests: bool = False
) -> list[Middleware]:
    """Return the middleware, the outermost first; `files` is the folder that Streamlit serves.

    The log, headers, refusals, the size of bodies, the cookie, files that do not change.
    """
    return [
        Middleware(RequestLog, metrics=metrics, base_path=rules.base_path, lines=log_requests),
        Middleware(AnswerHeaders, rules=rules),
        Middleware(Guard, rules=rules),
        Middleware(BodyLimit, upload_bytes=rules.upload_bytes),
        Middleware(BrowserCookie, rules=rules),
        Middleware(StaticAnswers, base_path=rules.base_path, folder=files),
    ]
