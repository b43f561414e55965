"""The line of the sidebar that says how many things wait for the analyst, with a link to them."""

from collections.abc import Callable, Mapping

from dashboard.language.messages import _
from dashboard.language.numbers import in_digits
from dashboard.project.project import Loaded
from dashboard.ui.analyst import NAME

LinkTo = Callable[[str, str, Mapping[str, str]], None]


def waiting_line(loaded: Loaded, link_to: LinkTo) -> None:
    """Show it if anything waits; `link_to(page, label, parameters)` shows a link."""
    number = loaded.shared_work.waiting_for(NAME.get()).number
    if number:
        label = _("Waits for you: {n}").format(n=in_digits(str(number)))
        link_to("review", f"**{label}**", {"waiting": "1"})
