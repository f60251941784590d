"""Channels: how a message is written down for each, signed, and what an answer means.

WeCom, DingTalk and Feishu take a robot's message at an address of its own; offices run private
copies of them, so the address is a setting. What stands after its # is the key to sign with, and
is never sent. The answer's status says less than the code in its body.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote_plus, urldefrag

from services.escalation.domain.digesting import Channel, Letter

TRY_AGAIN = {408, 425, 429}


@dataclass(frozen=True, slots=True)
class Post:
    """A request as it is sent."""

    url: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Taken; or away, which may pass; or refused, which will not."""

    result: Literal["taken", "away", "refused"]
    why: str = ""


TAKEN = Outcome("taken")


def post_of(channel: Channel, letter: Letter, *, url: str, at: int) -> Post:
    """The request that brings a letter to this channel's address, at this second since 1970."""
    address, key = urldefrag(url)
    text = f"{letter.subject}\n{letter.text}"
    match channel:
        case "wecom":
            mentioned = {"mentioned_list": [letter.address]} if letter.address else {}
            return _json(address, {"msgtype": "text", "text": {"content": text, **mentioned}})
        case "dingtalk":
            at_whom = {"at": {"atUserIds": [letter.address]}} if letter.address else {}
            body = {"msgtype": "text", "text": {"content": text}, **at_whom}
            return _json(_signed_for_dingtalk(address, key=key, at=at), body)
        case "feishu":
            body = {"msg_type": "text", "content": {"text": text}}
            return _json(address, {**_signed_for_feishu(key, at=at), **body})
        case "webhook" | "mail":
            content = _written(
                {
                    "person": letter.person,
                    "address": letter.address,
                    "on": letter.on.isoformat(),
                    "subject": letter.subject,
                    "text": letter.text,
                }
            )
            headers = {
                "Content-Type": "application/json",
                "Huiban-Delivery": str(letter.delivery_id),
                **signature(content, secret=key, at=at),
            }
            return Post(address, content, headers)


def signature(body: bytes, *, secret: str, at: int) -> dict[str, str]:
    """What proves to a receiver that a body is ours, and when it was signed.

    HMAC-SHA256 over the time, a dot and the body. A receiver that refuses old times cannot be
    sent the same again by somebody else.
    """
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return {"Huiban-Timestamp": str(at), "Huiban-Signature": f"v1={signed.hexdigest()}"}


def outcome_of(status: int, body: bytes) -> Outcome:
    """What a receiver's answer means: a server in trouble may recover, a "no" stays."""
    if status in TRY_AGAIN or status >= 500:
        return Outcome("away", f"HTTP {status}")
    if not 200 <= status < 300:
        return Outcome("refused", f"HTTP {status}")
    return TAKEN


def outcome_of_robot(status: int, body: bytes) -> Outcome:
    """A robot answers 200 also where it took nothing: its code must be nought."""
    outcome = outcome_of(status, body)
    if outcome.result != "taken":
        return outcome
    try:
        answer = json.loads(body)
    except ValueError:
        return Outcome("refused", "答复不是JSON")
    code = answer.get("errcode", answer.get("code", 0)) if isinstance(answer, dict) else 0
    if code:
        says = answer.get("errmsg", answer.get("msg", ""))
        return Outcome("refused", f"{code} {says}"[:200])
    return TAKEN


def _json(url: str, body: Mapping[str, Any]) -> Post:
    return Post(url, _written(body), {"Content-Type": "application/json"})


def _written(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _signed_for_dingtalk(url: str, *, key: str, at: int) -> str:
    if not key:
        return url
    stamp = at * 1000
    seal = hmac.new(key.encode(), f"{stamp}\n{key}".encode(), hashlib.sha256).digest()
    joined = "&" if "?" in url else "?"
    return f"{url}{joined}timestamp={stamp}&sign={quote_plus(base64.b64encode(seal))}"


def _signed_for_feishu(key: str, *, at: int) -> dict[str, str]:
    if not key:
        return {}
    seal = hmac.new(f"{at}\n{key}".encode(), b"", hashlib.sha256).digest()
    return {"timestamp": str(at), "sign": base64.b64encode(seal).decode()}
