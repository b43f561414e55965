"""The middleware in its order, for `App("main.py", middleware=middleware(rules))`."""

from starlette.middleware import Middleware

from dashboard.server.answer_headers import AnswerHeaders
from dashboard.server.body_limit import BodyLimit
from dashboard.server.browser_cookie import BrowserCookie
from dashboard.server.guard import Guard
from dashboard.server.rules import ServerRules


def middleware(rules: ServerRules) -> list[Middleware]:
    """Return the middleware, the outermost first: headers, refusals, the size of bodies, the cookie."""
    return [
        Middleware(AnswerHeaders, rules=rules),
        Middleware(Guard, rules=rules),
        Middleware(BodyLimit, upload_bytes=rules.upload_bytes),
        Middleware(BrowserCookie, rules=rules),
    ]
