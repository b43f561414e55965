"""The accounts of the server of these settings, one store for all pages and routes."""

from dashboard.access.account_store import AccountStore
from dashboard.access.sign_in_file import SignIn, read_sign_in
from dashboard.project.cache import LruCache
from dashboard.settings import Settings, read_settings

# Tests change the settings of one process; a server has one.
_STORES: LruCache[tuple[SignIn, AccountStore] | None] = LruCache(4)


def shared_accounts() -> tuple[SignIn, AccountStore] | None:
    """How people sign in and their accounts; `None` on a server of one analyst.

    Raises SignInFileError, and WorkspaceError for a file of accounts that cannot be used.
    """
    settings = read_settings()
    return _STORES.get(repr(settings), lambda: _open(settings))


def _open(settings: Settings) -> tuple[SignIn, AccountStore] | None:
    sign_in = read_sign_in(settings.sign_in)
    return None if sign_in is None else (sign_in, AccountStore(settings.accounts, sign_in))
