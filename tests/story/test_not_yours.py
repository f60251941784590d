"""Not yours: whoever acts for another unit, or in the wrong post, is told so in a sentence."""

import pytest

from tests.story.answering import opine, reply
from tests.story.office import (
    CITY,
    COMMITTEE,
    EDUCATION,
    FUTIAN,
    LI,
    LONGHUA,
    LONGHUA_EDUCATION,
    OFFICE,
    TRANSPORT,
    WANG,
    Refused,
    act,
    filed,
    hand_over,
    row,
    sign,
)
from tests.story.seeing import handling, page
from tests.world import World

NOT_YOURS = "403 not-your-task 这项任务"
WRONG_POSTS = (
    ("registry", "/seed", "leader", CITY, "此事由系统运维办理，您当前的身份是“分管领导”"),
    ("intake", "/proposals", "officer", LONGHUA, "此事由提案人、提案委办理"),
    ("assignment", "/hand-overs", "committee", COMMITTEE, "此事由交办机关办理"),
    ("assignment", "/proposals/1/tasks/D07.1/sign", "office", OFFICE, "承办单位经办人"),
    ("reply", "/proposals/1/tasks/D07.1/issue", "proposer", CITY, "此事由承办单位经办人"),
    ("reply", "/proposals/1/replies/D07.r1/ratings", "head", LONGHUA, "此事由提案人、提案委"),
    ("escalation", "/sweep", "officer", LONGHUA, "此事由交办机关、系统运维办理"),
    ("escalation", "/proposals/1/matters/m1/decide", "office", OFFICE, "此事由分管领导办理"),
)


async def led_by_longhua(world: World) -> str:
    """Longhua leads, transport co-handles; both have signed."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    return case


async def test_a_unit_acts_upon_its_own_tasks_only(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    task = f"/proposals/{case}/tasks/D07.1"
    down = {"tasks": [{"unit": LONGHUA_EDUCATION}]}
    letter = {"text": "答复如下。", "result_class": "A"}

    with pytest.raises(Refused, match=NOT_YOURS):
        await act(world, "assignment", f"{task}/sign", post="officer", unit=EDUCATION)
    await sign(world, case, LONGHUA, TRANSPORT)
    with pytest.raises(Refused, match=NOT_YOURS):
        await act(world, "assignment", f"{task}/hand-down", down, post="head", unit=FUTIAN)
    with pytest.raises(Refused, match=NOT_YOURS):
        await act(world, "reply", f"{task}/drafts", letter, post="officer", unit=TRANSPORT)
    assert (await handling(world, case))["D07.1"]["state"] == "signed"


async def test_each_part_has_its_own_document(world: World) -> None:
    case = await led_by_longhua(world)

    with pytest.raises(Refused, match="409 not-co-handler 只有会办单位向主办单位提会办意见"):
        await opine(world, case, LONGHUA)
    with pytest.raises(Refused, match="409 does-not-reply 会办、参阅单位不直接答复提案人"):
        await reply(world, case, TRANSPORT)


async def test_each_act_has_its_posts(world: World) -> None:
    for service, path, post, unit, sentence in WRONG_POSTS:
        answer = await world.tell(service, path, {}, post=post, unit=unit)
        assert (answer.status, answer.code) == (403, "post-may-not"), path
        assert sentence in answer.says


async def test_the_portal_shows_a_case_to_whom_it_concerns_and_decides_nothing(
    world: World,
) -> None:
    case = await led_by_longhua(world)
    path, answers = f"/proposals/{case}", {}
    for post, unit, person in (
        ("officer", LONGHUA, None),
        ("officer", FUTIAN, None),
        ("proposer", CITY, WANG),
        ("proposer", CITY, LI),
    ):
        answer = await world.ask("portal", path, post=post, unit=unit, person=person)
        answers[unit, person] = answer.status

    nobody = await world["portal"].client.get(path)
    written = await world.tell("portal", path, {}, post="officer", unit=LONGHUA)

    assert answers == {
        (LONGHUA, None): 200,
        (FUTIAN, None): 404,
        (CITY, WANG): 200,
        (CITY, LI): 404,
    }
    assert nobody.status_code == 401
    assert written.status == 405
    assert "增开社区巴士" in await page(world, "/ledger")
