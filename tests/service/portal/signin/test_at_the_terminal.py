"""`huiban people` and `huiban audit`, as an operator types them."""

import asyncio
import os
import sys
from dataclasses import dataclass

from tests.service.portal.signin.door import Browser, changed, settled, with_code
from tests.service.portal.signin.people import GUARD, OPERATOR
from tests.world import World


@dataclass(frozen=True, slots=True)
class Typed:
    """What came of a command."""

    code: int
    said: str
    complained: str


async def types(world: World, *words: str) -> Typed:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.cli", *words),
        env=os.environ | {"DATABASE_URL": world["portal"].backbone.settings.database_url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    assert process.returncode is not None
    return Typed(process.returncode, said.decode(), complained.decode())


async def test_the_first_administrator_gets_a_password(world: World) -> None:
    typed = await types(world, "people", "password", GUARD.person)

    assert typed.code == 0, typed.complained
    assert "只显示这一次" in typed.said
    browser = await Browser(world).signs_in(GUARD.person, typed.said.splitlines()[-1])
    assert "您现在用的是一次性口令" in browser.text


async def test_who_lost_the_authenticator_too_binds_a_new_one(world: World) -> None:
    await settled(world, OPERATOR.person)
    await with_code(world, OPERATOR.person)

    typed = await types(world, "people", "password", OPERATOR.person, "--drop-second-factor")

    browser = await Browser(world).signs_in(OPERATOR.person, typed.said.splitlines()[-1])
    assert "您现在用的是一次性口令" in browser.text


async def test_nobody_is_let_in_whom_the_registry_does_not_know(world: World) -> None:
    typed = await types(world, "people", "password", "nobody")

    assert typed.code == 1
    assert "登记簿中没有编号为“nobody”的人员" in typed.complained


async def test_the_trail_is_verified_and_its_head_is_told(world: World) -> None:
    await types(world, "people", "password", GUARD.person)

    whole = await types(world, "audit", "verify")
    head = whole.said.splitlines()[-1]
    again = await types(world, "audit", "verify", "--noted", head, "--json")

    assert whole.code == again.code == 0
    assert "全部1条记录完好" in whole.said
    assert '"whole": true' in again.said


async def test_a_forged_trail_ends_with_an_error(world: World) -> None:
    await types(world, "people", "password", GUARD.person)
    await changed(world, "ALTER TABLE trail DISABLE TRIGGER trail_stays")
    await changed(world, "UPDATE trail SET entry = replace(entry, 'wang', 'li')")

    typed = await types(world, "audit", "verify")

    assert typed.code == 1
    assert "第1条记录不符：内容与封印不符" in typed.said


async def test_an_empty_trail_is_whole(world: World) -> None:
    assert "全部0条记录完好" in (await types(world, "audit", "verify")).said


async def test_what_was_noted_must_be_readable(world: World) -> None:
    typed = await types(world, "audit", "verify", "--noted", "abc")

    assert typed.code == 1
    assert "看不懂“abc”" in typed.complained
