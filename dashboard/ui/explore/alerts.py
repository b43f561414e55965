"""Alerts: what is new in saved views, above their list, and the switch of each view."""

import streamlit as st

from dashboard.language.language import current
from dashboard.language.messages import _, plural
from dashboard.language.names import title_of
from dashboard.language.words import all_of, isolate
from dashboard.model.alert import Alert
from dashboard.model.saved_view import SavedView
from dashboard.model.viewer import viewer
from dashboard.project.mail_file import MailFileError, read_mail_file
from dashboard.project.new_events import NewEvents, new_events
from dashboard.project.project import Loaded
from dashboard.query.link import SAVED
from dashboard.review.saved_views import saved_views
from dashboard.store.alerts import MOST_ALERTS
from dashboard.store.problems import WorkspaceError
from dashboard.ui import project, shell
from dashboard.ui.analyst import NAME, restore_name
from dashboard.ui.components.workspace_fault import error_markdown, literal
from dashboard.ui.state import explore_query


def alert_owner() -> str:
    """Who is notified: the account, or without accounts the name that was entered; "" for nobody."""
    restore_name()
    return viewer().account or NAME.get()


def new_events_notices(loaded: Loaded) -> None:
    """Show a line for each saved view with new events, with a list of links to them."""
    try:
        _notices(loaded)
    except WorkspaceError as error:
        # Map and evidence are of more use than this line.
        st.warning(error_markdown(error))


def _notices(loaded: Loaded) -> None:
    owner = alert_owner()
    alerts = project.project().alerts.of(owner) if owner else []
    if not alerts:
        return
    views = saved_views(loaded.workspace)
    for alert in alerts:
        view = views.get(alert.view_id)
        if view is None:
            continue
        new = new_events(project.project(), view, alert.seen)
        if new.count:
            _notice(alert, view, new)


def alert_field(loaded: Loaded, view_id: str) -> None:
    """Show the switch by which somebody is notified of new events of a view."""
    owner, alerts = alert_owner(), project.project().alerts
    if not owner:
        st.caption(_("Enter your name to be notified of new events of this view."))
        return
    try:
        own = alerts.of(owner)
    except WorkspaceError:
        # `new_events_notices` shows it.
        return
    switched_on = any(alert.view_id == view_id for alert in own)
    wanted = st.toggle(
        _("Notify me of new events"),
        value=switched_on,
        key=f"alert_{view_id}_{switched_on}",
        help=_(
            "Above the saved views you then see how many events analysts added to this view since you "
            "last pressed “I have seen them”. Rows of imported tables are not counted."
        ),
    )
    if wanted == switched_on:
        if switched_on:
            _mail_field(loaded, next(alert for alert in own if alert.view_id == view_id))
        return
    if wanted and len(own) >= MOST_ALERTS:
        st.warning(_("You have alerts on {most} views already.").format(most=MOST_ALERTS))
        return
    if wanted:
        alerts.set(owner, view_id, loaded.version)
    else:
        alerts.remove(owner, view_id)
    st.rerun()


def _mail_field(loaded: Loaded, alert: Alert) -> None:
    """Show the field for the address to which new events are mailed, if the server sends mails."""
    try:
        mail = read_mail_file(project.project().settings.mail)
    except MailFileError:
        # `event-map config check` says what is wrong; analysts cannot mend it.
        return
    if mail is None:
        return
    domains = all_of([isolate(f"@{domain}") for domain in mail.domains])
    address = st.text_input(
        _("Also by mail, to the address"),
        value=alert.mail_to,
        key=f"alert_mail_{alert.view_id}",
        help=_("Addresses at {domains}. Empty: no mail.").format(domains=domains),
    ).strip()
    if address == alert.mail_to:
        return
    if address and not mail.allows(address):
        st.warning(_("Mails go only to addresses at {domains}.").format(domains=domains))
        return
    alerts = project.project().alerts
    alerts.set(alert.owner, alert.view_id, loaded.version, address, current().code)


def _notice(alert: Alert, view: SavedView, new: NewEvents) -> None:
    line = plural("{n} new event in {view}", "{n} new events in {view}", new.count)
    with st.popover(line.format(view=literal(view.name)), key=f"new_events_{alert.view_id}"):
        with st.container(key=f"new_events_list_{alert.view_id}", gap="small"):
            for event_id, event in new.events.items():
                link = dict(new.links[event_id])
                # A link that this session has not had before, as those of saved views.
                link[SAVED] = [f"{alert.view_id}.{explore_query.links_replaced()}"]
                shell.link_to("explore", literal(title_of(event)), link)
        left = new.count - len(new.events)
        if left > 0:
            st.caption(plural("and {n} more event", "and {n} more events", left))
        if st.button(_("I have seen them"), key=f"new_events_seen_{alert.view_id}"):
            project.project().alerts.see(alert.owner, alert.view_id, new.version)
            st.rerun()
