"""`event-map alerts`: mails on new events of saved views, sent by the server of the settings."""

import fcntl
import smtplib
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

from dashboard.exit_status import ExitStatus
from dashboard.model.alert import OutgoingMail
from dashboard.model.errors import DashboardError
from dashboard.project.accounts import shared_accounts
from dashboard.project.alert_mails import AlertMails, without_accounts
from dashboard.project.mail_file import MailFileError, MailSettings, read_mail_file
from dashboard.project.project import Project
from dashboard.settings import read_settings
from dashboard.store.alerts import Alerts
from dashboard.text.escape import without_controls

# What could not be sent is tried again after so many seconds.
_EVERY_S = 60.0
_WAIT_S = 30.0
# Codes of SMTP: a mail that was taken, and from where on a refusal is for good.
_SENT, _PERMANENT = 250, 500


def mail_alerts(every_minutes: int, ended: Event) -> ExitStatus:
    """Send mails until `ended` is set; what cannot be sent now is a line, and is tried again."""
    settings = read_settings()
    try:
        mail = read_mail_file(settings.mail)
        accounts = shared_accounts()
    except DashboardError as error:
        return _refuse(str(error))
    if mail is None:
        return _refuse("EVENT_MAP_MAIL: expected the file that says how mails are sent")
    find = accounts[1].viewer_now if accounts else without_accounts
    project = Project(settings)
    mails = AlertMails(project, mail, timedelta(minutes=every_minutes), find)
    with _alone(project.alerts.path) as alone:
        if not alone:
            return _refuse("another process sends the mails of this workspace")
        while True:
            try:
                mails.store()
                send_stored(project.alerts, mail)
            except (DashboardError, OSError) as error:
                _say(str(error))
            if ended.wait(_EVERY_S):
                return ExitStatus.OK


def send_stored(alerts: Alerts, settings: MailSettings) -> int:
    """Send the stored mails; returns how many. Those that are refused for good are removed.

    Raises MailFileError for a password that cannot be read.
    """
    stored, sent = alerts.stored_mails(), 0
    if not stored:
        return 0
    try:
        with _connected(settings) as server:
            for mail in stored:
                code = _send(server, settings, mail)
                if code == _SENT or code >= _PERMANENT:
                    alerts.remove_mail(mail.message_id)
                sent += code == _SENT
    except (smtplib.SMTPException, OSError) as error:
        # The server's own words could have a password or an address.
        _say(f"{settings.host}: not sent, tried again later ({_kind(error)})")
    return sent


def _send(server: smtplib.SMTP, settings: MailSettings, mail: OutgoingMail) -> int:
    """Send a mail; returns the code of the server's answer, and prints it if it is a refusal."""
    try:
        server.sendmail(settings.sender, [mail.mail_to], mail.content)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(code for code, _words in error.recipients.values())
    except smtplib.SMTPDataError as error:
        code = error.smtp_code
    else:
        return _SENT
    later = "for good" if code >= _PERMANENT else "for now"
    _say(f"{settings.host}: refused {later} the mail {mail.message_id} ({code})")
    return code


@contextmanager
def _connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted, unless the server is this machine, and signed in."""
    context = ssl.create_default_context()
    password = _password(settings)
    if settings.tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.host, settings.port, timeout=_WAIT_S, context=context
        )
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=_WAIT_S)
    with server:
        if not settings.tls and not settings.local:
            server.starttls(context=context)
        if settings.user is not None:
            server.login(settings.user, password)
        yield server


def _password(settings: MailSettings) -> str:
    if settings.password_file is None:
        return ""
    path = Path(settings.password_file)
    try:
        return path.read_text(encoding="utf-8").partition("\n")[0]
    except OSError as error:
        raise MailFileError(f"password_file: {path.name}: {error.strerror}") from error


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Whether no other process is in this block for the file at `path`; ended by the system too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def _kind(error: Exception) -> str:
    code = getattr(error, "smtp_code", None)
    return type(error).__name__ if code is None else f"{type(error).__name__} {code}"


def _refuse(why: str) -> ExitStatus:
    _say(why)
    return ExitStatus.NOTHING


def _say(line: str) -> None:
    print(f"alerts: {without_controls(line)}", file=sys.stderr, flush=True)
