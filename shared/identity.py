"""Who calls: a short-lived token, signed by the office's sign-in, names person, post and unit."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Protocol

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from shared.clock import epoch_seconds
from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import ServiceAccountRegistered
from shared.refusals import NotYours, Refusal

AUDIENCE = "huiban"
ALGORITHMS = ["Ed25519"]
LEEWAY_SECONDS = 5
REMEMBERED = 4096


class NotSignedIn(Refusal):
    """请先登录：请求没有附带有效的身份令牌（{why}）。"""

    status = 401


class NotForThisAccount(NotYours):
    """服务账户“{name}”未被授权办理此事。"""


class Accounts(Protocol):
    """The service accounts that are known."""

    @property
    def accounts(self) -> Mapping[str, ServiceAccountRegistered]: ...


def by_key(authorization: str | None, known: Accounts, *, act: str, on: date) -> Actor | None:
    """The service account named by an ``Authorization: Key account.secret`` header, if it is one.

    Raises:
        NotSignedIn: no such account, a wrong secret, or an account that has ended.
        NotForThisAccount: the account is for other acts.
    """
    scheme, _, words = (authorization or "").partition(" ")
    if scheme.lower() != "key":
        return None
    name, _, secret = words.partition(".")
    account = known.accounts.get(name)
    digest = sha256(secret.encode()).hexdigest()
    if account is None or not compare_digest(digest, account.key_digest):
        raise NotSignedIn(why="服务账户或密钥不对")
    if account.until is not None and on > account.until:
        raise NotSignedIn(why="服务账户已停用")
    if act not in account.acts:
        raise NotForThisAccount(name=account.name, rule="account-acts")
    return Actor(
        person=PersonId(f"service:{account.account}"),
        name=account.name,
        post=account.post,
        unit=account.unit,
    )


def mint(
    private_key: Path,
    *,
    person: str,
    name: str,
    post: str,
    unit: str,
    minutes: float = 15,
    on_behalf_of: str | None = None,
) -> str:
    """A token for one person in one post of one unit, good for ``minutes`` from now.

    Who acts for somebody else is named with that person's post and unit.
    """
    key = OKPKey.import_key(private_key.read_bytes())
    now = int(epoch_seconds())
    claims = {
        "sub": person,
        "name": name,
        "post": post,
        "unit": unit,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + int(minutes * 60),
        **({"for": on_behalf_of} if on_behalf_of else {}),
    }
    return jwt.encode({"alg": ALGORITHMS[0]}, claims, key, algorithms=ALGORITHMS)


class Gatekeeper:
    """Verifies tokens with the public key, and remembers those already verified."""

    def __init__(self, public_key: Path) -> None:
        self._key = OKPKey.import_key(public_key.read_bytes())
        self._verified: OrderedDict[str, tuple[Actor, int]] = OrderedDict()

    def caller(self, authorization: str | None) -> Actor:
        """The caller named by an ``Authorization: Bearer`` header.

        Raises:
            NotSignedIn: the token is missing, not ours, or no longer good.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotSignedIn(why="没有令牌")
        remembered = self._verified.get(token)
        if remembered is None:
            remembered = self._verify(token)
            self._verified[token] = remembered
            if len(self._verified) > REMEMBERED:
                self._verified.popitem(last=False)
        actor, expires = remembered
        if epoch_seconds() > expires + LEEWAY_SECONDS:
            raise NotSignedIn(why="令牌已过期")
        return actor

    def _verify(self, token: str) -> tuple[Actor, int]:
        try:
            claims = jwt.decode(token, self._key, algorithms=ALGORITHMS).claims
        except (JoseError, ValueError):
            raise NotSignedIn(why="签名不符") from None
        try:
            if claims["aud"] != AUDIENCE:
                raise NotSignedIn(why="不是发给会办的令牌")
            actor = Actor(
                person=PersonId(claims["sub"]),
                name=claims["name"],
                post=claims["post"],
                unit=UnitCode(claims["unit"]),
                on_behalf_of=PersonId(claims["for"]) if "for" in claims else None,
            )
            return actor, int(claims["exp"])
        except (KeyError, TypeError, ValueError):
            raise NotSignedIn(why="令牌内容不全") from None
