"""Staying in: how long a session lasts, what a form must bring, and when one proves it again."""

import pytest
from fastapi.routing import iter_route_contexts

from services.portal.signin.visiting import PUBLIC_PATHS
from shared.identity import Gatekeeper
from tests.service.portal.signin.door import (
    Browser,
    changed,
    code_now,
    comes_in,
    happened,
    rows,
    settled,
    signin_of,
    with_code,
)
from tests.service.portal.signin.people import CLERK, GUARD, HEAD, MEMBER, OPERATOR, PASSWORD
from tests.world import Keys, World

AGO = "UPDATE sessions SET {} = {} - interval '{}'"
OFFICER = "officer/D07/"


async def clerk(world: World) -> Browser:
    """A clerk who acts in their own seat."""
    browser = await comes_in(world, CLERK.person)
    return await browser.sends("/sign-in/seat", seat=OFFICER)


@pytest.mark.parametrize(
    ("column", "ago", "says"),
    [
        ("seen_at", "31 minutes", "较长时间没有操作"),
        ("began_at", "13 hours", "已到一次登录的最长时间"),
    ],
)
async def test_a_session_ends_by_itself_and_says_why(
    world: World, column: str, ago: str, says: str
) -> None:
    browser = await clerk(world)
    await changed(world, AGO.format(column, column, ago))

    await browser.opens("/desk")

    assert browser.path.startswith("/sign-in?next=%2Fdesk")
    assert says in browser.text
    assert ("timed-out", CLERK.person) in await happened(world)


async def test_a_session_lasts_while_it_is_used(world: World) -> None:
    browser = await clerk(world)
    await changed(world, AGO.format("seen_at", "seen_at", "29 minutes"))

    assert (await browser.opens("/desk")).path == "/units/D07"
    await changed(world, AGO.format("seen_at", "seen_at", "29 minutes"))

    assert (await browser.opens("/desk")).path == "/units/D07"


async def test_a_page_that_asks_by_itself_keeps_nobody_in(world: World) -> None:
    browser = await clerk(world)
    await changed(world, AGO.format("seen_at", "seen_at", "29 minutes"))
    [before] = await rows(world, "SELECT seen_at FROM sessions")

    await browser.client.get("/desk", headers={"huiban-live": "1"})

    assert await rows(world, "SELECT seen_at FROM sessions") == [before]


async def test_who_signs_out_is_out(world: World) -> None:
    browser = await clerk(world)
    id = browser.cookie()

    await browser.sends("/sign-out")

    assert "您已退出" in browser.text
    browser.client.cookies.set("__Host-huiban", id)
    assert (await browser.opens("/account")).path.startswith("/sign-in?")


async def test_a_locked_account_is_out_at_once(world: World) -> None:
    browser = await clerk(world)
    await changed(world, "UPDATE accounts SET locked_at = now(), locked_why = '失密'")

    await browser.opens("/account")

    assert "账号已停用" in browser.text


async def test_a_seat_that_has_ended_is_no_seat_any_more(world: World) -> None:
    browser = await clerk(world)
    await world.hears("portal", CLERK.model_copy(update={"posts": ()}))

    await browser.opens("/account")

    assert browser.path.startswith("/sign-in/seat") or "主要负责人" in browser.text


async def test_one_sees_ones_sessions_and_ends_one(world: World) -> None:
    here = await clerk(world)
    there = await Browser(world, address="198.51.100.7").signs_in(CLERK.person)
    await there.sends("/sign-in/seat", seat=OFFICER)

    await here.opens("/account")
    assert "198.51.100.7" in here.text
    assert "Chrome（Windows）" in here.text
    [other] = await rows(
        world, "SELECT number FROM sessions WHERE address = '198.51.100.7' AND ended_at IS NULL"
    )
    await here.sends("/account/sessions/end", number=str(other["number"]))

    assert "已结束那次登录" in here.text
    assert (await there.opens("/account")).path.startswith("/sign-in?")
    assert "您在别处结束了这次登录" in there.text


async def test_nobody_ends_anothers_session(world: World) -> None:
    await comes_in(world, MEMBER.person)
    [theirs] = await rows(world, "SELECT number FROM sessions")
    browser = await clerk(world)

    await browser.opens("/account")
    await browser.sends("/account/sessions/end", number=str(theirs["number"]))

    assert browser.status == 404
    assert await rows(world, "SELECT 1 FROM sessions WHERE ended_at IS NOT NULL") == []


async def test_one_ends_all_others(world: World) -> None:
    here = await clerk(world)
    others = [await Browser(world).signs_in(CLERK.person) for _ in range(2)]

    await here.opens("/account")
    await here.sends("/account/sessions/end-others")

    assert "其他地方的登录已全部结束" in here.text
    for other in others:
        assert (await other.opens("/account")).path.startswith("/sign-in?")
    assert (await here.opens("/account")).path == "/account"


async def test_a_new_password_ends_all_other_sessions(world: World) -> None:
    here = await clerk(world)
    other = await Browser(world).signs_in(CLERK.person)
    new = "Yi-Jin-Huan-Xiang-7"

    await here.opens("/account/password")
    await here.sends("/account/password", current="wrong", new=new, again=new)
    assert "账号或口令不对" in here.text
    await here.sends("/account/password", current=PASSWORD, new=new, again=new)

    assert "口令已修改" in here.text
    assert (await other.opens("/account")).path.startswith("/sign-in?")
    assert (await Browser(world).signs_in(CLERK.person, new)).path.startswith("/sign-in/seat")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_sites_page_changes_nothing(world: World, site: str) -> None:
    browser = await clerk(world)

    await browser.sends("/sign-out", site=site)

    assert browser.status == 403
    assert "不是从会办的页面发出的" in browser.text
    assert (await browser.opens("/account")).path == "/account"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://portal"}, 303),
        ({"origin": "https://portal.evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
    ],
)
async def test_a_browser_that_does_not_say_the_site_names_its_origin(
    world: World, headers: dict[str, str], status: int
) -> None:
    await settled(world, CLERK.person)
    browser = Browser(world)

    sent = await browser.client.post(
        "/sign-in", data={"account": CLERK.person, "password": PASSWORD}, headers=headers
    )

    assert sent.status_code == status


async def test_a_form_without_its_token_is_shown_once_more_and_loses_nothing(
    world: World,
) -> None:
    browser = await clerk(world)
    await browser.opens("/sign-in/seat")

    await browser.sends("/sign-in/seat", token="an old one", seat="head/C030/li.wei")
    assert browser.status == 403
    assert "请确认后提交" in browser.text
    await browser.sends("/sign-in/seat", seat="head/C030/li.wei")

    assert "陈静 市交通局 主要负责人（代李伟）" in browser.text


async def test_a_password_is_never_carried_along_in_a_page(world: World) -> None:
    browser = await clerk(world)
    await browser.opens("/account/password")
    secret = "Yi-Jin-Huan-Xiang-7"

    await browser.sends(
        "/account/password", token="an old one", current=PASSWORD, new=secret, again=secret
    )

    assert "请确认后提交" in browser.text
    assert browser.here is not None
    assert secret not in browser.here.text
    assert PASSWORD not in browser.here.text


async def test_what_was_written_survives_the_end_of_the_session(world: World) -> None:
    browser = await clerk(world)
    await browser.opens("/account")
    await changed(world, AGO.format("seen_at", "seen_at", "31 minutes"))

    await browser.sends("/do/sign?proposal_id=1", note="写了很久的话")

    assert browser.status == 401
    assert "登录已过期，内容还在" in browser.text
    assert "写了很久的话" in browser.text


async def test_a_grave_act_asks_once_more_who_one_is(world: World) -> None:
    browser = await comes_in(world, HEAD.person)
    await browser.sends("/sign-in/seat", seat="head/C030/")
    await changed(world, AGO.format("proved_at", "proved_at", "16 minutes"))

    await browser.opens("/account/second-factor")
    assert browser.path == "/sign-in/again?next=%2Faccount%2Fsecond-factor"
    await browser.sends("/sign-in/again", proof="wrong", next="/account/second-factor")
    assert browser.status == 401
    assert "账号或口令不对" in browser.text
    await browser.sends("/sign-in/again", proof=PASSWORD, next="/account/second-factor")

    assert browser.path == "/account/second-factor"
    assert ("proved", HEAD.person) in await happened(world)


async def test_a_code_proves_it_as_well(world: World) -> None:
    await settled(world, OPERATOR.person)
    totp = await with_code(world, OPERATOR.person)
    browser = await Browser(world).signs_in(OPERATOR.person)
    await browser.sends("/sign-in/code", code=code_now(totp))
    await browser.opens("/account")
    await changed(world, AGO.format("proved_at", "proved_at", "16 minutes"))

    await browser.sends("/account/recovery-codes")
    assert browser.status == 401
    assert "请确认是您本人" in browser.text
    await browser.sends("/account/recovery-codes", proof_code=code_now(totp, steps=1))

    assert "请保存恢复码" in browser.text


async def test_a_proof_is_asked_for_and_what_was_sent_is_then_done(world: World) -> None:
    browser = await comes_in(world, GUARD.person)
    await settled(world, CLERK.person)
    await browser.opens(f"/security/accounts/{CLERK.person}")
    await changed(world, AGO.format("proved_at", "proved_at", "16 minutes"))

    path = f"/security/accounts/{CLERK.person}/lock"
    await browser.sends(path, why="借调离岗")
    assert "填写的内容都在" in browser.text
    assert "借调离岗" in browser.text
    await browser.sends(path, why="借调离岗", proof=PASSWORD)

    assert "账号已停用" in browser.text
    [kept] = await rows(world, "SELECT locked_why FROM accounts WHERE person = $1", CLERK.person)
    assert kept["locked_why"] == "借调离岗"


async def test_the_second_factor_goes_where_nobody_needs_it_and_stays_where_one_does(
    world: World,
) -> None:
    member = await comes_in(world, MEMBER.person)
    operator = await comes_in(world, OPERATOR.person)
    await with_code(world, MEMBER.person)
    await changed(world, "UPDATE sessions SET second_at = now() WHERE person = $1", MEMBER.person)

    await member.opens("/account")
    await member.sends("/account/second-factor/remove")
    await operator.opens("/account")
    await operator.sends("/account/second-factor/remove")

    assert "动态验证码已停用" in member.text
    assert operator.status == 403
    assert "必须使用动态验证码" in operator.text


async def test_the_services_are_shown_the_persons_own_short_token(world: World, keys: Keys) -> None:
    browser = await clerk(world)
    await browser.opens("/sign-in/seat")
    await browser.sends("/sign-in/seat", seat="head/C030/li.wei")
    signin, gatekeeper = signin_of(world), Gatekeeper(keys.public)

    [(_, caller)] = [one for one in signin._tokens if one[1].on_behalf_of]
    [token] = {signin._tokens[one][0] for one in signin._tokens if one[1] == caller}
    await browser.opens("/account")

    assert gatekeeper.caller(token) == caller
    assert (caller.person, caller.on_behalf_of) == (CLERK.person, HEAD.person)
    assert len(signin._tokens) == 2, "one for each seat, and not one for each page"


async def test_the_report_is_given_to_programs_with_a_token_and_not_without(
    world: World,
) -> None:
    client, path = world["portal"].client, "/report.json?unit=D07&year=2024"
    token = {"authorization": f"Bearer {world.token(post='auditor', unit='C007')}"}

    assert (await client.get(path)).status_code == 401
    assert (await client.get(path, headers=token)).status_code == 200
    assert (await client.get(path, headers={"authorization": "Bearer no"})).status_code == 401


async def test_what_is_drawn_for_somebody_is_given_to_nobody_else(world: World) -> None:
    browser = await clerk(world)

    await browser.opens("/ledger")

    assert browser.here is not None
    assert browser.here.headers["cache-control"] == "private, no-cache"


async def test_long_unused_sessions_are_forgotten(world: World) -> None:
    await clerk(world)
    await changed(world, AGO.format("seen_at", "seen_at", "91 days"))

    await Browser(world).signs_in(CLERK.person)

    assert len(await rows(world, "SELECT 1 FROM sessions")) == 1


async def test_no_page_of_the_door_is_in_the_document_for_programs(world: World) -> None:
    paths = world["portal"].app.openapi()["paths"]

    assert [path for path in paths if path.startswith(("/sign", "/account", "/security"))] == []


async def test_a_program_is_told_in_its_own_words(world: World) -> None:
    answer = await world["portal"].client.get("/account")

    assert answer.status_code == 401
    assert answer.json()["code"] == "sign-in-first"
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_part_of_a_page_leads_the_whole_page_to_the_door(world: World) -> None:
    answer = await world["portal"].client.get(
        "/desk",
        headers={"hx-request": "true", "hx-current-url": "https://portal/ledger?q=%E7%94%B5"},
    )

    assert answer.status_code == 204
    assert answer.headers["hx-redirect"] == "/sign-in?next=%2Fledger%3Fq%3D%25E7%2594%25B5"


async def test_pages_of_the_door_are_kept_nowhere(world: World) -> None:
    browser = await clerk(world)

    for path in ("/sign-in/seat", "/account", "/account/password"):
        await browser.opens(path)
        assert browser.here is not None
        assert browser.here.headers["cache-control"] == "no-store", path


async def test_everything_that_is_not_named_public_wants_somebody_signed_in(
    world: World,
) -> None:
    paths = {path for path in _paths(world) if not path.startswith("/static")}
    closed = sorted(path for path in paths if path not in PUBLIC_PATHS and "{" not in path)
    client = world["portal"].client

    assert closed
    assert paths >= PUBLIC_PATHS, "no path is public that is not there"
    for path in closed:
        if path == "/openapi.json":
            continue
        answer = await client.get(path, headers={"accept": "application/json"})
        assert answer.status_code in (401, 405), path


def _paths(world: World) -> set[str]:
    found = iter_route_contexts(world["portal"].app.routes)
    return {context.path_format for context in found if context.path_format is not None}
