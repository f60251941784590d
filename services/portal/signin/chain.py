"""The chain: each entry of the trail is sealed together with the seal of the one before (SM3)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash

BEGINNING = bytes(32)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it was written, its place, and its seal."""

    n: int
    entry: str
    digest: bytes


def sm3(data: bytes) -> bytes:
    """The digest by GB/T 32905: OpenSSL's where Python was built with it, else cryptography's."""
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:
        return sm3_without_openssl(data)


def sm3_without_openssl(data: bytes) -> bytes:
    """The same digest where the interpreter does not know it."""
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize()


def entry_text(facts: Mapping[str, Any]) -> str:
    """Facts as they are sealed: keys in order, nothing between them."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment_text(at: datetime) -> str:
    """A moment as an entry writes it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def sealed(before: Link | None, entry: str) -> Link:
    """The entry that follows another."""
    n, seal = (before.n + 1, before.digest) if before else (1, BEGINNING)
    return Link(n, entry, _seal(seal, n, entry))


def _seal(before: bytes, n: int, entry: str) -> bytes:
    return sm3(before + n.to_bytes(8) + entry.encode())


def follows(link: Link, before: Link | None) -> bool:
    """Whether an entry is what was written after the other, unchanged and with none between."""
    return link == sealed(before, link.entry)
