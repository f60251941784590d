"""A day is over when every service has heard all that the others have told."""

from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from deploy.demo import settling
from deploy.demo.settling import NotSettled, settle

ADDRESSES = {"intake": "http://intake", "portal": "http://portal"}
AT_REST = {
    "intake": {"told": 3, "heard": {"intake": 3}},
    "portal": {"told": 0, "heard": {"intake": 3}},
}
BEHIND = {**AT_REST, "portal": {"told": 0, "heard": {"intake": 2}}}
TOLD_BY_NOBODY_YET = {
    "intake": {"told": 0, "heard": {}},
    "portal": {"told": 0, "heard": {}},
}

State = dict[str, Any]


class Services:
    """Two services that stand like this, one state for each time that they are asked."""

    def __init__(self, *states: State | None) -> None:
        self.asked = 0
        self._states: Sequence[State | None] = states

    def __call__(self, request: httpx.Request) -> httpx.Response:
        state = self._states[min(self.asked // len(ADDRESSES), len(self._states) - 1)]
        self.asked += 1
        if state is None:
            raise httpx.ConnectError("refused")
        return httpx.Response(200, json=state[request.url.host])

    async def settle(self) -> int:
        """How many times the services were asked until they came to rest."""
        async with httpx.AsyncClient(transport=httpx.MockTransport(self)) as client:
            await settle(client, addresses=ADDRESSES)
        return self.asked // len(ADDRESSES)


async def test_services_at_rest_are_asked_once() -> None:
    assert await Services(AT_REST).settle() == 1


async def test_where_nothing_was_told_nothing_is_waited_for() -> None:
    assert await Services(TOLD_BY_NOBODY_YET).settle() == 1


async def test_a_listener_that_is_behind_is_waited_for() -> None:
    assert await Services(BEHIND, BEHIND, AT_REST).settle() == 3


async def test_a_service_that_is_away_is_waited_for() -> None:
    away = Services(None, AT_REST)
    await away.settle()

    assert away.asked > len(ADDRESSES)


async def test_what_does_not_come_to_rest_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "PATIENCE_SECONDS", 0.01)

    with pytest.raises(NotSettled, match=r"portal只收到intake的2/3个事件"):
        await Services(BEHIND).settle()
