"""Asking a running installation's services as an operator, from the command line."""

from pathlib import Path
from typing import Any

from deploy.local.addresses import Addresses, of_running
from deploy.troubles import Trouble

OPERATOR_UNIT = "C001"


class ServiceAway(Trouble):
    """{service}服务没有应答（{url}），请用 huiban doctor 查看原因。"""


class Refused(Trouble):
    """{says}（{code}）"""


def operator_token(addresses: Addresses, *, person: str) -> str:
    """A token of the operator's post, good for five minutes."""
    return token_of(addresses, person=person, post="operator", unit=OPERATOR_UNIT)


def token_of(addresses: Addresses, *, person: str, post: str, unit: str) -> str:
    """A token of somebody in a post of a unit, good for five minutes."""
    from shared.identity import mint

    return mint(
        Path(addresses.signing_key),
        person=person,
        name=person,
        post=post,
        unit=unit,
        minutes=5,
    )


def ask(
    root: Path,
    service: str,
    method: str,
    path: str,
    *,
    person: str = "operator",
    post: str = "operator",
    unit: str = OPERATOR_UNIT,
    body: object = None,
    file: bytes | None = None,
    seconds: float = 30,
    **query: Any,
) -> Any:
    """One request to one service, as the operator if nobody else is named; its JSON answer.

    Raises:
        ServiceAway: nobody answers there.
        Refused: the service said no; its sentence and code.
    """
    # Loaded only here: `huiban --help` does without.
    import httpx

    addresses = of_running(root)
    token = token_of(addresses, person=person, post=post, unit=unit)
    try:
        response = httpx.request(
            method,
            addresses.url(service) + path,
            headers={"Authorization": f"Bearer {token}"},
            json=body,
            content=file,
            params=query,
            timeout=seconds,
        )
    except httpx.HTTPError:
        raise ServiceAway(service=service, url=addresses.url(service)) from None
    answer = response.json()
    if response.is_error:
        raise Refused(says=answer.get("detail", response.text), code=answer.get("code", "?"))
    return answer
