"""The provider: the city's own sign-in, asked by OpenID Connect with a code and PKCE."""

from dataclasses import dataclass
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.portal.signin.domain.refusals import ProviderAway, ProviderSaysNo
from shared.clock import epoch_seconds
from shared.settings import Settings

ALGORITHMS = ["RS256", "PS256", "ES256", "Ed25519"]
PATIENCE_SECONDS = 10.0
LEEWAY_SECONDS = 30
SCOPE = "openid profile"
# How the provider says that it saw more than a password (RFC 8176).
TWO_FACTORS = frozenset({"mfa", "otp", "hwk", "sc"})


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for, and whether it asked for a second factor."""

    subject: str
    second_factor: bool


class Provider:
    """What is known of the provider; its document and its keys are read when first needed."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.huiban_oidc_name
        self._issuer = settings.huiban_oidc_issuer.rstrip("/")
        self._client = settings.huiban_oidc_client
        self._secret = settings.huiban_oidc_secret
        self._document: dict[str, Any] = {}
        self._keys: KeySet | None = None

    async def address(
        self, *, state: str, nonce: str, verifier: str, back: str, anew: bool = False
    ) -> str:
        """Where to send somebody; ``anew`` asks the provider to let them prove themselves again.

        Raises:
            ProviderAway: it does not answer.
        """
        document = await self._read_document()
        address: str = prepare_grant_uri(
            document["authorization_endpoint"],
            self._client,
            "code",
            redirect_uri=back,
            scope=SCOPE,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
            prompt="login" if anew else None,
        )
        return address

    async def vouched(self, code: str, *, nonce: str, verifier: str, back: str) -> Vouched:
        """Whom the provider vouches for with a code.

        Raises:
            ProviderAway: it does not answer.
            ProviderSaysNo: the code, or what it stands for, is not good.
        """
        document = await self._read_document()
        body = prepare_token_request(
            "authorization_code",
            redirect_uri=back,
            code=code,
            client_id=self._client,
            client_secret=self._secret,
            code_verifier=verifier,
        )
        answer = await self._ask("POST", document["token_endpoint"], body)
        if "id_token" not in answer:
            raise ProviderSaysNo
        claims = await self._claims(str(answer["id_token"]), nonce=nonce)
        methods = claims.get("amr")
        return Vouched(
            str(claims["sub"]),
            isinstance(methods, list) and not TWO_FACTORS.isdisjoint(map(str, methods)),
        )

    async def _claims(self, token: str, *, nonce: str) -> dict[str, Any]:
        for keys in (self._keys, None):
            # Keys change: who knows the old ones only asks once more.
            known = keys or await self._read_keys()
            try:
                decoded = jwt.decode(token, known, algorithms=ALGORITHMS)
                break
            except (JoseError, ValueError):
                if keys is None:
                    raise ProviderSaysNo from None
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {"iss": {"value": self._document["issuer"]}, "aud": {"value": self._client}},
            {"nonce": nonce, "client_id": self._client},
        )
        try:
            claims.validate(now=int(epoch_seconds()), leeway=LEEWAY_SECONDS)
        except AuthlibBaseError:
            raise ProviderSaysNo from None
        return dict(claims)

    async def _read_document(self) -> dict[str, Any]:
        if not self._document:
            document = await self._ask("GET", f"{self._issuer}/.well-known/openid-configuration")
            wanted = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
            if not wanted <= document.keys() or document["issuer"].rstrip("/") != self._issuer:
                raise ProviderAway
            self._document = document
        return self._document

    async def _read_keys(self) -> KeySet:
        found = await self._ask("GET", (await self._read_document())["jwks_uri"])
        try:
            self._keys = KeySet.import_key_set(found)  # type: ignore[arg-type]
        except (JoseError, KeyError, ValueError, TypeError):
            raise ProviderAway from None
        return self._keys

    async def _ask(self, method: str, address: str, body: str | None = None) -> dict[str, Any]:
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
                response = await client.request(method, address, content=body, headers=headers)
            answer = response.json()
        except (httpx.HTTPError, ValueError):
            raise ProviderAway from None
        if response.status_code >= 500 or not isinstance(answer, dict):
            raise ProviderAway
        return answer
