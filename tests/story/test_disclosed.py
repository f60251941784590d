"""Disclosed: three consents, personal data masked by a person's hand, and a way back."""

from typing import Any

import httpx
import pytest

from tests.story.answering import approve, draft, issue, opine, publish, talk
from tests.story.office import LONGHUA, OFFICE, TRANSPORT, Refused, filed, hand_over, row, sign
from tests.story.seeing import case_page, told
from tests.world import World

TEXT = "王志毅委员：请致电13812345678。社区巴士已经增开。"
OPEN = {"attribute": "open"}


async def answered(world: World, **letter: Any) -> str:
    """Longhua has answered with a letter that names a phone; transport has given its opinion."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await opine(world, case, TRANSPORT)
    await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA, text=TEXT)
    await approve(world, case, LONGHUA)
    await issue(world, case, LONGHUA, **letter)
    return case


async def proposed_spans(world: World, case: str, letter: str) -> list[dict[str, int]]:
    path = f"/proposals/{case}/letters/{letter}/masking"
    answer = await world.ask("reply", path, post="office", unit=OFFICE)
    return [{"start": one["start"], "end": one["end"]} for one in answer.body["proposed"]]


async def anybody_reads(world: World, path: str) -> httpx.Response:
    """Somebody who is not signed in looks at the public pages."""
    today = world.today.isoformat()
    return await world["portal"].client.get(path, headers={"huiban-today": today})


async def test_the_whole_way_with_masking_and_withdrawal(world: World) -> None:
    case = await answered(world, publication=OPEN)
    with pytest.raises(Refused, match="409 not-decided-yet 这份文书的公开属性尚未审定"):
        await publish(world, case, "D07.r1", "release", {})
    await publish(world, case, "D07.r1", "decide-publication", OPEN)
    with pytest.raises(Refused, match=r"409 maskings-unconfirmed 还有1处.*“13812345678”"):
        await publish(world, case, "D07.r1", "release", {})

    spans = await proposed_spans(world, case, "D07.r1")
    await publish(world, case, "D07.r1", "release", {"mask": spans})
    [released] = await told(world, "reply", case, "ReplyReleased")
    assert released["title"] == "对市政协第20240001号提案《增开社区巴士》的答复"
    assert "13812345678" not in released["text"]
    assert "社区巴士已经增开" in released["text"]

    public = await anybody_reads(world, f"/public/proposals/{case}")
    assert "社区巴士已经增开" in public.text
    assert "13812345678" not in public.text
    assert case in (await anybody_reads(world, "/public?q=社區巴士")).text
    await publish(world, case, "D07.r1", "withdraw-release", {"why": "信息有误"})
    [gone] = await world.rows(
        "portal", "SELECT state, text, words, terms FROM publications WHERE letter_id = 'D07.r1'"
    )
    assert list(gone.values()) == ["withdrawn", "", "", []]
    for path in (f"/public/proposals/{case}", "/public/feed.atom", "/public/data.json"):
        assert "社区巴士已经增开" not in (await anybody_reads(world, path)).text
    shown = await case_page(world, case)
    assert "龙华区人民政府的答复公开（全文）" in shown
    assert "撤回龙华区人民政府文书的公开" in shown


async def test_on_request_only_it_is_not_released(world: World) -> None:
    private = {"attribute": "on_request", "reason_code": "privacy"}
    case = await answered(world, publication=private)

    await publish(world, case, "D07.r1", "decide-publication", {"attribute": "on_request"})
    with pytest.raises(Refused, match="409 not-open 这份文书没有定为主动公开"):
        await publish(world, case, "D07.r1", "release", {})

    assert "公开属性审定为依申请公开" in await case_page(world, case)
    [clock] = await world.rows(
        "portal", "SELECT done_on FROM clocks WHERE clock_id = 'D07.r1/publish'"
    )
    assert clock["done_on"] is not None


async def test_the_office_says_why_it_differs_from_the_unit(world: World) -> None:
    case = await answered(world, publication={"attribute": "closed", "reason_code": "internal"})

    with pytest.raises(Refused, match="409 needs-reason-to-differ"):
        await publish(world, case, "D07.r1", "decide-publication", OPEN)
    summary = {**OPEN, "form": "summary", "why": "涉及公共利益"}
    await publish(world, case, "D07.r1", "decide-publication", summary)
    await publish(world, case, "D07.r1", "release", {"form": "summary"})

    [released] = await told(world, "reply", case, "ReplyReleased")
    assert (released["form"], released["text"]) == ("summary", "社区巴士已经增开")


async def test_a_co_handlers_letter_is_released_too(world: World) -> None:
    case = await answered(world)

    await publish(world, case, "C028.1.o1", "decide-publication", OPEN)
    await publish(world, case, "C028.1.o1", "release", {})

    [released] = await told(world, "reply", case, "ReplyReleased")
    assert (released["kind"], released["unit"]) == ("opinion", TRANSPORT)
    assert "市交通运输局的会办意见公开（全文）" in await case_page(world, case)
