"""Passwords: hashed with argon2id in a few threads of their own, never in the event loop."""

import asyncio
import secrets
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError
from pwdlib.hashers.argon2 import Argon2Hasher

A = TypeVar("A")

AT_ONCE = 2  # each takes 64 MiB and a tenth of a second
GROUPS = 4
HASH = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=65_536, parallelism=4),))
# Nothing that looks like something else: it is read out or copied from a slip of paper.
LETTERS = ("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789")


class Passwords:
    """Hashes and checks passwords, a few at a time; the others wait."""

    def __init__(self) -> None:
        self._hands = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")
        self._nobodys = _nobodys()

    async def hashed(self, password: str) -> str:
        """A password as it is stored."""
        return await self._by_hand(lambda: HASH.hash(password))

    async def fits(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        """Whether a password is the stored one, and how it should be stored from now on."""
        fits, anew = await self._by_hand(lambda: self._verified(password, stored or self._nobodys))
        return (fits, anew) if stored is not None else (False, None)

    async def is_among(self, password: str, stored: Iterable[str]) -> bool:
        """Whether a password is one of these."""
        for one in stored:
            fits, _ = await self._by_hand(partial(self._verified, password, one))
            if fits:
                return True
        return False

    def close(self) -> None:
        """Take in no more."""
        self._hands.shutdown(wait=False, cancel_futures=True)

    def _verified(self, password: str, stored: str) -> tuple[bool, str | None]:
        try:
            return HASH.verify_and_update(password, stored)
        except PwdlibError:
            return False, None

    async def _by_hand(self, work: Callable[[], A]) -> A:
        return await asyncio.get_running_loop().run_in_executor(self._hands, work)


@cache
def _nobodys() -> str:
    """Whom nobody knows is checked against this one, and waits as long as everybody else."""
    return HASH.hash(secrets.token_urlsafe())


def one_time_password() -> str:
    """A password to be told once and changed at once: four groups of four, of every kind."""
    while True:
        groups = [
            "".join(secrets.choice("".join(LETTERS)) for _ in range(4)) for _ in range(GROUPS)
        ]
        word = "-".join(groups)
        if all(set(word) & set(kind) for kind in LETTERS):
            return word
