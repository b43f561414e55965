"""Mails on new events: one for a person and period, sent once, with nobody's text as a header."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Event

import pytest

from dashboard.commands.alerts import mail_alerts, send_stored
from dashboard.exit_status import ExitStatus
from dashboard.model.alert import OutgoingMail
from dashboard.model.permissions import Permission
from dashboard.model.records import Table
from dashboard.model.restriction import RestrictedKind
from dashboard.model.saved_view import SavedView
from dashboard.model.viewer import Viewer
from dashboard.project.alert_mails import AlertMails
from dashboard.project.mail_file import MailFileError, MailSettings, read_mail_file
from dashboard.project.project import Project
from dashboard.review.edit_session import EditSession
from dashboard.review.saved_views import save_view
from tests.commands.smtp_server import Received, smtp_server
from tests.project.test_new_events import accept, read
from tests.project.without import INSIDER, OUTSIDER, hide, project_at

DAY = timedelta(days=1)
RANA = "rana@example.org"
SECRET = "not-for-logs"  # noqa: S105 of a test


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_at(tmp_path / "p", datasets=())


@pytest.fixture
def server() -> Iterator[Received]:
    with smtp_server() as received:
        yield received


def settings(received: Received, /, **values: object) -> MailSettings:
    fields = {
        "server": f"smtp://127.0.0.1:{received.port}",
        "sender": "map@example.org",
        "domains": ("example.org",),
        **values,
    }
    return MailSettings(**fields)  # type: ignore[arg-type]


def view(project: Project, name: str = "Shelling", owner: str = "Rana", **link: str) -> str:
    """A saved view of which somebody is notified by mail from now on."""
    session = EditSession(project.workspace, project.load().corpus, "Rana")
    view_id = save_view(session, SavedView(name, "", {key: (link[key],) for key in link}))
    project.alerts.set(owner, view_id, project.workspace.version(), RANA)
    return view_id


def mails_of(project: Project, server: Received, **values: object) -> AlertMails:
    return AlertMails(project, settings(server), DAY, **values)  # type: ignore[arg-type]


def parsed(server: Received) -> EmailMessage:
    (mail,) = server.mails
    return message_from_bytes(mail, policy=policy.default)


def test_a_person_gets_one_mail_with_the_events_of_all_views(project, server):
    view(project, kind="shelling")
    view(project, "كل شيء")
    with_origin = Project(replace(project.settings, origins=("https://map.example.org",)))
    mails = mails_of(with_origin, server)
    assert mails.store() == 0
    read(project)
    accept(project)
    assert mails.store() == 1
    assert send_stored(project.alerts, settings(server)) == 1
    mail = parsed(server)
    assert (mail["From"], mail["To"]) == ("map@example.org", RANA)
    assert mail["Subject"] in {"3 new events: Shelling, كل شيء", "3 new events: كل شيء, Shelling"}
    text = mail.get_content()
    assert "- Shelling: Turkish forces; Ain Issa" in text
    assert "https://map.example.org/?kind=shelling&event=" in text
    assert project.alerts.stored_mails() == []


def test_nothing_is_sent_twice_and_not_before_the_period_is_over(project, server):
    view(project)
    read(project)
    accept(project)
    now = [datetime.now(UTC)]
    mails = mails_of(project, server, now=lambda: now[0])
    assert mails.store() == 1
    assert mails.store() == 0
    read(project, "اندلعت اشتباكات في قرية زنوبيا بين قوات سوريا الديمقراطية والجيش الوطني السوري.")
    accept(project)
    # Also after a restart.
    assert mails_of(project, server, now=lambda: now[0] + timedelta(hours=23)).store() == 0
    now[0] += DAY
    assert mails.store() == 1
    assert len(project.alerts.stored_mails()) == 2
    assert send_stored(project.alerts, settings(server)) == 2
    assert send_stored(project.alerts, settings(server)) == 0
    assert len({message_from_bytes(mail)["Message-ID"] for mail in server.mails}) == 2


def test_a_mail_that_could_not_be_sent_is_sent_later_with_the_same_id(project, server, capsys):
    view(project)
    read(project)
    accept(project)
    mails_of(project, server).store()
    (stored,) = project.alerts.stored_mails()
    away = settings(server, server="smtp://127.0.0.1:1")
    assert send_stored(project.alerts, away) == 0
    assert "not sent, tried again later (ConnectionRefusedError)" in capsys.readouterr().err
    server.answers[RANA] = 450
    assert send_stored(project.alerts, settings(server)) == 0
    assert "refused for now" in capsys.readouterr().err
    server.answers.clear()
    assert send_stored(project.alerts, settings(server)) == 1
    assert parsed(server)["Message-ID"] == stored.message_id


def test_a_mail_that_is_refused_for_good_is_removed_and_others_are_sent(project, server, capsys):
    for address in ("gone@example.org", RANA):
        content = b"Subject: x\r\n\r\nx"
        mail = OutgoingMail(f"<{address}>", address, content)
        project.alerts.store_mail("Rana", {}, mail, datetime.now(UTC))
    server.answers["gone@example.org"] = 550
    assert send_stored(project.alerts, settings(server)) == 1
    assert project.alerts.stored_mails() == []
    assert "refused for good" in capsys.readouterr().err


def test_the_text_of_a_stranger_is_no_header(project, server):
    session = EditSession(project.workspace, project.load().corpus, "Rana")
    hostile = "A\r\nBcc: eve@evil.example\r\n\r\nx"
    view_id = save_view(session, SavedView("x", "", {}))
    project.alerts.set("Rana", view_id, project.workspace.version(), RANA)
    # Not by the form, which makes one line of a name.
    session.commit([session.change(Table.SAVED_VIEW, view_id, SavedView(hostile, "", {}))], "x", "")
    read(project)
    accept(project)
    assert mails_of(project, server).store() == 1
    send_stored(project.alerts, settings(server))
    mail = parsed(server)
    assert mail["Bcc"] is None
    assert "A Bcc: eve@evil.example x" in mail["Subject"]
    assert [line for line in server.commands if "TO:" in line] == [f"rcpt TO:<{RANA}>"]


@pytest.mark.parametrize(
    "address",
    ["a@evil.example", "a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org",
     "<a@example.org>", "a@b@example.org", "@example.org", "a@sub.example.org", ""],
)  # fmt: skip
def test_mails_go_only_to_plain_addresses_of_the_domains(project, server, address):
    assert not settings(server).allows(address)
    view_id = view(project)
    project.alerts.set("Rana", view_id, 0, address or "x")
    read(project)
    accept(project)
    assert mails_of(project, server).store() == 0


def test_a_mail_tells_what_its_person_may_see_now(project, server):
    view(project, owner="ada@example.org")
    view(project, "Also", owner="eve@example.org")
    view(project, "Gone", owner="gone@example.org")
    view(project, "No role", owner="none@example.org")
    hide(project, RestrictedKind.ARTICLE, read(project))
    accept(project)
    people: dict[str, Viewer] = {
        "ada@example.org": INSIDER,
        "eve@example.org": OUTSIDER,
        "none@example.org": replace(INSIDER, permissions=frozenset({Permission.REVIEW})),
    }
    assert mails_of(project, server, find=people.get).store() == 1
    (stored,) = project.alerts.stored_mails()
    assert b"Shelling" in stored.content or b"U2hlbGxpbmc" in stored.content


def test_a_password_goes_to_the_server_and_nowhere_else(project, server, tmp_path, capsys):
    path = tmp_path / "password"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    mail = OutgoingMail("<1@example.org>", RANA, b"Subject: x\r\n\r\nx")
    project.alerts.store_mail("Rana", {}, mail, datetime.now(UTC))
    given = settings(server, user="map", password_file=str(path))
    assert send_stored(project.alerts, given) == 1
    assert any(line.startswith("AUTH PLAIN") for line in server.commands)
    assert SECRET not in repr(given) + capsys.readouterr().err
    path.unlink()
    project.alerts.store_mail("Rana", {}, mail, datetime.now(UTC))
    with pytest.raises(MailFileError, match="password_file: password: No such file"):
        send_stored(project.alerts, given)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on this machine")
def test_a_server_with_a_certificate_that_nobody_vouches_for_gets_nothing(
    project, tmp_path, capsys, monkeypatch
):
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    mail = OutgoingMail("<1@example.org>", RANA, b"Subject: x\r\n\r\nx")
    project.alerts.store_mail("Rana", {}, mail, datetime.now(UTC))
    with smtp_server(context) as received:
        given = settings(received, server=f"smtps://127.0.0.1:{received.port}")
        assert send_stored(project.alerts, given) == 0
        assert "SSLCertVerificationError" in capsys.readouterr().err
        assert received.commands == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert send_stored(project.alerts, given) == 1


def test_a_server_elsewhere_has_to_offer_encryption(project, server, monkeypatch, capsys):
    monkeypatch.setattr(MailSettings, "local", False)
    mail = OutgoingMail("<1@example.org>", RANA, b"Subject: x\r\n\r\nx")
    project.alerts.store_mail("Rana", {}, mail, datetime.now(UTC))
    assert send_stored(project.alerts, settings(server)) == 0
    assert "SMTPNotSupportedError" in capsys.readouterr().err
    assert server.mails == []


FILE = (
    'server = "smtps://mail.example.org"\nsender = "map@example.org"\ndomains = ["example.org"]\n'
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (FILE.replace("smtps", "http"), "server: expected"),
        (FILE.replace("smtps://", f"smtps://u:{SECRET}@"), "server: expected"),
        (FILE.replace('org"\ns', 'org:99999"\ns'), "Port out of range"),
        (FILE.replace("map@", "Map <map@"), "sender: expected"),
        (FILE + 'user = "map"\n', "both user and password_file"),
        (FILE + f'password = "{SECRET}"\n', "unknown field"),
        ("", "missing required field"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path, text, why):
    path = tmp_path / "mail.toml"
    path.write_text(FILE, encoding="utf-8")
    found = read_mail_file(path)
    assert found is not None
    assert (found.host, found.port, found.tls, found.local) == (
        "mail.example.org",
        465,
        True,
        False,
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MailFileError, match=why) as caught:
        read_mail_file(path)
    assert SECRET not in str(caught.value)
    assert read_mail_file(None) is None


def test_the_command_sends_nothing_without_a_server_and_ends_when_told(
    project, server, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(project.settings.workspace))
    ended = Event()
    ended.set()
    assert mail_alerts(1440, ended) == ExitStatus.NOTHING
    assert "EVENT_MAP_MAIL" in capsys.readouterr().err
    path = tmp_path / "mail.toml"
    local = FILE.replace("smtps://mail.example.org", f"smtp://127.0.0.1:{server.port}")
    path.write_text(local, encoding="utf-8")
    monkeypatch.setenv("EVENT_MAP_MAIL", str(path))
    view(project)
    read(project)
    accept(project)
    assert mail_alerts(1440, ended) == ExitStatus.OK
    assert mail_alerts(1440, ended) == ExitStatus.OK
    assert len(server.mails) == 1
