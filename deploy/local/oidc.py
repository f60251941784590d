"""A city's sign-in on this machine: an OpenID provider for tests and for trying things out.

It asks who you are and believes it. Codes are good once, for a minute, with PKCE only.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

from shared.clock import epoch_seconds

STYLE = (
    "body{max-width:28rem;margin:4rem auto;padding:0 1rem;font:1rem/1.7 sans-serif;color:#222}"
    "h1{font-size:1.25rem}button{width:100%;padding:.7rem 1rem;font:inherit;text-align:left;"
    "background:#fff;border:1px solid #8aa;border-radius:.3rem;cursor:pointer}"
    "button:hover,button:focus{background:#eef4f6;border-color:#1d4f5e}"
)
CODE_SECONDS = 60
TOKEN_SECONDS = 300

Written = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asked for, and who said that they are it."""

    subject: str
    back: str
    nonce: str
    challenge: str
    until: float


def create_provider(
    issuer: str,
    *,
    people: Mapping[str, str],
    client: str = "huiban",
    secret: str,
    back: Sequence[str],
    methods: Sequence[str] = ("pwd",),
) -> FastAPI:
    """A provider that knows these people (subject: name) and sends them back to these addresses.

    ``methods`` are what it claims to have asked of them (RFC 8176): ``("pwd", "otp")`` for two.
    """
    app = FastAPI(title="统一身份认证（试用）", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.methods = list(methods)
    key = RSAKey.generate_key(2048, parameters={"kid": secrets.token_hex(4), "use": "sig"})
    codes: dict[str, Asked] = {}

    @app.get("/.well-known/openid-configuration")
    async def document() -> dict[str, Any]:
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    @app.get("/keys")
    async def keys() -> dict[str, Any]:
        return {"keys": [key.as_dict(private=False)]}

    @app.get("/authorize", response_class=HTMLResponse)
    async def who_are_you(
        client_id: str,
        redirect_uri: str,
        code_challenge: str,
        response_type: str = "",
        scope: str = "",
        code_challenge_method: str = "",
        state: str = "",
        nonce: str = "",
    ) -> str:
        if client_id != client or redirect_uri not in back:
            raise HTTPException(400, "unknown client")
        if (response_type, code_challenge_method) != ("code", "S256") or "openid" not in scope:
            raise HTTPException(400, "unsupported request")
        told = {
            "redirect_uri": redirect_uri,
            "code_challenge": code_challenge,
            "state": state,
            "nonce": nonce,
        }
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in told.items()
        )
        buttons = "".join(
            f'<p><button name="subject" value="{escape(subject)}">{escape(name)}</button></p>'
            for subject, name in people.items()
        )
        return (
            '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>统一身份认证（试用）'
            f"</title><style>{STYLE}</style><h1>统一身份认证（试用）</h1>"
            "<p>这里代替市里的登录系统，不核对口令。您是谁？</p>"
            f'<form method="post" action="/authorize">{hidden}{buttons}</form></html>'
        )

    @app.post("/authorize")
    async def it_is_me(
        subject: Written,
        redirect_uri: Written,
        code_challenge: Written,
        state: Written = "",
        nonce: Written = "",
    ) -> RedirectResponse:
        if subject not in people or redirect_uri not in back:
            raise HTTPException(400, "unknown person or client")
        code = secrets.token_urlsafe()
        until = epoch_seconds() + CODE_SECONDS
        codes[code] = Asked(subject, redirect_uri, nonce, code_challenge, until)
        answer = urlencode({"code": code, "state": state})
        return RedirectResponse(f"{redirect_uri}?{answer}", status_code=303)

    @app.post("/token")
    async def token(
        grant_type: Written,
        code: Written,
        redirect_uri: Written,
        client_id: Written,
        client_secret: Written,
        code_verifier: Written,
    ) -> dict[str, Any]:
        asked = codes.pop(code, None)
        proof = urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest())
        if (
            asked is None
            or epoch_seconds() > asked.until
            or (grant_type, redirect_uri) != ("authorization_code", asked.back)
            or (client_id, client_secret) != (client, secret)
            or proof.decode().rstrip("=") != asked.challenge
        ):
            raise HTTPException(400, "invalid_grant")
        now = int(epoch_seconds())
        claims = {
            "iss": issuer,
            "sub": asked.subject,
            "aud": client,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            "auth_time": now,
            "nonce": asked.nonce,
            "name": people[asked.subject],
            "amr": app.state.methods,
        }
        signed = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)
        return {"token_type": "Bearer", "access_token": secrets.token_urlsafe(), "id_token": signed}

    return app
