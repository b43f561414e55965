"""Who can be mentioned and assigned: the accounts that may review, else the names in the log."""

from dashboard.model.permissions import Permission
from dashboard.model.viewer import viewer
from dashboard.project.accounts import shared_accounts
from dashboard.project.project import Loaded
from dashboard.ui.analyst import NAME


def people(loaded: Loaded) -> list[str]:
    """Their names as in the log, sorted; none for a viewer who may not review."""
    accounts = shared_accounts()
    if accounts is not None:
        return accounts[1].reviewers() if viewer().may(Permission.REVIEW) else []
    assigned = (each.person for each in loaded.shared_work.assignments.values())
    names = {NAME.get(), *loaded.authors, *assigned} - {""}
    return sorted(names, key=str.casefold)
