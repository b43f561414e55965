"""A provider of OpenID Connect in a process of its own, which may also send ID tokens that are wrong.

`oidc-provider-mock` is the provider. A wrong token is its own one with other claims, signed with another
key, which it publishes or not.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from tests.e2e.server import ROOT, free_port

_STARTS_WITHIN_S = 30


@dataclass(frozen=True)
class Provider:
    """The provider at `issuer`, which is its address."""

    issuer: str

    def change(self, claims: Mapping[str, Any] | None = None, **how: bool) -> None:
        """Send other ID tokens from now on; without arguments as they should be.

        `claims` replace those of the token, `None` removes one. `other_key` is a key that is not
        published, `unsigned` a token without a signature; `down` answers 503 to all else.
        """
        body = {"claims": dict(claims or {}), **how}
        httpx2.put(f"{self.issuer}/changes", json=body).raise_for_status()


@contextmanager
def run_provider(users: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Provider]:
    """Run the provider on a free port of this machine; `users` are subjects with their claims."""
    port = free_port()
    command = [sys.executable, "-m", "tests.server.sign_in.provider_process", str(port)]
    with subprocess.Popen(
        [*command, json.dumps(users)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            provider = Provider(f"http://127.0.0.1:{port}")
            _wait(provider)
            yield provider
        finally:
            process.terminate()


def _wait(provider: Provider) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < deadline:
        try:
            provider.change()
        except httpx2.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(provider.issuer)
