"""Mails on new events of saved views: one for each person and period, with a list.

What is new is found with the rights that the person has at that moment. A mail is stored before it is
sent, together with the entry of the log up to which it tells: none is lost if the program ends, and one
of which it is unknown whether it was sent goes again with the same Message-ID.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from itertools import groupby
from urllib.parse import urlencode

from dashboard.language.language import Language, using_language
from dashboard.language.messages import _, plural
from dashboard.language.names import title_of
from dashboard.model.alert import Alert, OutgoingMail
from dashboard.model.permissions import Permission
from dashboard.model.saved_view import SavedView
from dashboard.model.viewer import SINGLE_ANALYST, Viewer, acting_as
from dashboard.project.mail_file import MailSettings
from dashboard.project.new_events import NewEvents, new_events
from dashboard.project.project import Project
from dashboard.query.link import language_params
from dashboard.review.saved_views import saved_views
from dashboard.text.escape import without_controls

Find = Callable[[str], Viewer | None]


def without_accounts(_owner: str) -> Viewer:
    """Who somebody is on a server without accounts."""
    return SINGLE_ANALYST


@dataclass(frozen=True, slots=True)
class AlertMails:
    """Makes mails; `period` is the shortest time between two to one person.

    `find` gives the viewer of an account, `None` for one that may not sign in any more.
    """

    project: Project
    settings: MailSettings
    period: timedelta
    find: Find = without_accounts
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def store(self) -> int:
        """Store the mails that are due; returns how many. Raises DataError and WorkspaceError."""
        stored = 0
        alerts = self.project.alerts.mailed()
        for (owner, mail_to), group in groupby(alerts, lambda each: (each.owner, each.mail_to)):
            own = list(group)
            someone = self.find(owner)
            if someone is None or not self._is_due(own) or not self.settings.allows(mail_to):
                continue
            with acting_as(someone):
                if someone.may(Permission.LOOK):
                    stored += self._store(own)
        return stored

    def _is_due(self, alerts: Sequence[Alert]) -> bool:
        last = [alert.mailed_at for alert in alerts if alert.mailed_at is not None]
        return not last or self.now() - max(last) >= self.period

    def _store(self, alerts: Sequence[Alert]) -> bool:
        """Store the mail on these alerts of one person, if anything is new."""
        views = saved_views(self.project.seen_workspace)
        looked_at = []
        for alert in alerts:
            view = views.get(alert.view_id)
            if view is not None:
                looked_at.append((alert, view, new_events(self.project, view, alert.mailed)))
        new = [(view, events) for _alert, view, events in looked_at if events.count]
        if not new:
            return False
        language = Language("ar" if alerts[0].language == "ar" else "en")
        with using_language(language):
            mail = self._mail(alerts[0].mail_to, new, language)
        versions = {alert.view_id: events.version for alert, _view, events in looked_at}
        self.project.alerts.store_mail(alerts[0].owner, versions, mail, self.now())
        return True

    def _mail(
        self, mail_to: str, new: Sequence[tuple[SavedView, NewEvents]], language: Language
    ) -> OutgoingMail:
        message = EmailMessage(policy=SMTP)
        message_id = f"<{secrets.token_hex(16)}@{self.settings.sender.partition('@')[2]}>"
        count = sum(events.count for _view, events in new)
        names = ", ".join(view.name for view, _events in new)
        subject = plural("{n} new event: {views}", "{n} new events: {views}", count)
        message["From"], message["To"] = self.settings.sender, mail_to
        message["Subject"] = _one_line(subject.format(views=names))[:_LONGEST_SUBJECT]
        message["Date"], message["Message-ID"] = format_datetime(self.now()), message_id
        # No answer of a machine to this mail.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content("\n".join(self._lines(new, language)), cte="base64")
        return OutgoingMail(message_id, mail_to, message.as_bytes())

    def _lines(
        self, new: Sequence[tuple[SavedView, NewEvents]], language: Language
    ) -> Iterator[str]:
        origins = self.project.settings.origins
        for view, events in new:
            yield _one_line(view.name)
            for event_id, event in events.events.items():
                yield f"- {_one_line(title_of(event))}"
                if origins:
                    link = {**events.links[event_id], **language_params(language)}
                    yield f"  {origins[0].rstrip('/')}/?{urlencode(link, doseq=True)}"
            left = events.count - len(events.events)
            if left > 0:
                yield plural("and {n} more event", "and {n} more events", left)
            yield ""
        yield _(
            "You asked for this mail at a saved view of the event map; it is switched off there."
        )


_LONGEST_SUBJECT = 200


def _one_line(text: str) -> str:
    return " ".join(without_controls(" ".join(text.split())).split())
