"""Desks of a case that is being handled, as those who sit at them see them."""

from datetime import datetime
from html import unescape
from typing import Any

import pytest

from shared.contracts.assignment import Role
from shared.contracts.event import Event, PersonId
from shared.contracts.intake import JointSignatureAsked, Proposer
from tests.service.portal.lives import (
    CITY,
    FIRST,
    LONGHUA,
    SECOND,
    TRANSPORT,
    Life,
    day,
    someone,
    task,
)
from tests.world import World

MEMBER = Proposer(name="李娜", person=PersonId("li.na"))
OTHER = Proposer(name="王强", person=PersonId("wang.qiang"))
MAY: dict[str, Any] = {"proposal_id": FIRST, "on": day("03-01")}


@pytest.fixture
async def handled(portal: World) -> World:
    """Longhua answers the first proposal, transport helps; nobody has done anything yet."""
    life = Life()
    await portal.hears(
        "portal",
        life.submitted(proposers=(MEMBER, OTHER)),
        life.accepted(),
        life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
    )
    return portal


async def desk(world: World, path: str, *, post: str, unit: str, person: str | None = None) -> str:
    """What somebody finds there, with its addresses."""
    token = world.token(post=post, unit=unit, person=person)
    response = await world["portal"].client.get(
        path,
        headers={
            "authorization": f"Bearer {token}",
            "accept": "text/html",
            "huiban-today": world.today.isoformat(),
        },
    )
    assert response.status_code == 200, response.text
    return unescape(response.text)


async def members_desk(world: World, person: str = "li.na") -> str:
    """What a member finds on the desk."""
    return await desk(world, "/desk", post="proposer", unit=CITY, person=person)


def do(form: str, **about: str) -> str:
    """The address of a form."""
    return f"/do/{form}?" + "&".join(f"{name}={value}" for name, value in about.items())


def signature_asked(until: str = "2024-03-04T10:00:00+08:00") -> Event:
    return JointSignatureAsked(
        proposal_id=SECOND,
        by=someone(CITY, "proposer"),
        on=day("03-01"),
        title="关于口袋公园的提案",
        asked=(MEMBER,),
        until=datetime.fromisoformat(until),
    )
