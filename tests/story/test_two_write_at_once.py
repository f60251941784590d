"""Two people write the same text at once: nobody overwrites the other, and nothing is lost."""

import re
from html import unescape

import httpx

from tests.story import office
from tests.story.office import EDUCATION, LONGHUA
from tests.story.visiting import at_the_portal, form
from tests.world import World

BASE = "您提出的提案收悉。\n一、现状。\n二、措施。\n三、安排。"


def fields(page: httpx.Response) -> dict[str, str]:
    """What stands in the fields of a form, as a browser would send it again."""
    boxes = re.findall(r'<input [^>]*name="([^"]+)"[^>]* value="([^"]*)"', page.text)
    lines = re.findall(r'<input [^>]*name="([^"]+)" value="([^"]*)"', page.text)
    texts = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)
    lists = re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page.text, re.DOTALL)
    chosen = [
        (name, value)
        for name, options in lists
        for value in re.findall(r'value="([^"]*)" selected', options)
    ]
    return {name: unescape(words) for name, words in (*boxes, *lines, *texts, *chosen)}


async def written(world: World, case: str, text: str) -> None:
    sent = await at_the_portal(
        world,
        "POST",
        form("draft", case, LONGHUA),
        {"text": text, "result_class": "A", "after": "0"},
        unit=LONGHUA,
    )
    assert sent.status_code == 303, sent.text


async def opened(world: World, case: str, person: str) -> dict[str, str]:
    page = await at_the_portal(
        world, "GET", form("draft", case, LONGHUA), unit=LONGHUA, person=person
    )
    assert page.status_code == 200
    return fields(page)


async def sent(world: World, case: str, words: dict[str, str], person: str) -> httpx.Response:
    return await at_the_portal(
        world, "POST", form("draft", case, LONGHUA), words, unit=LONGHUA, person=person
    )


async def both_send(
    world: World, address: str, name: str, *words: str, unit: str
) -> list[httpx.Response]:
    """Two have opened the same form, and send it one after the other."""
    page = fields(await at_the_portal(world, "GET", address, unit=unit))
    return [
        await at_the_portal(world, "POST", address, {**page, "once": str(n), name: says}, unit=unit)
        for n, says in enumerate(words, 1)
    ]


async def signed(world: World) -> str:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA, co_handlers=[EDUCATION]))
    await office.sign(world, case, LONGHUA, EDUCATION)
    return case


async def test_the_second_who_saves_is_shown_both_and_goes_on_with_them_merged(
    world: World,
) -> None:
    case = await signed(world)
    await written(world, case, BASE)
    chen, wu = await opened(world, case, "chen"), await opened(world, case, "wu")
    assert chen["after"] == "1"

    first = await sent(
        world, case, {**chen, "text": BASE.replace("一、现状", "一、现状和问题")}, "chen"
    )
    crossed = await sent(
        world, case, {**wu, "text": BASE.replace("三、安排", "三、六月底前完成")}, "wu"
    )
    merged = fields(crossed)
    again = await sent(world, case, merged, "wu")

    assert first.status_code == 303
    assert crossed.status_code == 409
    assert "您写作期间，别人已经保存过。" in crossed.text
    assert "已经写了第2稿" in crossed.text
    assert "<ins>" in crossed.text
    assert merged["after"] == "2"
    assert merged["text"].splitlines() == [
        *("您提出的提案收悉。", "一、现状和问题。", "二、措施。", "三、六月底前完成。"),
    ]
    assert again.status_code == 303
    assert (await opened(world, case, "chen"))["text"] == merged["text"]


async def test_where_both_changed_the_same_paragraph_both_are_there_to_choose_from(
    world: World,
) -> None:
    case = await signed(world)
    await written(world, case, BASE)
    chen, wu = await opened(world, case, "chen"), await opened(world, case, "wu")
    await sent(world, case, {**chen, "text": BASE.replace("措施", "由区里出资")}, "chen")

    crossed = await sent(world, case, {**wu, "text": BASE.replace("措施", "由市里出资")}, "wu")

    assert crossed.status_code == 409
    assert "同一处两人都改过" in crossed.text
    assert "二、由区里出资。\n二、由市里出资。" in fields(crossed)["text"]


async def test_an_opinion_that_a_colleague_wrote_first_is_not_overwritten(world: World) -> None:
    case = await signed(world)
    address = form("draft-opinion", case, EDUCATION)

    one, other = await both_send(
        world, address, "opinion", "同意。", "建议错峰放学。", unit=EDUCATION
    )

    assert (one.status_code, other.status_code) == (303, 409)
    assert fields(other)["opinion"] == "同意。\n建议错峰放学。"


async def test_points_that_two_list_at_once_are_merged(world: World) -> None:
    case = await signed(world)
    address = form("list-points", case, LONGHUA)

    one, other = await both_send(world, address, "points", "增设公交站", "错峰放学", unit=LONGHUA)
    merged = fields(other)
    again = await at_the_portal(world, "POST", address, merged, unit=LONGHUA)

    assert (one.status_code, other.status_code, again.status_code) == (303, 409, 303)
    assert "建议清单已经改过" in other.text
    assert merged["points"] == "增设公交站\n错峰放学"


async def test_a_unit_that_a_colleague_entered_anew_meanwhile_is_merged(world: World) -> None:
    address = f"/do/put-unit?code={EDUCATION}"

    async def keeper(method: str, words: dict[str, str] | None = None) -> httpx.Response:
        return await at_the_portal(world, method, address, words, post="operator", unit="C001")

    before = fields(await keeper("GET"))
    aliases = {"aliases": before["aliases"] + "\n教育委员会"}

    one = await keeper("POST", {**before, "once": "1", **aliases})
    other = await keeper("POST", {**before, "once": "2", "source": "更正依据"})

    assert one.status_code == 303, one.text
    assert other.status_code == 409
    assert "教育委员会" in fields(other)["aliases"]
    assert fields(other)["source"] == "更正依据"
