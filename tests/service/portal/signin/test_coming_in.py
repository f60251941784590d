"""Coming in: the first password, one's own, the code, the seat; and who is not let in."""

import asyncio
import re
from itertools import pairwise

import pyotp
import pytest

from shared.contracts.assignment import Role
from tests.service.portal.lives import LONGHUA, TRANSPORT, Life, filed, task
from tests.service.portal.signin.door import (
    Browser,
    changed,
    code_now,
    comes_in,
    first_password,
    happened,
    rows,
    secret_on,
    settled,
    signin_of,
    with_code,
)
from tests.service.portal.signin.people import (
    AUDITOR,
    BOTH,
    CLERK,
    GONE,
    GUARD,
    HEAD,
    OPERATOR,
    PASSWORD,
)
from tests.world import World

WRONG = "账号或口令不对"
WAIT = "连续多次没有通过，请15分钟后再试"


async def test_the_first_password_is_changed_at_once(world: World) -> None:
    told = await first_password(world, CLERK.person)
    browser = Browser(world)

    await browser.signs_in(CLERK.person, told)
    assert "您现在用的是一次性口令" in browser.text
    await browser.opens("/desk")
    assert browser.path == "/sign-in/password?next=%2Fdesk"

    await browser.sends("/sign-in/password", new=PASSWORD, again=PASSWORD, next="/ledger")

    assert browser.path.startswith("/sign-in/seat")
    await browser.sends("/sign-in/seat", seat="officer/D07/", next="/ledger")
    assert browser.path == "/ledger"
    assert "陈静 龙华区 经办人" in browser.text


@pytest.mark.parametrize(
    ("new", "again", "says"),
    [
        ("Short-1", "Short-1", "口令至少要有10个字符"),
        (PASSWORD, PASSWORD + "x", "两次填写的新口令不一致"),
        ("onlysmallletters", "onlysmallletters", "至少3种"),
        ("Chen.Jing-1949", "Chen.Jing-1949", "不能有账号、姓名或单位编码"),
        ("x" * 150 + "A1-" + "y" * 60, "x" * 150 + "A1-" + "y" * 60, "口令最多200个字符"),
    ],
)
async def test_a_password_that_will_not_do_says_why(
    world: World, new: str, again: str, says: str
) -> None:
    told = await first_password(world, CLERK.person)
    browser = await Browser(world).signs_in(CLERK.person, told)

    await browser.sends("/sign-in/password", new=new, again=again)

    assert browser.status == 422
    assert says in browser.text


async def test_the_one_time_password_cannot_stay(world: World) -> None:
    told = await first_password(world, CLERK.person)
    browser = await Browser(world).signs_in(CLERK.person, told)

    await browser.sends("/sign-in/password", new=told, again=told)

    assert "不能使用最近5次用过的口令" in browser.text


async def test_the_last_five_passwords_cannot_come_back(world: World) -> None:
    browser = await comes_in(world, CLERK.person)
    await browser.sends("/sign-in/seat", seat="officer/D07/")
    used = [PASSWORD, *(f"Zhong-Shan-{n}" for n in range(1, 7))]
    for before, new in pairwise(used):
        await browser.opens("/account/password")
        await browser.sends("/account/password", current=before, new=new, again=new)
        assert "口令已修改" in browser.text

    await browser.opens("/account/password")
    await browser.sends("/account/password", current=used[-1], new=used[-5], again=used[-5])
    assert "不能使用最近5次用过的口令" in browser.text
    await browser.sends("/account/password", current=used[-1], new=used[-6], again=used[-6])

    assert "口令已修改" in browser.text


async def test_a_one_time_password_does_not_wait_for_ever(world: World) -> None:
    told = await first_password(world, CLERK.person)
    await changed(world, "UPDATE accounts SET set_at = set_at - interval '8 days'")

    browser = await Browser(world).signs_in(CLERK.person, told)

    assert browser.status == 403
    assert "一次性口令已过期" in browser.text


async def test_an_old_password_is_changed_before_anything_else(world: World) -> None:
    await settled(world, CLERK.person)
    await changed(world, "UPDATE accounts SET set_at = set_at - interval '91 days'")

    browser = await Browser(world).signs_in(CLERK.person)

    assert "口令已使用超过90天" in browser.text


async def test_a_wrong_password_and_an_unknown_name_sound_alike(world: World) -> None:
    await settled(world, CLERK.person)

    known = await Browser(world).signs_in(CLERK.person, "wrong")
    unknown = await Browser(world).signs_in("nobody.at.all", "wrong")

    assert known.status == unknown.status == 401
    assert WRONG in known.text
    assert known.text.replace(CLERK.person, "") == unknown.text.replace("nobody.at.all", "")
    assert await happened(world) == [
        ("refused", CLERK.person),
        ("refused", "—"),
    ]


@pytest.mark.parametrize("name", [CLERK.person, "nobody.at.all"])
async def test_after_five_failures_one_waits_whether_there_is_such_an_account_or_not(
    world: World, name: str
) -> None:
    await settled(world, CLERK.person)
    for _ in range(5):
        assert WRONG in (await Browser(world).signs_in(name, "wrong")).text

    browser = await Browser(world).signs_in(name)

    assert browser.status == 429
    assert WAIT in browser.text


async def test_after_the_wait_one_may_try_again(world: World) -> None:
    await settled(world, CLERK.person)
    for _ in range(5):
        await Browser(world).signs_in(CLERK.person, "wrong")
    await changed(world, "UPDATE failures SET failed_at = failed_at - interval '16 minutes'")

    browser = await Browser(world).signs_in(CLERK.person)

    assert browser.path.startswith("/sign-in/seat")
    assert ("held-up", CLERK.person) in await happened(world)


async def test_many_tries_at_once_are_no_more_than_one_after_the_other(world: World) -> None:
    await settled(world, CLERK.person)

    tried = await asyncio.gather(
        *(Browser(world).signs_in(CLERK.person, "wrong") for _ in range(8))
    )

    assert sorted(one.status for one in tried) == [401] * 5 + [429] * 3


async def test_an_address_from_which_too_much_fails_waits_as_a_whole(world: World) -> None:
    await settled(world, CLERK.person)
    await changed(
        world,
        "INSERT INTO failures (name, address, failed_at)"
        " SELECT 'name ' || n, '192.0.2.1', now() FROM generate_series(1, 60) AS n",
    )

    here = await Browser(world).signs_in(CLERK.person)
    elsewhere = await Browser(world, address="192.0.2.2").signs_in(CLERK.person)

    assert here.status == 429
    assert "从您的网络地址登录失败的次数过多" in here.text
    assert elsewhere.path.startswith("/sign-in/seat")


async def test_who_must_have_a_second_factor_binds_one_and_needs_it_from_then_on(
    world: World,
) -> None:
    await settled(world, OPERATOR.person)
    browser = await Browser(world).signs_in(OPERATOR.person)
    assert "您的职务要求登录时除口令外再填动态验证码" in browser.text

    totp = pyotp.TOTP(secret_on(browser))
    await browser.sends("/sign-in/enrol", code="000000")
    assert "验证码不对" in browser.text
    used = code_now(totp)
    await browser.sends("/sign-in/enrol", code=used)
    assert browser.text.count("-") >= 20
    assert "只显示这一次" in browser.text
    assert "孙运 市政府办公厅 系统管理员" in (await browser.opens("/")).text

    again = await Browser(world).signs_in(OPERATOR.person)
    assert "打开手机上的验证器" in again.text
    await again.sends("/sign-in/code", code=used)
    assert "验证码不对，或者已经用过" in again.text
    await again.sends("/sign-in/code", code=code_now(totp, steps=1))
    assert "孙运 市政府办公厅 系统管理员" in (await again.opens("/")).text


async def test_a_recovery_code_is_good_once(world: World) -> None:
    await settled(world, OPERATOR.person)
    browser = await Browser(world).signs_in(OPERATOR.person)
    await browser.sends("/sign-in/enrol", code=code_now(pyotp.TOTP(secret_on(browser))))
    codes = re.findall(r"\b\w{5}-\w{5}-\w{5}\b", browser.text)
    assert len(codes) == 10

    with_one = await Browser(world).signs_in(OPERATOR.person)
    await with_one.sends("/sign-in/code", recovery=codes[3].upper().replace("-", " "))
    assert "孙运 市政府办公厅 系统管理员" in (await with_one.opens("/")).text

    again = await Browser(world).signs_in(OPERATOR.person)
    await again.sends("/sign-in/code", recovery=codes[3])
    assert "验证码不对，或者已经用过" in again.text
    assert "恢复码还剩9个" in (await with_one.opens("/account")).text


async def test_codes_are_counted_like_passwords_and_a_good_password_forgives_nothing(
    world: World,
) -> None:
    await settled(world, OPERATOR.person)
    await with_code(world, OPERATOR.person)
    for _ in range(5):
        browser = await Browser(world).signs_in(OPERATOR.person)
        await browser.sends("/sign-in/code", code="000000")

    browser = await Browser(world).signs_in(OPERATOR.person)
    await browser.sends("/sign-in", account=OPERATOR.person, password=PASSWORD)

    assert browser.status == 429
    assert WAIT in browser.text


async def test_half_way_in_one_sees_nothing_more_than_outside(world: World) -> None:
    await settled(world, OPERATOR.person)
    await with_code(world, OPERATOR.person)
    browser = await Browser(world).signs_in(OPERATOR.person)

    for path in ("/desk", "/account", "/security/accounts", "/sign-in/seat", "/sign-in/enrol"):
        await browser.opens(path)
        assert browser.path.startswith("/sign-in/code"), path


async def test_one_takes_a_seat_and_changes_it_without_signing_in_again(world: World) -> None:
    browser = await comes_in(world, CLERK.person)
    assert "经办人 龙华区" in browser.text
    assert "主要负责人 市交通局，代李伟办理" in browser.text

    await browser.sends("/sign-in/seat", seat="officer/D07/")
    assert browser.path == "/units/D07"
    await browser.opens("/sign-in/seat")
    await browser.sends("/sign-in/seat", seat="head/C030/li.wei")

    assert browser.path == "/units/C030"
    assert "陈静 市交通局 主要负责人（代李伟）" in browser.text


async def test_a_substitute_sees_on_their_own_desk_what_waits_for_whom_they_stand_in(
    world: World,
) -> None:
    life = Life()
    await world.hears(
        "portal",
        *filed(life, "20240001"),
        life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
    )
    browser = await comes_in(world, CLERK.person)

    await browser.sends("/sign-in/seat", seat="officer/D07/")

    assert re.search(r"代李伟办理 \d 主要负责人，市交通运输局 待签收 20240001", browser.text)
    await browser.sends("/sign-in/seat", seat="head/C030/li.wei", next="/desk")
    assert browser.path == "/units/C030"
    assert re.search(r"本人的另一身份 \d 经办人，龙华区人民政府 待签收 20240001", browser.text)


async def test_nobody_takes_a_seat_that_is_not_theirs(world: World) -> None:
    browser = await comes_in(world, CLERK.person)

    await browser.sends("/sign-in/seat", seat="head/C031/")

    assert browser.status == 403
    assert "这不是您担任或受托代办的职务" in browser.text


async def test_who_holds_no_post_any_more_gets_no_further(world: World) -> None:
    browser = await comes_in(world, GONE.person)

    assert "登记簿中没有您现在担任的职务" in browser.text
    assert (await browser.opens("/desk")).path.startswith("/sign-in/seat")


async def test_nobody_is_two_administrators_at_once(world: World) -> None:
    await settled(world, GUARD.person)  # an account from the days before
    await changed(world, "UPDATE accounts SET person = $1", BOTH.person)

    browser = await Browser(world).signs_in(BOTH.person)

    assert "登记簿中没有您现在担任的职务" in browser.text


async def test_one_goes_on_to_where_one_wanted(world: World) -> None:
    await settled(world, AUDITOR.person)
    totp = await with_code(world, AUDITOR.person)
    browser = await Browser(world).opens("/security/trail?what=refused")
    assert browser.path == "/sign-in?next=%2Fsecurity%2Ftrail%3Fwhat%3Drefused"

    await browser.sends(
        "/sign-in",
        account=AUDITOR.person,
        password=PASSWORD,
        next="/security/trail?what=refused",
    )
    await browser.sends("/sign-in/code", code=code_now(totp), next="/security/trail?what=refused")

    assert browser.path == "/security/trail?what=refused"


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/\\evil.example"])
async def test_nobody_is_sent_on_to_another_house(world: World, next: str) -> None:
    browser = await comes_in(world, HEAD.person)
    await browser.sends("/sign-in/seat", seat="head/C030/", next=next)

    assert browser.here is not None
    assert browser.here.url.host == "portal"


async def test_the_id_is_new_after_each_step_and_only_its_digest_is_kept(world: World) -> None:
    await settled(world, OPERATOR.person)
    totp = await with_code(world, OPERATOR.person)
    browser = await Browser(world).signs_in(OPERATOR.person)
    half_way = browser.cookie()

    await browser.sends("/sign-in/code", code=code_now(totp))

    assert browser.cookie() != half_way
    [kept] = await rows(world, "SELECT digest FROM sessions")
    assert browser.cookie().encode() not in bytes(kept["digest"])
    stale = Browser(world)
    stale.client.cookies.set("__Host-huiban", half_way)
    assert (await stale.opens("/account")).path.startswith("/sign-in?next")


async def test_the_cookie_is_for_this_host_only(world: World) -> None:
    await settled(world, CLERK.person)
    browser = await Browser(world).opens("/sign-in")

    sent = await browser.client.post(
        "/sign-in",
        data={"account": CLERK.person, "password": PASSWORD},
        headers={"sec-fetch-site": "same-origin"},
    )

    said = sent.headers["set-cookie"]
    assert said.startswith("__Host-huiban=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(said.split("; "))
    assert "Domain" not in said


async def test_nobody_writes_a_password_where_others_read_along(world: World) -> None:
    await settled(world, CLERK.person)

    open_way = await Browser(world, base="http://portal").signs_in(CLERK.person)
    this_machine = await Browser(world, base="http://127.0.0.1:8700").signs_in(CLERK.person)

    assert "这里的连接没有加密" in open_way.text
    assert this_machine.path.startswith("/sign-in/seat")
    assert "huiban" in this_machine.client.cookies
    assert "本页没有加密" in (await Browser(world, base="http://localhost").opens("/sign-in")).text


async def test_a_portal_without_a_key_says_so(world: World) -> None:
    await settled(world, CLERK.person)
    signin = signin_of(world)
    signin.settings = signin.settings.model_copy(update={"huiban_signing_key": None})

    browser = await Browser(world).signs_in(CLERK.person)

    assert browser.status == 503
    assert "门户没有得到签名私钥" in browser.text


async def test_secrets_lie_closed_in_the_tables(world: World) -> None:
    await settled(world, OPERATOR.person)
    browser = await Browser(world).signs_in(OPERATOR.person)
    shown = secret_on(browser)

    [kept] = await rows(world, "SELECT secret, password FROM accounts")

    assert shown.encode() not in bytes(kept["secret"])
    assert str(kept["password"]).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
