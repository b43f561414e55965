"""What belongs to an account: secrets by their hash, and asking for one's own only."""

import hashlib

from dashboard.model.permissions import Permission
from dashboard.model.viewer import require, viewer


def hashed(secret: str) -> str:
    """The SHA-256 of a secret, by which it is found again; no salt, since it is random itself."""
    return hashlib.sha256(secret.encode()).hexdigest()


def expect_own(account: str) -> None:
    """Raise NotPermittedError unless it is the account of this viewer, or an administrator asks."""
    if account != viewer().account:
        require(Permission.ADMINISTER)
