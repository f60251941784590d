"""Whoever approves reads the draft on the very page, with what changed since they sent it back."""

import re

import httpx

from tests.story import office
from tests.story.office import EDUCATION, HEALTH, LONGHUA
from tests.story.visiting import at_the_portal, form
from tests.world import World

FIRST = "您提出的提案收悉。\n一、今年开工10部。\n二、明年继续。"
SECOND = "您提出的提案收悉。\n一、今年开工12部。\n二、明年继续。"


async def page(
    world: World, code: str, case: str, unit: str, post: str, more: str = ""
) -> httpx.Response:
    return await at_the_portal(world, "GET", form(code, case, unit) + more, post=post, unit=unit)


async def write(world: World, case: str, text: str) -> None:
    body = {"text": text, "result_class": "A"}
    await office.upon_task(world, "reply", case, LONGHUA, "drafts", body)


async def sent_back_once(world: World) -> str:
    case = await office.filed(world)
    row = office.row(case, lead=LONGHUA, co_handlers=[EDUCATION])
    await office.hand_over(world, row)
    await office.sign(world, case, LONGHUA, EDUCATION)
    talk = {"kind": "visit", "people": [office.WANG], "summary": "听取意见"}
    await office.upon_task(world, "reply", case, LONGHUA, "contacts", talk)
    await office.upon_task(
        world, "reply", case, LONGHUA, "points", {"points": ["今年开工", "明年怎么办"]}
    )
    await write(world, case, FIRST)
    back = {"draft": 1, "why": "数据有误"}
    await office.upon_task(world, "reply", case, LONGHUA, "send-back", back, post="head")
    await write(world, case, SECOND)
    return case


async def test_what_changed_since_it_was_sent_back_is_marked(world: World) -> None:
    case = await sent_back_once(world)

    shown = await page(world, "approve", case, LONGHUA, "head")

    assert "改动1段" in shown.text
    assert re.search(r"<del>.*10.*</del>", shown.text)
    assert re.search(r"<ins>.*12.*</ins>", shown.text)
    assert "等待办理" in shown.text
    assert "未回应" in shown.text
    assert "印出来的样子" in shown.text


async def test_any_two_versions_are_compared(world: World) -> None:
    case = await sent_back_once(world)
    await write(world, case, FIRST)

    chosen = await page(world, "approve", case, LONGHUA, "head", "&shown=1.3&since=1.1")

    assert "没有改动" in chosen.text


async def test_who_signs_for_another_unit_reads_what_they_sign(world: World) -> None:
    case = await sent_back_once(world)
    await office.upon_task(world, "reply", case, LONGHUA, "approve", {"draft": 2}, post="head")
    await office.upon_task(world, "reply", case, LONGHUA, "ask-to-countersign", {"draft": 2})

    asked = await page(world, "countersign", case, EDUCATION, "head")
    waiting = await page(world, "issue", case, LONGHUA, "head")

    assert "今年开工12部" in asked.text
    assert "今年开工10部" not in asked.text, "nobody asked them about the first version"
    assert "会签" in waiting.text
    assert "市教育局" in waiting.text


async def test_a_draft_is_seen_as_it_will_be_printed(world: World) -> None:
    case = await sent_back_once(world)
    at = f"/proposals/{case}/tasks/{LONGHUA}.1/rounds/1/drafts/2/pages"

    own = await at_the_portal(world, "GET", at, unit=LONGHUA)
    foreign = await at_the_portal(world, "GET", at, unit=HEALTH)
    party = await at_the_portal(world, "GET", at, unit=EDUCATION)

    assert '<img src="data:image/png;base64,' in own.text
    assert "一、" in own.text
    assert (foreign.status_code, party.status_code) == (404, 404)


async def test_what_is_being_written_is_seen_too_and_nothing_is_sent(world: World) -> None:
    case = await sent_back_once(world)
    words = {
        "text": "一、今年开工20部。二期。\n（一）龙华。",
        "result_class": "A",
        "preview": "yes",
    }

    seen = await at_the_portal(world, "POST", form("draft", case, LONGHUA), words, unit=LONGHUA)
    opinion = await at_the_portal(
        world,
        "POST",
        form("draft-opinion", case, EDUCATION),
        {"opinion": "同意。", "preview": "yes"},
        unit=EDUCATION,
    )

    assert seen.status_code == opinion.status_code == 200
    assert '<img src="data:image/png;base64,' in seen.text
    assert '<img src="data:image/png;base64,' in opinion.text
    assert 'class="outline-2"' in seen.text
    assert "今年开工20部" in seen.text
    assert (await world.told_by("reply", case)).count("ReplyDrafted") == 2


async def test_the_next_version_begins_with_what_the_last_one_answered(world: World) -> None:
    case = await sent_back_once(world)
    answers = [{"point": "今年开工", "answer": "今年开工12部"}]
    body = {"text": SECOND, "result_class": "A", "answers": answers}
    await office.upon_task(world, "reply", case, LONGHUA, "drafts", body)

    shown = await page(world, "draft", case, LONGHUA, "officer")

    assert 'value="今年开工12部"' in shown.text
