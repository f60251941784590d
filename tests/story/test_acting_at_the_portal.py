"""From step to step at the portal: drafts, opinions, and a whole case by forms alone."""

from html import unescape

from tests.story import office
from tests.story.office import CITY, EDUCATION, LONGHUA, OFFICE
from tests.story.visiting import at_the_portal, form
from tests.world import World


async def test_an_opinion_is_drafted_checked_and_given_by_three_people(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA, co_handlers=[EDUCATION]))
    await at_the_portal(world, "POST", form("sign", case, EDUCATION), {"once": "1"}, unit=EDUCATION)

    drafted = await at_the_portal(
        world,
        "POST",
        form("draft-opinion", case, EDUCATION),
        {"opinion": "建议错峰放学。"},
        unit=EDUCATION,
    )
    to_check = await at_the_portal(world, "GET", f"/units/{EDUCATION}", unit=EDUCATION)
    read_first = await at_the_portal(
        world, "GET", form("check-opinion", case, EDUCATION), post="section_head", unit=EDUCATION
    )
    checked = await at_the_portal(
        world,
        "POST",
        form("check-opinion", case, EDUCATION),
        {"draft": "1"},
        post="section_head",
        unit=EDUCATION,
    )
    given = await at_the_portal(
        world,
        "POST",
        form("issue-opinion", case, EDUCATION),
        {"draft": "1"},
        post="head",
        unit=EDUCATION,
    )

    assert drafted.status_code == checked.status_code == given.status_code == 303
    assert "会办意见待核稿" in to_check.text
    assert "建议错峰放学。" in read_first.text
    assert "OpinionGiven" in await world.told_by("reply", case)


async def test_a_draft_is_begun_saved_and_handed_in(world: World) -> None:
    begun = await at_the_portal(
        world,
        "POST",
        "/do/begin-draft",
        {"title": "关于增开社区巴士的提案", "text": "现状。建议：增开。", "kind": "single"},
        post="proposer",
        unit="C004",
    )
    where = unescape(begun.text).partition('href="/do/save-draft?draft_id=')[2].partition('"')[0]
    shown = await at_the_portal(
        world, "GET", f"/do/save-draft?draft_id={where}", post="proposer", unit="C004"
    )

    assert begun.status_code == 200
    assert 'value="关于增开社区巴士的提案"' in shown.text
    assert 'name="version" value="1"' in shown.text


async def test_a_proposal_goes_from_its_hand_over_to_its_promise_by_forms_alone(
    world: World,
) -> None:
    case = await office.filed(world, "增开社区巴士", "王志毅", "李娜")

    async def do(
        code: str,
        written: dict[str, str],
        *,
        post: str,
        unit: str = LONGHUA,
        person: str | None = None,
        **about: str,
    ) -> None:
        query = "&".join(f"{name}={value}" for name, value in about.items())
        where = f"/do/{code}?proposal_id={case}&{query}"
        sent = await at_the_portal(
            world, "POST", where, written, post=post, unit=unit, person=person
        )
        assert sent.status_code == 303, f"{code}: {unescape(sent.text)}"

    async def page(*, post: str, unit: str = LONGHUA) -> str:
        shown = await at_the_portal(world, "GET", f"/proposals/{case}", post=post, unit=unit)
        return unescape(shown.text)

    task = {"task_id": f"{LONGHUA}.1"}
    await do(
        "hand-over",
        {"items-0-proposal_id": case, "items-0-lead": "龙华区"},
        post="office",
        unit=OFFICE,
    )
    await do("sign", {}, post="officer", **task)
    await do(
        "contact",
        {"kind": "visit", "people": "王志毅\n李娜", "summary": "当面听取意见"},
        post="officer",
        **task,
    )
    await do("list-points", {"points": "增开社区巴士"}, post="officer", **task)
    await do(
        "draft",
        {
            "text": "拟增开三条线路。",
            "result_class": "B",
            "answers-0-point": "增开社区巴士",
            "answers-0-answer": "增开三条。",
        },
        post="officer",
        **task,
    )
    read_first = await at_the_portal(
        world, "GET", form("approve", case, LONGHUA), post="section_head", unit=LONGHUA
    )
    assert "拟增开三条线路。" in read_first.text
    await do("approve", {"draft": "1"}, post="section_head", **task)
    await do("endorse", {"draft": "1"}, post="leader", unit=LONGHUA, **task)
    await do(
        "issue",
        {
            "draft": "1",
            "summary": "增开三条线路",
            "promises-0-text": "开通三条线路",
            "promises-0-due_on": "2024-12-31",
        },
        post="head",
        **task,
    )
    [reply] = await world.rows("portal", "SELECT * FROM replies WHERE proposal_id = $1", case)
    letter = {"reply_id": reply["reply_id"]}
    await do("accept-reply", {}, post="office", unit=OFFICE, **letter)
    await do("ask-for-ratings", {}, post="committee", unit="C004", **letter)
    rated = {"process": "satisfied", "result": "basically"}
    first = {**rated, "proposer": "王志毅", "comment": "盼早日开通"}
    await do("rate", first, post="proposer", unit=CITY, person="王志毅", **letter)
    assert "盼早日开通" in await page(post="committee", unit="C004")
    assert "盼早日开通" not in await page(post="officer")

    second = {**rated, "proposer": "李娜"}
    await do("rate", second, post="proposer", unit=CITY, person="李娜", **letter)
    await do("close-ratings", {}, post="committee", unit="C004", **letter)
    assert "盼早日开通" in await page(post="officer")

    [promise] = await world.rows("portal", "SELECT * FROM promises WHERE proposal_id = $1", case)
    told = {"promise_id": promise["promise_id"]}
    await do("report-kept", {"evidence": "三条线路已经开通"}, post="officer", **told)
    assert (
        "三条线路已经开通"
        in (await at_the_portal(world, "GET", "/desk", post="office", unit=OFFICE)).text
    )
    await do("keep", {}, post="office", unit=OFFICE, **told)
    assert "兑现：三条线路已经开通" in await page(post="officer")
