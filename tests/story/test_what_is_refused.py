"""What is refused: texts too long, words without sense, broken requests; each with a sentence."""

from typing import Any

import pytest

from tests.story.answering import draft, issue, opine
from tests.story.office import (
    CITY,
    COMMITTEE,
    LI,
    LONGHUA,
    OFFICE,
    TRANSPORT,
    WANG,
    Refused,
    accept,
    filed,
    hand_over,
    return_task,
    row,
    sign,
    submit,
)
from tests.world import SERVICES, World

PROPOSAL: dict[str, Any] = {
    "year": 2024,
    "title": "增开社区巴士",
    "text": "建议如下。",
    "kind": "single",
    "proposers": [{"name": WANG}],
}
MALFORMED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"kind": "joint"}, "联名提案至少需要两名提案人"),
    ({"proposers": [{"name": WANG}, {"name": LI}]}, "个人提案只能有一名提案人"),
    ({"kind": "lonely"}, "body.kind只能是'single', 'joint'或'collective'"),
    ({"title": "  "}, "案由没有填写"),
    ({"year": "明年"}, "body.year应为整数"),
    ({"proposers": []}, "body.proposers至少1项"),
    ({"colour": "red"}, "body.colour不认识的字段"),
    ({"text": "空\x00字"}, "body.text的第2个字（U+0000）是不能显示的字符，请删去"),
    ({"suggested_units": ["市教育"]}, "没有名为“市教育”的单位"),
    ({"proposal_id": "第一号"}, "body.proposal_id编号格式不对"),
)


async def test_a_text_one_character_too_long_is_refused_with_both_numbers(world: World) -> None:
    await submit(world, "题" * 60, text="文" * 1500)

    with pytest.raises(Refused, match="422 title-too-long 案由有61字，超过了60字的上限"):
        await submit(world, "题" * 61)
    with pytest.raises(Refused, match="422 text-too-long 提案正文有1501字，超过了1500字的上限"):
        await submit(world, "增开社区巴士", text="文" * 1501)


async def test_opinions_and_letters_have_their_limits_too(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await draft(world, case, LONGHUA)

    with pytest.raises(Refused, match="422 too-long 会办意见有3001字，超过了3000字的上限"):
        await opine(world, case, TRANSPORT, opinion="意" * 3001)
    with pytest.raises(Refused, match="422 too-long 摘要有201字，超过了200字的上限"):
        await issue(world, case, LONGHUA, summary="摘" * 201)
    await opine(world, case, TRANSPORT, opinion="意" * 3000)


async def test_a_malformed_proposal_is_refused_with_a_sentence(world: World) -> None:
    for change, says in MALFORMED:
        answer = await world.tell("intake", "/proposals", {**PROPOSAL, **change}, post="committee")
        assert (answer.status in (404, 422), says in answer.says) == (True, True), answer.says

    assert await world.told_by("intake") == []


async def test_a_number_is_the_year_and_four_digits_and_given_once(world: World) -> None:
    first, second = await submit(world, "加装电梯"), await submit(world, "加装扶手")
    with pytest.raises(Refused, match="422 number-malformed 案号“20230001”有误"):
        await accept(world, first, number="20230001")
    await accept(world, first, number="20240080")

    with pytest.raises(Refused, match="409 number-taken 案号20240080已经编给另一件提案"):
        await accept(world, second, number="20240080")
    assert await accept(world, second) == "20240001"


async def test_a_reason_that_the_rules_do_not_know_is_refused(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))

    with pytest.raises(Refused, match="422 unknown-reason 没有代码为“too-busy”的退办理由"):
        await return_task(world, case, LONGHUA, proposed=TRANSPORT, reason_code="too-busy")
    with pytest.raises(Refused, match="409 proposes-itself"):
        await return_task(world, case, LONGHUA, proposed="龙华区")


async def test_an_enormous_or_broken_request_gets_a_sentence_not_a_stack_trace(
    world: World,
) -> None:
    client = world["intake"].client
    headers = {
        "Authorization": f"Bearer {world.token(post='committee', unit=COMMITTEE)}",
        "Content-Type": "application/json",
    }

    for content, status, says in (
        (b"x" * 4_194_305, 413, "内容过大。"),
        (b'{"year": ', 422, "不是有效的JSON"),
        (b'{"title": "\\ud800"}', 422, "body.title的第1个字（U+D800）是不能显示的字符"),
        (b'{"title": "\xff"}', 400, "请求的内容无法读取，应为UTF-8编码的JSON。"),
    ):
        response = await client.post("/proposals", headers=headers, content=content)
        assert (response.status_code, says in response.json()["detail"]) == (status, True), says


async def test_an_unknown_proposal_is_unknown_everywhere(world: World) -> None:
    nowhere = "00000000-0000-4000-8000-000000000000"

    for service in SERVICES[1:]:
        answer = await world.ask(service, f"/proposals/{nowhere}")
        assert (answer.status, "没有找到" in answer.says) == (404, True), service


async def test_nobody_acts_without_signing_in(world: World) -> None:
    for service, path in (
        ("registry", "/seed"),
        ("intake", "/proposals"),
        ("assignment", "/hand-overs"),
        ("escalation", "/sweep"),
    ):
        response = await world[service].client.post(path, json={})
        assert (response.status_code, response.json()["code"]) == (401, "not-signed-in"), service


async def test_a_proposer_hands_in_only_what_bears_their_own_name(world: World) -> None:
    answer = await world.tell(
        "intake", "/proposals", PROPOSAL, post="proposer", unit=CITY, person=LI
    )

    assert (answer.status, answer.code) == (403, "not-among-proposers")
    assert OFFICE not in answer.says
