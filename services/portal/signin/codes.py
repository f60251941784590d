"""Codes: the second factor of an authenticator (TOTP), and the codes for the day it is lost."""

import base64
import hashlib
import hmac
import io
import secrets
from pathlib import Path

import pyotp
import qrcode
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from qrcode.image.svg import SvgPathImage

SECONDS = 30
DIGITS = 6
DRIFT = 1  # steps by which a clock may be wrong
ISSUER = "会办"
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_GROUP = 5


class Seal:
    """Closes secrets with a key derived from the signing key: a copy of the tables opens none."""

    def __init__(self, key: Path) -> None:
        derived = HKDF(SHA256(), length=32, salt=None, info=b"huiban second factor")
        self._fernet = Fernet(base64.urlsafe_b64encode(derived.derive(key.read_bytes())))

    def closed(self, secret: str) -> bytes:
        """A secret as it is stored."""
        return self._fernet.encrypt(secret.encode())

    def opened(self, stored: bytes) -> str | None:
        """The secret; None if it was closed with another key."""
        try:
            return self._fernet.decrypt(stored).decode()
        except InvalidToken:
            return None


def new_secret() -> str:
    """A secret for an authenticator."""
    return pyotp.random_base32()


def address_of(secret: str, *, person: str) -> str:
    """The secret as an authenticator reads it."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=SECONDS).provisioning_uri(
        name=person, issuer_name=ISSUER
    )


def picture_of(address: str) -> str:
    """A QR code, as the address of an image."""
    code = qrcode.QRCode(image_factory=SvgPathImage, border=2, box_size=10)
    code.add_data(address)
    drawn = io.BytesIO()
    code.make_image().save(drawn)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()


def step_of(code: str, secret: str, *, seconds: float) -> int | None:
    """The step of time to which a code belongs; None if it is of no step near now."""
    said = "".join(code.split())
    if len(said) != DIGITS or not (said.isascii() and said.isdigit()):
        return None
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=SECONDS)
    now = int(seconds // SECONDS)
    fitting = [
        step
        for step in range(now - DRIFT, now + DRIFT + 1)
        if hmac.compare_digest(totp.generate_otp(step), said)
    ]
    return max(fitting, default=None)


def recovery_codes(many: int) -> list[str]:
    """Codes to be kept on paper, each good once."""
    return [
        "-".join(
            "".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_GROUP))
            for _ in range(3)
        )
        for _ in range(many)
    ]


def recovery_digest(code: str, *, person: str) -> bytes:
    """A recovery code as it is stored: it is long and random, so a plain digest will do."""
    said = "".join(one for one in code.lower() if one.isalnum())
    return hashlib.sha256(f"{person}\n{said}".encode()).digest()
