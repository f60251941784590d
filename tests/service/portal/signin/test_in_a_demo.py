"""In a demo people stand ready; nowhere else."""

from collections.abc import AsyncIterator

import pytest

from shared.contracts.assignment import Role
from tests.service.portal.lives import LONGHUA, UNITS, Life, filed, task
from tests.service.portal.signin.door import Browser, happened
from tests.service.portal.signin.people import CLERK, OPERATOR, PEOPLE, WITH_SIGN_IN
from tests.world import Keys, World, world_on


@pytest.fixture
async def demo(database_url: str, keys: Keys) -> AsyncIterator[World]:
    async with world_on(database_url, keys, services=["portal"], demo=True) as opened:
        await opened.hears("portal", *UNITS, *PEOPLE, WITH_SIGN_IN)
        life = Life()
        await opened.hears(
            "portal", *filed(life, "20240001"), life.assigned(task(LONGHUA, Role.LEAD))
        )
        yield opened


async def test_people_stand_ready_and_the_page_says_that_it_is_a_demo(demo: World) -> None:
    browser = await Browser(demo).opens("/sign-in")

    assert "这是演示环境，以下人员不用口令即可进入" in browser.text
    for says in ("政协委员", "陈静 经办人", "孙运 系统管理员", "委员甲"):
        assert says in browser.text


async def test_one_click_and_one_is_somebody(demo: World) -> None:
    browser = await Browser(demo).opens("/sign-in?next=/ledger")

    await browser.sends("/sign-in/demo", person=CLERK.person, seat="officer/D07/", next="/ledger")

    assert browser.path == "/ledger"
    assert "陈静 龙华区 经办人" in browser.text
    assert await happened(demo) == [("signed-in", CLERK.person)]


async def test_an_administrator_of_the_demo_needs_no_second_factor(demo: World) -> None:
    browser = await Browser(demo).opens("/sign-in")

    await browser.sends("/sign-in/demo", person=OPERATOR.person, seat="operator/C007/")

    assert browser.path == "/desk"
    assert "没有口令和动态验证码" in (await browser.opens("/account")).text
    assert (await browser.opens("/account/second-factor")).status == 404


async def test_only_those_who_stand_ready_can_be_played(demo: World) -> None:
    browser = await Browser(demo).opens("/sign-in")

    await browser.sends("/sign-in/demo", person=CLERK.person, seat="head/D07/")

    assert browser.status == 404
    assert "演示账户中没有这个人" in browser.text


async def test_in_earnest_nobody_stands_ready(world: World) -> None:
    browser = await Browser(world).opens("/sign-in")
    assert "演示" not in browser.text

    await browser.sends("/sign-in/demo", person=CLERK.person, seat="officer/D07/")

    assert browser.status == 404
    assert "没有以演示方式启动" in browser.text


async def test_a_session_of_the_demo_opens_nothing_in_earnest(
    demo: World, database_url: str, keys: Keys
) -> None:
    browser = await Browser(demo).opens("/sign-in")
    await browser.sends("/sign-in/demo", person=CLERK.person, seat="officer/D07/")
    async with world_on(database_url, keys, services=["portal"], demo=False) as earnest:
        later = Browser(earnest)
        later.client.cookies.set("__Host-huiban", browser.cookie())

        await later.opens("/account")

    assert later.path.startswith("/sign-in?")
