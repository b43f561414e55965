"""The page on which one signs in: one link, and the reason if it did not work, in English or Arabic."""

from enum import StrEnum
from urllib.parse import quote

from dashboard.language.language import ARABIC, ENGLISH, Language, using_language
from dashboard.language.messages import N_, _
from dashboard.legend.palette import colour
from dashboard.server.sign_in.needed import START
from dashboard.text.escape import escape, escape_attribute


class Problem(StrEnum):
    """Why somebody could not sign in, as it stands in the address of the page."""

    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    ACCOUNT = "account"
    TOO_MANY = "too-many"
    NO_ROLE = "no-role"


_SENTENCES = {
    Problem.REFUSED: N_("The sign-in was not completed. Please try again."),
    Problem.UNREACHABLE: N_("The service that signs people in cannot be reached. Try again later."),
    Problem.ACCOUNT: N_("This account cannot be used here. Ask the administrators of this server."),
    Problem.TOO_MANY: N_("Too many attempts. Wait a minute, then try again."),
    Problem.NO_ROLE: N_(
        "You are signed in, but have no role on this server. Ask its administrators, and sign in again "
        "after they have given you one."
    ),
}
# {style} and {ask} are ours, all other values are escaped texts.
_PAGE = """<!doctype html>
<html lang="{code}" dir="{direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>
body {{ font-family: system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid;
place-items: center; background: {paper}; color: {ink}; }}
main {{ max-width: 24rem; padding: 2rem; text-align: center; }}
h1 {{ font-size: 1.6rem; }}
a {{ display: inline-block; padding: .7rem 1.6rem; border-radius: .5rem; background: {accent};
color: {paper}; text-decoration: none; font-weight: 600; }}
a:focus-visible {{ outline: 3px solid {ink}; outline-offset: 2px; }}
[role=alert] {{ border: 1px solid {ink}; border-radius: .5rem; padding: .7rem; }}
</style></head>
<body><main><h1>{title}</h1>{alert}<p>{text}</p><p><a href="{start}">{link}</a></p></main></body>
</html>
"""


def sign_in_page(base_path: str, wanted: str, problem: str, languages: str) -> str:
    """The page as HTML; `wanted` is the address to open afterwards, `languages` the Accept-Language."""
    language = _language(languages)
    with using_language(language):
        reason = _SENTENCES.get(Problem(problem)) if problem in list(Problem) else None
        alert = f'<p role="alert">{escape(_(reason))}</p>' if reason else ""
        return _PAGE.format(
            code=language.code,
            direction=language.direction,
            title=escape(_("Event map")),
            alert=alert,
            text=escape(_("Sign in with the account of your organisation.")),
            start=escape_attribute(f"{base_path}{START}?next={quote(wanted, safe='')}"),
            link=escape(_("Sign in")),
            paper=colour("paper"),
            ink=colour("ink"),
            accent=colour("accent"),
        )


def _language(accepted: str) -> Language:
    """Arabic if the browser prefers it to English."""
    first = accepted.strip().lower()
    return ARABIC if first.startswith("ar") else ENGLISH


def local_address(wanted: str, base_path: str) -> str:
    """The address to open after the sign-in: one of this server, else its first page."""
    start = f"{base_path}/"
    unsafe = "\\" in wanted or any(ord(letter) < 33 for letter in wanted)
    if unsafe or not wanted.startswith(start) or wanted.startswith("//"):
        return start
    return wanted
