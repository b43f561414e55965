"""Read a mail (.eml, or a file of a Maildir) as an article: subject, sender, date, and its text.

Nothing of it is run or fetched. Python's parser takes long for many or deep parts and for long headers,
so these are counted before it sees them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart

from dashboard.documents.decode import NotTextError, clean, decode
from dashboard.model.errors import Fault

# Attachments make mails large; servers take 25 to 50 MB.
MAX_MAIL_BYTES = 50_000_000
MAX_PARTS, MAX_DEPTH, MAX_HEADER = 500, 20, 2_000
_MAX_HEAD = 256_000
_ENDINGS = (".eml",)
# In a Maildir: the time, then what makes the name unique, then flags, e.g. 1611500000.M1P2.host:2,S
_MAILDIR_NAME = re.compile(r"\d{9,}\.[^/]*")
_FIELD = re.compile(rb"([!-9;-~]+):[^\n]*\n(?:[ \t][^\n]*\n)*")
# A text may begin with a line like a field, but not with two of these.
_FIELDS_OF_MAIL = frozenset(
    (b"from", b"date", b"message-id", b"received", b"return-path", b"mime-version", b"delivered-to")
)
_DELIMITER = re.compile(rb"^--", re.MULTILINE)
_NESTED = re.compile(rb"(?:multipart|message)/", re.IGNORECASE)
# Pictures are part of a page's looks, further texts of its other forms.
_UNMISSED = ("image/", "text/", "multipart/")
# Errors of Python's parser on hostile mails, besides its own.
_PARSER_ERRORS = (
    ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says: `parts` are its texts, the best first, each with whether it is HTML.

    `sender` is the name, else the address; `None` for what it does not state.
    """

    title: str | None
    published: datetime | None
    sender: str | None
    parts: tuple[tuple[str, bool], ...]


def is_mail(name: str, content: bytes) -> bool:
    """Whether a file is a mail, by its ending, or by its first lines if it has no other ending."""
    if name.lower().endswith(_ENDINGS):
        return True
    plain = "." not in name or _MAILDIR_NAME.fullmatch(name) is not None
    return plain and len(_FIELDS_OF_MAIL & {*_first_fields(content)}) > 1


def read_mail(name: str, content: bytes, faults: list[Fault]) -> Mail:
    """The texts of a mail; attachments, and parts that cannot be read, are added to `faults`.

    Raises NotTextError, for a mail without a text too.
    """
    _expect_small(content)
    try:
        message = message_from_bytes(content, policy=policy.default)
        parts = tuple(_texts(name, message, faults))
        mail = Mail(_subject(message), _date(message), _sender(message), parts)
    except NotTextError:
        raise
    except _PARSER_ERRORS as error:
        found = clean(f"{type(error).__name__}: {error}")[:200]
        raise NotTextError("a mail that can be read", found) from error
    if not mail.parts:
        raise NotTextError("a mail with a text", "none")
    return mail


def _first_fields(content: bytes) -> Iterator[bytes]:
    head = content[:_MAX_HEAD].replace(b"\r\n", b"\n")
    # The line before the first field of a mail in an mbox.
    at = head.find(b"\n") + 1 if head.startswith(b"From ") else 0
    while (field := _FIELD.match(head, at)) is not None:
        yield field[1].lower()
        at = field.end()


def _expect_small(content: bytes) -> None:
    if len(content) > MAX_MAIL_BYTES:
        limit = f"a mail of at most {MAX_MAIL_BYTES // 10**6} MB"
        raise NotTextError(limit, f"{len(content) / 10**6:,.0f} MB")
    parts = sum(1 for _ in _DELIMITER.finditer(content))
    if parts > MAX_PARTS:
        raise NotTextError(f"a mail of at most {MAX_PARTS} parts", f"{parts:,} lines between parts")
    depth = sum(1 for _ in _NESTED.finditer(content))
    if depth > MAX_DEPTH:
        raise NotTextError(f"at most {MAX_DEPTH} parts with parts in them", f"{depth:,}")


def _texts(name: str, message: EmailMessage, faults: list[Fault]) -> Iterator[tuple[str, bool]]:
    """The plain text, then the page; faults for the other parts that somebody may miss."""
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    for number, part in enumerate(message.walk(), 1):
        kind = part.get_content_type()
        # A mail in a mail, e.g. one that was forwarded, counts as multipart, too.
        is_mail_inside = kind.startswith("message/")
        if any(part is body for body in bodies) or (part.is_multipart() and not is_mail_inside):
            continue
        if is_mail_inside or part.is_attachment() or not kind.startswith(_UNMISSED):
            place = f"part {number}"
            faults.append(Fault(name, 0, place, "the text of the mail", f"an attachment, {kind}"))
    for body, is_page in zip(bodies, (False, True), strict=True):
        if body is not None and (text := _decoded(body)).strip():
            yield text, is_page


def _decoded(part: MIMEPart) -> str:
    """The text of a part in the encoding that it states, else in the one that its bytes show."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return ""
    try:
        return clean(content.decode(part.get_content_charset() or ""))
    except (LookupError, UnicodeError):
        return decode(content)


def _header(message: EmailMessage, name: str) -> str:
    """The raw value of a header. Raises NotTextError for one that would take long to parse."""
    values = [value for key, value in message.raw_items() if key.lower() == name]
    if sum(map(len, map(str, values))) > MAX_HEADER:
        raise NotTextError(f"a header {name} of at most {MAX_HEADER:,} characters", "a longer one")
    return str(values[0]) if values else ""


def _subject(message: EmailMessage) -> str | None:
    if not _header(message, "subject"):
        return None
    return clean(" ".join(str(message["subject"]).split())) or None


def _date(message: EmailMessage) -> datetime | None:
    """The day and time that the mail states, where it was sent; `None` for none and a wrong one."""
    if not _header(message, "date"):
        return None
    stated = getattr(message["date"], "datetime", None)
    # As pages state it: the day where it was written.
    return stated.replace(tzinfo=None) if isinstance(stated, datetime) else None


def _sender(message: EmailMessage) -> str | None:
    if not _header(message, "from"):
        return None
    addresses: tuple[Address, ...] = getattr(message["from"], "addresses", ())
    if not addresses:
        return None
    named = addresses[0].display_name or addresses[0].addr_spec
    return clean(" ".join(named.split())) or None
