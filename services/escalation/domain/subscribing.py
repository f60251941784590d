"""Subscribing: another system is told what happens to the proposals that its owner may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from services.escalation.domain.refusals import UnknownEvents, WrongAddress
from shared.contracts import EVERY_EVENT
from shared.contracts.event import PROPOSALS, Actor

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
PAUSES = (1, 5, 30, 120, 600, 3600)  # seconds after the first, second, … failure in a row


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where to tell, with which key to sign, what, and on whose behalf."""

    subscription_id: str
    name: str
    url: str
    secret: str
    kinds: tuple[str, ...]
    owner: Actor
    state: Literal["active", "paused"] = "active"
    reached: int = 0
    tries: int = 0
    why: str = ""


def subscribe(
    subscription_id: str,
    *,
    name: str,
    url: str,
    secret: str,
    events: Sequence[str],
    by: Actor,
) -> Subscription:
    """A subscription to these events, all if none is named, from now on.

    Raises:
        WrongAddress: what is told must not be read on the way.
        UnknownEvents: nobody tells them.
    """
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not (safe and parts.hostname) or parts.username is not None:
        raise WrongAddress
    known = {
        event.__name__: kind for kind, event in EVERY_EVENT.items() if event.topic == PROPOSALS
    }
    if unknown := sorted(set(events) - known.keys()):
        raise UnknownEvents(names="、".join(unknown))
    return Subscription(
        subscription_id=subscription_id,
        name=name,
        url=url,
        secret=secret,
        kinds=tuple(sorted({known[one] for one in events})),
        owner=by,
    )


def wait_after(moment: datetime, *, failures: int) -> datetime:
    """When to try a receiver again that did not answer so many times in a row."""
    return moment + timedelta(seconds=PAUSES[min(failures, len(PAUSES)) - 1])
