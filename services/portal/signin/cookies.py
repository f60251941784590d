"""Cookies: the id of a session, where nobody but this host gets it."""

from fastapi import Request, Response

from services.portal.signin.domain.refusals import NotSafeHere

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE = "__Host-huiban"
PLAIN = "huiban"
JOURNEY = "-journey"


def is_plain(request: Request) -> bool:
    """Whether the way here is not encrypted, as on this machine only."""
    return request.url.scheme != "https"


def must_be_safe(request: Request) -> None:
    """Let nobody write a password where others read along.

    Raises:
        NotSafeHere: the way is neither encrypted nor within this machine.
    """
    if is_plain(request) and request.url.hostname not in LOOPBACK:
        raise NotSafeHere


def held(request: Request, *, of: str = "") -> str | None:
    """The id that the browser holds."""
    return request.cookies.get((PLAIN if is_plain(request) else SAFE) + of)


def give(request: Request, response: Response, id: str, *, of: str = "") -> None:
    """Let the browser hold an id, until it is closed."""
    plain = is_plain(request)
    response.set_cookie(
        (PLAIN if plain else SAFE) + of,
        id,
        path="/",
        secure=not plain,
        httponly=True,
        samesite="lax",
    )


def take(request: Request, response: Response, *, of: str = "") -> None:
    """Let the browser hold it no more."""
    plain = is_plain(request)
    response.delete_cookie(
        (PLAIN if plain else SAFE) + of,
        path="/",
        secure=not plain,
        httponly=True,
        samesite="lax",
    )
