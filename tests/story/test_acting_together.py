"""Several cases at once: each is done or says why not, and one does not stop the others."""

from html import unescape
from re import findall

from tests.story import office
from tests.story.office import LONGHUA
from tests.story.visiting import at_the_portal, form
from tests.world import World


def chosen(*cases: str) -> dict[str, list[str]]:
    about = [f"proposal_id={case}&task_id={LONGHUA}.1" for case in cases]
    return {"once": ["one"], "about": about}


async def handed_over(world: World, *titles: str) -> list[str]:
    cases = [await office.filed(world, title) for title in titles]
    await office.hand_over(world, *(office.row(case, lead=LONGHUA) for case in cases))
    return cases


async def test_several_are_signed_at_once_and_one_that_cannot_be_says_why(world: World) -> None:
    first, second, third = await handed_over(world, "增开社区巴士", "改造背街小巷", "加装电梯")
    await at_the_portal(world, "POST", form("sign", third, LONGHUA), {"once": "1"}, unit=LONGHUA)
    listed = await at_the_portal(world, "GET", f"/units/{LONGHUA}", unit=LONGHUA)
    offered = findall(r'name="about" value="([^"]+)"', unescape(listed.text))

    sent = await at_the_portal(
        world, "POST", "/together/sign", chosen(first, third, second), unit=LONGHUA
    )

    assert sorted(offered) == sorted(chosen(first, second)["about"])
    assert sent.status_code == 200
    assert "选了3件，办成2件" in sent.text
    assert sent.text.count("已签收</td>") == 2
    assert sent.text.count("没有办成：") == 1
    for case in (first, second):
        assert "AssignmentSigned" in await world.told_by("assignment", case)
    after = await at_the_portal(world, "GET", f"/units/{LONGHUA}", unit=LONGHUA)
    assert "待签收" not in after.text


async def test_the_same_page_sent_twice_signs_once(world: World) -> None:
    cases = await handed_over(world, "增开社区巴士", "改造背街小巷")

    for _ in range(2):
        sent = await at_the_portal(world, "POST", "/together/sign", chosen(*cases), unit=LONGHUA)
        assert "选了2件，办成2件" in sent.text

    told = await world.told_by("assignment", cases[0])
    assert told.count("AssignmentSigned") == 1


async def test_nothing_chosen_is_nothing_done(world: World) -> None:
    sent = await at_the_portal(world, "POST", "/together/sign", {"once": "1"}, unit=LONGHUA)

    assert "没有选择要办理的事项" in sent.text


async def test_what_nobody_may_see_is_not_there_to_be_signed(world: World) -> None:
    sent = await at_the_portal(
        world,
        "POST",
        "/together/sign",
        chosen("00000000-0000-4000-8000-00000000ffff"),
        unit=LONGHUA,
    )

    assert "选了1件，办成0件" in sent.text
    assert "没有找到提案" in sent.text


async def test_what_has_to_be_written_or_proved_is_done_one_by_one(world: World) -> None:
    for code in ("issue", "return", "nothing-of-the-kind"):
        sent = await at_the_portal(world, "POST", f"/together/{code}", {"once": "1"}, unit=LONGHUA)
        assert sent.status_code == 404, code
