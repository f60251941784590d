"""The security administrator sees to the accounts of others; the auditor reads about it."""

import re

import pytest

from deploy.commands.audit import _verify
from services.portal.signin.chain import Link
from services.portal.signin.trail import verified
from shared.refusals import Refusal
from tests.service.portal.signin.door import (
    Browser,
    changed,
    comes_in,
    first_password,
    happened,
    rows,
    settled,
    signin_of,
    with_code,
)
from tests.service.portal.signin.people import (
    AUDITOR,
    BOTH,
    CLERK,
    GUARD,
    HEAD,
    MEMBER,
    OPERATOR,
    OTHER_GUARD,
    PASSWORD,
)
from tests.world import World

WORD = re.compile(r"\b[A-Za-z2-9]{4}(?:-[A-Za-z2-9]{4}){3}\b")


def page(person: str) -> str:
    return f"/security/accounts/{person}"


async def test_an_account_is_opened_and_its_password_told_once(world: World) -> None:
    guard = await comes_in(world, GUARD.person)
    await guard.opens("/security/accounts?q=陈静")
    assert "未开通" in guard.text

    await guard.opens(page(CLERK.person))
    await guard.sends(f"{page(CLERK.person)}/open")
    [told] = WORD.findall(guard.text)

    assert "只显示这一次" in guard.text
    assert told not in (await guard.opens(page(CLERK.person))).text
    assert "待首次登录" in guard.text
    clerk = await Browser(world).signs_in(CLERK.person, told)
    assert "您现在用的是一次性口令" in clerk.text


async def test_a_reset_ends_sessions_and_waiting(world: World) -> None:
    guard = await comes_in(world, GUARD.person)
    clerk = await comes_in(world, CLERK.person)
    for _ in range(5):
        await Browser(world).signs_in(CLERK.person, "wrong")

    await guard.opens(page(CLERK.person))
    await guard.sends(f"{page(CLERK.person)}/password", why="本人忘记口令")
    [told] = WORD.findall(guard.text)

    assert (await clerk.opens("/account")).path.startswith("/sign-in?")
    assert "一次性口令" in (await Browser(world).signs_in(CLERK.person, told)).text


async def test_a_lock_is_closed_and_opened_again(world: World) -> None:
    guard = await comes_in(world, GUARD.person)
    clerk = await comes_in(world, CLERK.person)

    await guard.opens(page(CLERK.person))
    await guard.sends(f"{page(CLERK.person)}/lock", why="离岗")
    assert "账号已停用" in guard.text
    assert (await clerk.opens("/account")).path.startswith("/sign-in?")
    assert "已被安全管理员停用" in (await Browser(world).signs_in(CLERK.person)).text
    await guard.sends(f"{page(CLERK.person)}/lock", why="再来一次")
    assert "没有改动" in guard.text

    await guard.opens(page(CLERK.person))
    await guard.sends(f"{page(CLERK.person)}/unlock", why="返岗")
    assert "账号已恢复" in guard.text
    assert (await Browser(world).signs_in(CLERK.person)).path.startswith("/sign-in/seat")


async def test_a_lost_authenticator_is_bound_anew(world: World) -> None:
    guard = await comes_in(world, GUARD.person)
    await settled(world, OPERATOR.person)
    await with_code(world, OPERATOR.person)

    await guard.opens(page(OPERATOR.person))
    await guard.sends(f"{page(OPERATOR.person)}/second-factor", why="更换手机")

    assert "下次登录时重新绑定" in guard.text
    assert "绑定动态验证码" in (await Browser(world).signs_in(OPERATOR.person)).text


async def test_the_name_at_the_citys_sign_in_belongs_to_one_account(world: World) -> None:
    guard = await comes_in(world, GUARD.person)
    await settled(world, CLERK.person)
    await settled(world, HEAD.person)

    await guard.opens(page(CLERK.person))
    await guard.sends(f"{page(CLERK.person)}/subject", subject="sz-001")
    assert "统一身份编号已登记" in guard.text
    await guard.opens(page(HEAD.person))
    await guard.sends(f"{page(HEAD.person)}/subject", subject="sz-001")

    assert guard.status == 409
    assert "已属于另一个账号" in guard.text


async def test_sessions_of_others_are_seen_and_ended(world: World) -> None:
    guard = await comes_in(world, GUARD.person)
    clerk = await comes_in(world, CLERK.person, address="198.51.100.7")
    [theirs] = await rows(world, "SELECT number FROM sessions WHERE person = $1", CLERK.person)

    await guard.opens("/security/sessions")
    assert "198.51.100.7" in guard.text
    await guard.sends("/security/sessions/end", number=str(theirs["number"]))

    assert "已结束那次登录" in guard.text
    assert (await clerk.opens("/account")).path.startswith("/sign-in?")


@pytest.mark.parametrize("act", ["open", "password", "lock", "unlock", "second-factor", "sessions"])
async def test_nobody_administers_themselves(world: World, act: str) -> None:
    guard = await comes_in(world, GUARD.person)
    await guard.opens("/account")

    await guard.sends(f"{page(GUARD.person)}/{act}", why="方便")

    assert guard.status == 403
    assert "不能管理自己的账号" in guard.text


async def test_one_administrator_sees_to_another(world: World) -> None:
    guard = await comes_in(world, GUARD.person)

    await guard.opens(page(OTHER_GUARD.person))
    await guard.sends(f"{page(OTHER_GUARD.person)}/open")

    assert WORD.search(guard.text)


@pytest.mark.parametrize("who", [OPERATOR, AUDITOR, CLERK], ids=lambda who: who.name)
async def test_accounts_are_the_security_administrators_alone(world: World, who: object) -> None:
    browser = await comes_in(world, who.person)  # type: ignore[attr-defined]
    if browser.path.startswith("/sign-in/seat"):
        await browser.sends("/sign-in/seat", seat="officer/D07/")

    for path in ("/security/accounts", page(MEMBER.person), "/security/sessions"):
        await browser.opens(path)
        assert browser.status == 403, path
    await browser.opens("/account")
    await browser.sends(f"{page(MEMBER.person)}/open")

    assert browser.status == 403
    assert await rows(world, "SELECT 1 FROM accounts WHERE person = $1", MEMBER.person) == []


@pytest.mark.parametrize(
    ("person", "status", "says"),
    [
        ("nobody", 404, "登记簿中没有编号为“nobody”的人员"),
        (BOTH.person, 409, "三种管理员不能由同一人担任"),
        (CLERK.person, 409, "已经有账号"),
    ],
)
async def test_some_accounts_cannot_be_opened(
    world: World, person: str, status: int, says: str
) -> None:
    guard = await comes_in(world, GUARD.person)
    await settled(world, CLERK.person)
    await guard.opens("/account")

    await guard.sends(f"{page(person)}/open")

    assert guard.status == status
    assert says in guard.text


async def test_a_reason_is_wanted(world: World) -> None:
    guard = await comes_in(world, GUARD.person)
    await settled(world, CLERK.person)
    await guard.opens(page(CLERK.person))

    await guard.sends(f"{page(CLERK.person)}/lock", why="  ")

    assert guard.status == 422
    assert "请写明事由" in guard.text


async def test_people_are_found_by_name_unit_and_state(world: World) -> None:
    guard = await comes_in(world, GUARD.person)
    await settled(world, CLERK.person)
    await changed(world, "UPDATE accounts SET locked_at = now() WHERE person = $1", CLERK.person)

    assert "陈静" in (await guard.opens("/security/accounts?q=龙华")).text
    assert "李伟" not in guard.text
    assert "陈静" in (await guard.opens("/security/accounts?state=locked")).text
    assert "王安 wang.anquan" not in guard.text
    assert "没有符合条件的人员" in (await guard.opens("/security/accounts?q=没有此人")).text


async def test_the_auditor_reads_what_happened_and_nobody_else_does(world: World) -> None:
    guard = await comes_in(world, GUARD.person)
    auditor = await comes_in(world, AUDITOR.person)
    await guard.opens(page(CLERK.person))
    await guard.sends(f"{page(CLERK.person)}/open")
    await Browser(world, address="203.0.113.9").signs_in(CLERK.person, "wrong")

    await auditor.opens("/security/trail?person=chen.jing")

    assert "开通账号 — wang.anquan 192.0.2.1" in auditor.text
    assert "登录被拒 口令不对 本人 203.0.113.9" in auditor.text
    assert (
        "登录被拒"
        not in (await auditor.opens("/security/trail?what=account-opened")).text.partition("序号")[
            2
        ]
    )
    assert (await guard.opens("/security/trail")).status == 403


async def test_the_trail_has_pages(world: World) -> None:
    auditor = await comes_in(world, AUDITOR.person)
    for _ in range(4):
        await Browser(world).signs_in("nobody", "wrong")
    [last] = await rows(world, "SELECT max(n) AS n FROM trail")

    await auditor.opens(f"/security/trail?before={last['n']}")

    assert "回到最新" in auditor.text
    assert f" {last['n']} 2" not in auditor.text.partition("序号")[2]


async def test_the_trail_is_never_changed(world: World) -> None:
    await first_password(world, CLERK.person)

    for statement in ("UPDATE trail SET what = ''", "DELETE FROM trail", "TRUNCATE trail"):
        with pytest.raises(Exception, match="only written on, never changed"):
            await changed(world, statement)


async def test_a_whole_trail_is_verified_to_its_end(world: World) -> None:
    for person in (CLERK, HEAD, MEMBER):
        await first_password(world, person.person)

    async with signin_of(world).desk.transaction() as tx:
        found = await verified(tx)

    assert found.broken is None
    assert found.good is not None
    assert found.good.n == 3


@pytest.mark.parametrize(
    ("forgery", "n", "why"),
    [
        ("UPDATE trail SET entry = replace(entry, 'li.wei', 'x') WHERE n = 2", 2, "与封印不符"),
        ("UPDATE trail SET person = 'x' WHERE n = 2", 2, "检索栏与内容不符"),
        ("UPDATE trail SET at = at - interval '1 day' WHERE n = 3", 3, "检索栏与内容不符"),
        ("DELETE FROM trail WHERE n = 2", 3, "前面缺少记录"),
        ("UPDATE trail SET digest = '\\x00' WHERE n = 1", 1, "与封印不符"),
    ],
)
async def test_a_forged_trail_is_found_out(world: World, forgery: str, n: int, why: str) -> None:
    for person in (CLERK, HEAD, MEMBER):
        await first_password(world, person.person)
    await changed(world, "ALTER TABLE trail DISABLE TRIGGER trail_stays")
    await changed(world, forgery)

    async with signin_of(world).desk.transaction() as tx:
        found = await verified(tx)

    assert found.broken == n
    assert why in found.why


async def test_a_trail_that_was_cut_short_does_not_fit_what_was_noted(world: World) -> None:
    for person in (CLERK, HEAD):
        await first_password(world, person.person)
    async with signin_of(world).desk.transaction() as tx:
        noted = (await verified(tx)).good
    assert noted is not None
    await changed(world, "ALTER TABLE trail DISABLE TRIGGER trail_stays")
    await changed(world, "DELETE FROM trail WHERE n = 2")

    async with signin_of(world).desk.transaction() as tx:
        short = await verified(tx, known=noted)
    await first_password(world, MEMBER.person)
    async with signin_of(world).desk.transaction() as tx:
        other = await verified(tx, known=Link(noted.n, "", noted.digest))

    assert (short.broken, short.why) == (2, "这一条不见了")
    assert (other.broken, other.why) == (2, "封印与另行记下的不同")


async def test_the_terminal_verifies_it_too(world: World) -> None:
    await first_password(world, CLERK.person)

    found = await _verify(world["portal"].backbone.settings.database_url, None)

    assert found.good is not None
    assert found.good.n == 1


async def test_the_terminal_lets_the_first_administrator_in(world: World) -> None:
    told = await first_password(world, GUARD.person)

    guard = await Browser(world).signs_in(GUARD.person, told)
    await guard.sends("/sign-in/password", new=PASSWORD, again=PASSWORD)

    assert guard.path.startswith("/sign-in/enrol")
    assert await happened(world) == [
        ("account-opened", GUARD.person),
        ("signed-in", GUARD.person),
        ("password-changed", GUARD.person),
    ]
    with pytest.raises(Refusal, match="登记簿中没有编号为“nobody”的人员"):
        await first_password(world, "nobody")  # type: ignore[arg-type]
