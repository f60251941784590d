"""A token names person, post and unit; only the office's own, and only for a short while."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import OKPKey

from shared import identity
from shared.clock import epoch_seconds
from shared.identity import LEEWAY_SECONDS, Gatekeeper, NotSignedIn, mint
from tests.world import Keys

CLAIMS: dict[str, Any] = {
    "sub": "zhang",
    "name": "张三",
    "post": "officer",
    "unit": "D09",
    "aud": "huiban",
    "exp": 4_000_000_000,
}


@pytest.fixture
def gatekeeper(keys: Keys) -> Gatekeeper:
    return Gatekeeper(keys.public)


def signed(keys: Keys, claims: dict[str, Any]) -> str:
    """A token of the office's with these claims."""
    key = OKPKey.import_key(keys.private.read_bytes())
    return jwt.encode({"alg": "Ed25519"}, claims, key, algorithms=["Ed25519"])


def part(value: Any) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def minted(keys: Keys, *, minutes: float = 15) -> str:
    return mint(
        keys.private, person="zhang", name="张三", post="officer", unit="D09", minutes=minutes
    )


def test_a_token_names_its_caller(gatekeeper: Gatekeeper, keys: Keys) -> None:
    caller = gatekeeper.caller(f"Bearer {minted(keys)}")

    assert (caller.person, caller.name, caller.post, caller.unit) == (
        "zhang",
        "张三",
        "officer",
        "D09",
    )


def test_the_scheme_may_be_written_in_any_case(gatekeeper: Gatekeeper, keys: Keys) -> None:
    assert gatekeeper.caller(f"bearer {minted(keys)}").person == "zhang"


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic emhhbmc6MTIz",
        "Bearer 张三",
        "Bearer a.b.c",
        "Bearer " + "x" * 20_000,
        "Bearer ....",
        "Bearer \x00\xff",
    ],
)
def test_what_is_no_token_is_refused(gatekeeper: Gatekeeper, authorization: str | None) -> None:
    with pytest.raises(NotSignedIn):
        gatekeeper.caller(authorization)


def test_a_changed_token_is_refused(gatekeeper: Gatekeeper, keys: Keys) -> None:
    header, _, signature = minted(keys).split(".")

    with pytest.raises(NotSignedIn, match="签名不符"):
        gatekeeper.caller(f"Bearer {header}.{part(CLAIMS | {'post': 'leader'})}.{signature}")


def test_a_token_signed_by_another_is_refused(gatekeeper: Gatekeeper, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.pem"
    foreign.write_bytes(
        Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
    )

    with pytest.raises(NotSignedIn, match="签名不符"):
        gatekeeper.caller(f"Bearer {minted(Keys(foreign, foreign))}")


def test_a_token_without_a_signature_is_refused(gatekeeper: Gatekeeper) -> None:
    with pytest.raises(NotSignedIn):
        gatekeeper.caller(f"Bearer {part({'alg': 'none'})}.{part(CLAIMS)}.")


def test_the_public_key_does_not_serve_as_a_secret(gatekeeper: Gatekeeper, keys: Keys) -> None:
    said = f"{part({'alg': 'HS256'})}.{part(CLAIMS)}"
    seal = hmac.new(keys.public.read_bytes(), said.encode(), hashlib.sha256).digest()
    signature = base64.urlsafe_b64encode(seal).rstrip(b"=").decode()

    with pytest.raises(NotSignedIn):
        gatekeeper.caller(f"Bearer {said}.{signature}")


def test_a_token_for_others_is_refused(gatekeeper: Gatekeeper, keys: Keys) -> None:
    with pytest.raises(NotSignedIn, match="不是发给会办的令牌"):
        gatekeeper.caller(f"Bearer {signed(keys, CLAIMS | {'aud': 'elsewhere'})}")


@pytest.mark.parametrize("claim", sorted(CLAIMS))
def test_a_token_that_leaves_something_out_is_refused(
    gatekeeper: Gatekeeper, keys: Keys, claim: str
) -> None:
    claims = {name: value for name, value in CLAIMS.items() if name != claim}

    with pytest.raises(NotSignedIn, match="令牌内容不全"):
        gatekeeper.caller(f"Bearer {signed(keys, claims)}")


@pytest.mark.parametrize(
    "wrong", [{"name": 7}, {"sub": None}, {"exp": "soon"}, {"exp": None}, {"post": ["head"]}]
)
def test_a_token_that_says_it_wrongly_is_refused(
    gatekeeper: Gatekeeper, keys: Keys, wrong: dict[str, Any]
) -> None:
    with pytest.raises(NotSignedIn, match="令牌内容不全"):
        gatekeeper.caller(f"Bearer {signed(keys, CLAIMS | wrong)}")


@pytest.mark.parametrize(
    ("seconds", "good"), [(-LEEWAY_SECONDS - 1, False), (-LEEWAY_SECONDS, True), (1, True)]
)
def test_a_token_is_good_until_it_expires(
    gatekeeper: Gatekeeper,
    keys: Keys,
    monkeypatch: pytest.MonkeyPatch,
    seconds: int,
    good: bool,
) -> None:
    now = int(epoch_seconds())
    monkeypatch.setattr(identity, "epoch_seconds", lambda: float(now))
    token = signed(keys, CLAIMS | {"exp": now + seconds})

    if good:
        assert gatekeeper.caller(f"Bearer {token}").person == "zhang"
    else:
        with pytest.raises(NotSignedIn, match="令牌已过期"):
            gatekeeper.caller(f"Bearer {token}")


def test_a_token_seen_before_expires_as_well(
    gatekeeper: Gatekeeper, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = minted(keys, minutes=1)
    assert gatekeeper.caller(f"Bearer {token}").person == "zhang"

    later = epoch_seconds() + 61 + LEEWAY_SECONDS
    monkeypatch.setattr(identity, "epoch_seconds", lambda: later)

    with pytest.raises(NotSignedIn, match="令牌已过期"):
        gatekeeper.caller(f"Bearer {token}")


def test_those_seen_before_are_not_remembered_without_end(
    gatekeeper: Gatekeeper, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "REMEMBERED", 2)

    for n in range(5):
        person = f"p{n}"
        token = mint(keys.private, person=person, name=person, post="officer", unit="D09")
        assert gatekeeper.caller(f"Bearer {token}").person == person

    assert len(gatekeeper._verified) == 2
