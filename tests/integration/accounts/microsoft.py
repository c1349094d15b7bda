"""A stand-in for Microsoft Entra: an OpenID provider on loopback that signs its tokens and checks what it is sent.

microsoft.knows(sub="1", email="amy@fleet.example", email_verified=True, name="Amy Quill")
microsoft.answers["/token"] = (500, b"")         # or any other answer in place of its own
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, KEY_ID = "toolkit", "a-secret-of-the-client", "key-1"


class Microsoft:
    """The provider: whom it knows, what it was asked, and what it answers instead of the truth when a test says so."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.token_claims: dict[str, Any] = {}
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.asked: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.go_away()

    def go_away(self) -> None:
        """Refuse connections from now on. A second time does nothing."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    def knows(self, **claims: Any) -> None:
        """Whoever signs in from now on is this person."""
        self.claims = claims

    def sign_in(self, asked: str) -> str:
        """What a person's browser does at the authorisation address: where it is sent back to, with a code."""
        address = urlsplit(asked)
        given = {name: values[0] for name, values in parse_qs(address.query).items()}
        assert f"{address.scheme}://{address.netloc}{address.path}" == f"{self.address}/authorize"
        assert given["client_id"] == CLIENT
        assert given["response_type"] == "code"
        assert {"openid", "email"} <= set(given["scope"].split())
        assert given["code_challenge_method"] == "S256"
        code = f"code-{len(self._codes)}"
        self._codes[code] = given
        return f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"

    def answer(self, method: str, path: str, sent: dict[str, str], bearer: str) -> tuple[int, bytes]:
        self.asked.append(f"{method} {path}")
        if path in self.answers:
            return self.answers[path]
        if path == "/.well-known/openid-configuration":
            return _json({
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            })  # fmt: skip
        if path == "/token":
            return self._token(sent)
        if path == "/userinfo":
            return _json(self.claims) if bearer == "Bearer an-access-token" else (401, b"{}")
        return 404, b"{}"

    def _token(self, sent: dict[str, str]) -> tuple[int, bytes]:
        """An access and an identity token for a code that was given out, once, to whoever began."""
        begun = self._codes.pop(sent.get("code", ""), None)
        proof = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        good = (
            begun is not None
            and begun["code_challenge"] == base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
            and begun["redirect_uri"] == sent.get("redirect_uri")
            and (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)
        )
        if not good:
            return _json({"error": "invalid_grant"}, status=400)
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            **self.claims,
            **self.token_claims,
        }
        token = jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": KEY_ID})
        return _json({"access_token": "an-access-token", "token_type": "Bearer", "id_token": token})


def _json(content: dict[str, Any], *, status: int = 200) -> tuple[int, bytes]:
    return status, json.dumps(content).encode()


def _handler(provider: Microsoft) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, body: str) -> None:
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            status, content = provider.answer(
                self.command, urlsplit(self.path).path, sent, self.headers.get("Authorization", "")
            )
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Says nothing on the terminal."""

    return Handler
