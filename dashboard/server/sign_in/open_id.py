"""The sign-in with OpenID Connect by Authlib: to the provider, and back with who it is.

Authlib checks state, nonce and PKCE, and the ID token's signature, times, issuer and audience.
"""

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from dashboard.access.accounts import Identity, account_name, shown_name
from dashboard.access.sign_in_file import OpenId, SignInFileError
from dashboard.model.errors import DashboardError

_LOG = logging.getLogger(__name__)
_DISCOVERY = "/.well-known/openid-configuration"
_TIMEOUT_S = 10.0
_ERROR_CODE = re.compile(r"[a-z_]{1,40}")


class SignInRefusedError(DashboardError):
    """The provider did not say who it is, or said what does not pass the checks."""


class ProviderUnreachableError(DashboardError):
    """The provider does not answer."""


class Provider:
    """The provider of a sign-in file. Raises SignInFileError for a secret that cannot be read."""

    def __init__(self, settings: OpenId) -> None:
        self._settings = settings
        issuer = settings.issuer.rstrip("/")
        self._client = OAuth().register(
            "provider",
            server_metadata_url=f"{issuer}{_DISCOVERY}",
            client_id=settings.client_id,
            client_secret=_secret(Path(settings.client_secret_file)),
            client_kwargs={
                "scope": settings.scope,
                "code_challenge_method": "S256",
                "timeout": _TIMEOUT_S,
                # A redirect could lead these requests, with the client's secret, to another server.
                "follow_redirects": False,
            },
        )

    async def redirect(self, request: Request, callback: str) -> Response:
        """Send the browser to the provider. Raises ProviderUnreachableError."""
        try:
            answer: Response = await self._client.authorize_redirect(request, callback)
        except (httpx2.HTTPError, AuthlibBaseError, ValueError) as error:
            _LOG.warning("sign-in: the provider's description cannot be read: %s", _kind(error))
            raise ProviderUnreachableError from error
        return answer

    async def identity(self, request: Request) -> Identity:
        """Who came back. Raises SignInRefusedError or ProviderUnreachableError."""
        expected = {
            "iss": {"essential": True, "values": [self._settings.issuer]},
            "aud": {"essential": True, "values": [self._settings.client_id]},
        }
        try:
            token = await self._client.authorize_access_token(request, claims_options=expected)
            claims = token.get("userinfo")
            if not claims:
                raise SignInRefusedError("the provider sent no ID token")
            if not claims.get(self._settings.account_claim):
                claims = await self._more_claims(claims, token)
        except httpx2.HTTPError as error:
            _LOG.warning("sign-in: the provider cannot be reached: %s", _kind(error))
            raise ProviderUnreachableError from error
        except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as error:
            _LOG.warning("sign-in refused: %s", _kind(error))
            raise SignInRefusedError from error
        return self._read(claims)

    async def _more_claims(
        self, claims: Mapping[str, Any], token: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The claims with those that the provider tells only where it is asked for them."""
        more = await self._client.userinfo(token=token)
        # OpenID Connect Core 1.0, 5.3.2: otherwise they are those of somebody else.
        if more.get("sub") != claims["sub"]:
            raise SignInRefusedError("claims of another subject")
        return {**more, **claims}

    def _read(self, claims: Mapping[str, Any]) -> Identity:
        settings = self._settings
        claimed, subject = claims.get(settings.account_claim), claims.get("sub")
        account = account_name(claimed) if isinstance(claimed, str) else None
        if account is None or not isinstance(subject, str):
            _LOG.warning("sign-in refused: no claim %r that can be used", settings.account_claim)
            raise SignInRefusedError
        # Some providers send it as text.
        verified = str(claims.get("email_verified", True)).lower() == "true"
        if settings.account_claim == "email" and not verified:
            _LOG.warning("sign-in refused: the address is not verified")
            raise SignInRefusedError
        groups = claims.get(settings.groups_claim)
        name = claims.get("name")
        return Identity(
            settings.issuer,
            subject,
            account,
            (shown_name(name) if isinstance(name, str) else "") or account,
            frozenset(map(str, groups)) if isinstance(groups, list) else frozenset(),
        )


def _secret(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SignInFileError(f"client_secret_file: {path.name}: {error.strerror}") from error


def _kind(error: Exception) -> str:
    """The kind of an error for the log; its text may have codes and tokens."""
    code = str(getattr(error, "error", ""))
    # It may come from the address that a stranger opened.
    return code if _ERROR_CODE.fullmatch(code) else type(error).__name__
