"""A small OpenID Connect provider on the loopback: discovery, keys, token and userinfo, as the standard asks."""

import base64
import contextlib
import datetime as dt
import hashlib
import http.server
import json
import secrets
import threading
import urllib.parse
from collections.abc import Generator, Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from wellserved.platform import clock

CLIENT = "wellserved"
SECRET = "what-the-provider-issued"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Who has signed in there, and the codes it has issued but not yet exchanged."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.audience = CLIENT
        self.codes: dict[str, tuple[Mapping[str, str], Mapping[str, Any]]] = {}
        self.people: dict[str, Mapping[str, Any]] = {}

    def consent(self, address: str, person: Mapping[str, Any]) -> str:
        """Let `person` sign in at the address a browser was sent to; return the address it is sent back to."""
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))
        code = secrets.token_urlsafe()
        self.codes[code] = (asked, person)
        return asked["redirect_uri"] + "?" + urllib.parse.urlencode({"code": code, "state": asked["state"]})

    def discovery(self) -> dict[str, Any]:
        """Return what it says of itself."""
        return {
            "issuer": self.base,
            "authorization_endpoint": f"{self.base}/authorize",
            "token_endpoint": f"{self.base}/token",
            "userinfo_endpoint": f"{self.base}/userinfo",
            "jwks_uri": f"{self.base}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        """Return the public key of its tokens."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}

    def exchange(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Return tokens for a code: once, to the client that asked for it and holds its secrets (RFC 7636)."""
        asked, person = self.codes.pop(given["code"])
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        assert (given["client_id"], given["client_secret"]) == (CLIENT, SECRET)
        assert given["redirect_uri"] == asked["redirect_uri"]
        access = secrets.token_urlsafe()
        self.people[access] = person
        return {"access_token": access, "token_type": "Bearer", "id_token": self._id_token(person)}

    def _id_token(self, person: Mapping[str, Any]) -> str:
        issued = clock.now()
        claims = {"iss": self.base, "aud": self.audience, "iat": issued, "exp": issued + dt.timedelta(minutes=5)}
        return jwt.encode({**claims, **person}, KEY, algorithm="RS256", headers={"kid": "1"})


class Handler(http.server.BaseHTTPRequestHandler):
    """Its four addresses."""

    provider: Provider

    def do_GET(self) -> None:
        """Answer discovery, keys and userinfo."""
        match self.path:
            case "/.well-known/openid-configuration":
                self._answer(self.provider.discovery())
            case "/keys":
                self._answer(self.provider.keys())
            case "/userinfo":
                self._answer(self.provider.people[self.headers["Authorization"].removeprefix("Bearer ")])

    def do_POST(self) -> None:
        """Answer the exchange of a code."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = dict(urllib.parse.parse_qsl(body))
        if given["code"] in self.provider.codes:
            self._answer(self.provider.exchange(given))
        else:
            self._answer({"error": "invalid_grant"}, status=400)

    def _answer(self, said: Mapping[str, Any], *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextlib.contextmanager
def run() -> Generator[Provider]:
    """Serve a provider while the block runs."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = Provider(f"http://127.0.0.1:{server.server_port}")
        server.RequestHandlerClass = type("Bound", (Handler,), {"provider": provider})
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()
