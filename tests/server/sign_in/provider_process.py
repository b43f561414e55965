"""The process of `provider.py`: `python -m tests.server.sign_in.provider_process PORT USERS`."""

import json
import sys
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import flask
import oidc_provider_mock
from joserfc import jws, jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import run_simple

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# {"alg":"none"} in base64url.
_NO_ALGORITHM = "eyJhbGciOiJub25lIn0"
_HEADER = {"alg": "RS256", "kid": "changed"}


class Changing:
    """The WSGI application of the provider, with changes that tests ask for."""

    def __init__(self, provider: flask.Flask) -> None:
        self._inner = provider.wsgi_app
        self._changes: dict[str, Any] = {}
        self._key = RSAKey.generate_key(2048, {"kid": "changed"})

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/changes":
            length = int(environ.get("CONTENT_LENGTH") or 0)
            changes = json.loads(environ["wsgi.input"].read(length))
            self._changes = {name: value for name, value in changes.items() if value}
            start("204 No Content", [])
            return []
        if self._changes.get("down"):
            start("503 Service Unavailable", [("Content-Type", "text/plain")])
            return [b"down"]
        change = {"/oauth2/token": self._tokens, "/jwks": self._keys}.get(path)
        if not self._changes or change is None:
            return self._inner(environ, start)
        answer = flask.Response.from_app(self._inner, environ, buffered=True)
        if answer.status_code == HTTPStatus.OK:
            answer.set_data(json.dumps(change(json.loads(answer.get_data()))))
        return answer(environ, start)

    def _tokens(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request for tokens, with another ID token."""
        token = jws.extract_compact(answer["id_token"].encode())
        claims = {**json.loads(token.payload), **self._changes.get("claims", {})}
        known = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode(_HEADER, known, self._key)
        if self._changes.get("unsigned"):
            signed = f"{_NO_ALGORITHM}.{signed.split('.')[1]}."
        return {**answer, "id_token": signed}

    def _keys(self, published: dict[str, Any]) -> dict[str, Any]:
        """The published keys, with that of the changed tokens unless it is to be another's."""
        changed = {**self._key.as_dict(private=False), **_HEADER, "use": "sig"}
        return {
            "keys": [*published["keys"], *([] if self._changes.get("other_key") else [changed])]
        }


def main() -> None:
    """Serve until the process is ended."""
    port, users = int(sys.argv[1]), json.loads(sys.argv[2])
    known = [oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in users]
    app = Changing(oidc_provider_mock.app(user_claims=known))
    run_simple("127.0.0.1", port, app, threaded=True)


if __name__ == "__main__":
    main()
