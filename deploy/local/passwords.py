"""The services' database passwords: given by the surroundings, or made once and kept unseen."""

import hashlib
import hmac
import os
import secrets
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from deploy.troubles import Trouble

ITERATIONS = 4096


class BadPassword(Trouble):
    """环境变量{name}里的口令只能用可见的英文字符，且不能为空。"""


def password(service: str, *, keys: Path, env: Mapping[str, str] = os.environ) -> str:
    """A service's password: from its environment variable, or from the file of the keys.

    Raises:
        BadPassword: the surroundings give one that cannot be used.
    """
    name = f"HUIBAN_{service.upper()}_DATABASE_PASSWORD"
    given = env.get(name)
    if given is None:
        return kept_secret(keys / f"{service}.password")
    if not given or not given.isascii() or not given.isprintable():
        raise BadPassword(name=name)
    return given


def kept_secret(path: Path) -> str:
    """A random word in a file that only its owner may read; made once."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        write_secret(path, secrets.token_urlsafe(24))
    return path.read_text(encoding="ascii").strip()


def write_secret(path: Path, text: str) -> None:
    """Write a new secret; if somebody was quicker, theirs stands."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    half.touch(mode=0o600)
    half.write_text(text, encoding="ascii")
    try:
        path.hardlink_to(half)
    except FileExistsError:
        pass
    finally:
        half.unlink()


def verifier(word: str, *, salt: bytes) -> str:
    """What PostgreSQL stores for a password, so that the word itself is in no log (RFC 5803)."""
    salted = hashlib.pbkdf2_hmac("sha256", word.encode(), salt, ITERATIONS)
    stored = hashlib.sha256(_hmac(salted, b"Client Key")).digest()
    server = _hmac(salted, b"Server Key")
    parts = ":".join(b64encode(part).decode() for part in (stored, server))
    return f"SCRAM-SHA-256${ITERATIONS}:{b64encode(salt).decode()}${parts}"


def _hmac(key: bytes, text: bytes) -> bytes:
    return hmac.new(key, text, hashlib.sha256).digest()
