"""Origins: whether a request was made by our own page, and where somebody may be sent on to."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from services.portal.signin.domain.refusals import ForeignOrigin

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OWN_SITES = frozenset({"same-origin", "none"})
LONGEST_ADDRESS = 2000


def must_be_ours(method: str, headers: Mapping[str, str]) -> None:
    """Refuse a change that another site's page asks for.

    A browser says itself where a request comes from; an old one, or one on plain HTTP, names the
    origin at least.

    Raises:
        ForeignOrigin: it comes from elsewhere, or does not say.
    """
    if method in SAFE_METHODS:
        return
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site not in OWN_SITES:
            raise ForeignOrigin
        return
    if urlsplit(headers.get("origin", "")).netloc.lower() != headers.get("host", "").lower():
        raise ForeignOrigin


def safe_next(address: str) -> str | None:
    """An address of ours to go on to, or None: never another host, never round in circles."""
    if not address.startswith("/") or len(address) > LONGEST_ADDRESS:
        return None
    if address.startswith(("//", "/\\")) or not address.isprintable() or "\\" in address:
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or parts.path.startswith(("/sign-in", "/sign-out")):
        return None
    return address
