"""Printing from the read side alone: what each letter says, and what is not handed out."""

from collections.abc import AsyncIterator
from urllib.parse import unquote

import httpx
import pytest

from services.portal.calling import Callers
from shared.contracts.assignment import ExtensionAsked, ExtensionGranted, MovedDue, Role
from shared.contracts.escalation import CoordinationMeetingHeld
from shared.contracts.event import Event, TaskId
from shared.contracts.reply import SecondAnswerIssued
from tests.domain.portal.papers.seeing import opened, text_of
from tests.service.portal.lives import (
    FIRST,
    HEALTH,
    LONGHUA,
    OFFICE,
    SECOND,
    Life,
    day,
    due,
    filed,
    task,
    whole_life,
)
from tests.world import World

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
async def alone(portal: World) -> AsyncIterator[World]:
    """The portal, and no service behind it that answers."""
    async with httpx.AsyncClient(base_url=NOWHERE) as away:
        portal["portal"].app.state.callers = Callers({"reply": away, "intake": away})
        yield portal


async def download(portal: World, path: str) -> httpx.Response:
    return await portal["portal"].client.get(
        path, headers={"huiban-today": portal.today.isoformat()}
    )


async def offered(portal: World, case: str = FIRST) -> list[str]:
    """The addresses of the papers that a case's page offers, without their endings."""
    page = (await download(portal, f"/proposals/{case}")).text
    found = [part.partition('"')[0] for part in page.split('href="')]
    return [one.removesuffix(".pdf") for one in found if "/papers/" in one and ".pdf" in one]


async def printed(portal: World, kind: str, case: str = FIRST) -> str:
    [address] = [
        one for one in await offered(portal, case) if one.rpartition("-")[0].endswith(kind)
    ]
    answer = await download(portal, f"{address}.pdf")
    assert answer.status_code == 200
    return text_of(answer.content)


def led(life: Life) -> list[Event]:
    return [
        *filed(life, "20240001"),
        life.assigned(task(LONGHUA, Role.LEAD), task(HEALTH, Role.CO_HANDLE)),
    ]


async def test_a_letter_without_its_words_is_not_handed_out(alone: World) -> None:
    await alone.hears("portal", *whole_life(Life()))
    replies = [one for one in await offered(alone) if "/reply-" in one]

    answer = await download(alone, f"{replies[0]}.pdf")

    assert answer.status_code == 503
    assert "答复服务暂时不可用" in answer.json()["detail"]


async def test_a_reminder_says_what_is_owed_and_the_how_manieth_it_is(alone: World) -> None:
    life = Life()
    await alone.hears(
        "portal",
        *led(life),
        life.missed(HEALTH),
        life.reminded(HEALTH),
    )

    said = await printed(alone, "reminder")

    assert "政协提案催办单" in said
    assert "市卫生健康委员会：" in said
    assert "会办意见" in said
    assert "2024年2月18日" in said
    assert "已逾期" in said
    assert "第一次" in said
    assert "请尽快办理" in said


async def test_a_wish_for_more_time_names_the_day_as_it_was(alone: World) -> None:
    life, act = Life(), {"proposal_id": FIRST, "task_id": TaskId("D07.1"), "unit": LONGHUA}
    by_unit, by_office = life._act(LONGHUA, "03-20"), life._act(OFFICE, "03-22", "office")
    moved = MovedDue(
        task_id=TaskId("D07.1"),
        unit=LONGHUA,
        clock="answer",
        before=day("04-15"),
        due=due("05-20", "reply"),
    )
    await alone.hears(
        "portal",
        *led(life),
        ExtensionAsked(**{**by_unit, **act}, until=day("05-20"), reason="须先勘察"),
        ExtensionGranted(**{**by_office, **act}, why="情况属实", moved=(moved,)),
    )

    wish, decision = await printed(alone, "/extension"), await printed(alone, "extension-decision")

    assert "答复期限为2024年4月15日" in wish
    assert "申请延长至2024年5月20日：须先勘察。" in wish
    assert "由2024年4月15日延长至2024年5月20日" in decision


async def test_minutes_and_their_copies_stay_on_one_page(alone: World) -> None:
    life = Life()
    held = CoordinationMeetingHeld(
        **life._act(OFFICE, "02-27", "office"),
        matter_id="m1",
        held_on=day("02-26"),
        present=(LONGHUA, HEALTH),
        minutes="由龙华区牵头\n由卫健委配合",
    )
    await alone.hears("portal", *led(life), life.flagged(LONGHUA, HEALTH), held)
    [address] = [one for one in await offered(alone) if "/minutes-" in one]
    pdf = (await download(alone, f"{address}.pdf")).content

    last = opened(pdf).pages[-1].extract_text()

    assert "需市级协调。" in text_of(pdf)
    assert "1.由龙华区牵头。" in text_of(pdf)
    assert "抄送" in last
    assert "出席" in last


async def test_what_was_promised_and_kept_is_answered_again(alone: World) -> None:
    life = Life()
    again = SecondAnswerIssued(
        **life._act(LONGHUA, "08-30", "head"),
        reply_id="D07.r1",
        unit=LONGHUA,
        document_number="龙华区函〔2024〕9号",
        result_class="A",
        meaning="solved",
        summary="电梯已经开通。",
    )
    await alone.hears("portal", *led(life), life.issued(LONGHUA), life.promised(LONGHUA), again)

    said = await printed(alone, "second-reply")

    assert "办理结果：A类" in said
    assert "我单位已答复（龙华区函〔2024〕1号）" in said
    assert "电梯已经开通。" in said


async def test_a_merged_member_has_the_letters_of_its_group_and_its_own_replies(
    alone: World,
) -> None:
    main, member = Life(), Life(SECOND)
    await alone.hears(
        "portal",
        *filed(main, "20240080"),
        *filed(member, "20240081"),
        main.merged(FIRST, FIRST, SECOND),
        member.merged(FIRST, FIRST, SECOND),
        main.assigned(task(LONGHUA, Role.LEAD)),
        main.issued(LONGHUA),
        member.issued(LONGHUA, handled_in=FIRST, document_number="龙华区函〔2024〕2号"),
    )

    found = await offered(alone, SECOND)

    assert [one.partition("/papers/")[0].rpartition("/")[2] for one in found] == [
        FIRST,
        SECOND,
        SECOND,
    ]
    assert [one.rpartition("/")[2].rpartition("-")[0] for one in found] == [
        *("hand-over", "reply", "opinion-form"),
    ]
    assert "第20240081号" in await printed(alone, "opinion-form", SECOND)


async def test_its_name_is_chinese_and_its_address_is_not_guessed(alone: World) -> None:
    await alone.hears("portal", *led(Life()))
    [address] = await offered(alone)

    answer = await download(alone, f"{address}.docx")
    name = unquote(answer.headers["content-disposition"].partition("UTF-8''")[2])

    assert name == "交办通知-20240001.docx"
    assert answer.headers["cache-control"] == "private, no-store"
    assert (await download(alone, f"{address}9.pdf")).status_code == 404
    assert (await download(alone, f"{address}.exe")).status_code == 422
    assert (await download(alone, f"/proposals/{SECOND}/papers/hand-over-1.pdf")).status_code == 404


async def test_nobody_prints_without_signing_in(alone: World) -> None:
    await alone.hears("portal", *led(Life()))
    [address] = await offered(alone)
    del alone["portal"].client.headers["authorization"]

    for path in (f"{address}.pdf", f"/proposals/{FIRST}/archive.zip"):
        assert (await download(alone, path)).status_code == 401


async def test_the_whole_file_names_the_attachments_that_could_not_be_had(alone: World) -> None:
    life = Life()
    attached = [{"name": "线路图.pdf", "kind": "application/pdf", "size": 9, "digest": "7f" * 32}]
    await alone.hears("portal", life.submitted(attachments=attached), life.accepted())

    answer = await download(alone, f"/proposals/{FIRST}/archive.zip")

    assert answer.status_code == 200
    assert "未能取得的附件.txt".encode() in answer.content
