"""How a desk shows what there is: counted, cut, explained, and on the clock of the office."""

from datetime import UTC, datetime

from services.portal.waiting import AT_ONCE
from shared.contracts.assignment import Role
from shared.contracts.event import ProposalId, UnitCode
from tests.service.portal.desks.conftest import desk, do, members_desk, signature_asked
from tests.service.portal.lives import (
    CITY,
    FIRST,
    HEALTH,
    LONGHUA,
    OFFICE,
    SECOND,
    TRANSPORT,
    Life,
    day,
    filed,
    task,
)
from tests.service.portal.looking import look
from tests.world import World


async def test_the_title_counts_what_waits_for_the_one_who_looks(handled: World) -> None:
    await handled.hears("portal", Life().signed(LONGHUA), Life().drafted(LONGHUA))

    of_head = await desk(handled, "/units/D07", post="head", unit=LONGHUA)
    of_officer = await desk(handled, "/units/D07", post="officer", unit=LONGHUA)
    of_office = await desk(handled, "/units/D07", post="office", unit=OFFICE)

    assert "<title>（2）龙华区人民政府工作台" in of_head
    assert "<title>（1）龙华区人民政府工作台" in of_officer
    assert "<title>龙华区人民政府工作台" in of_office
    mine, _, others = of_officer.partition("本单位其他在办事项")
    assert "答复待办" in mine
    assert "待审签" in others


async def test_a_leaders_desk_begins_with_what_waits_for_the_leader(handled: World) -> None:
    life = Life(SECOND)
    await handled.hears("portal", Life().flagged(LONGHUA, TRANSPORT), Life().key())
    await handled.hears("portal", *filed(life, "20240002"), life.assigned(task(HEALTH, Role.LEAD)))

    page = await desk(handled, "/desk", post="leader", unit=CITY)

    order = [page.index(f'id="pile-{code}"') for code in ("matters", "red", "key")]
    assert order == sorted(order)
    assert do("decide-matter", proposal_id=FIRST, matter_id="m1") in page
    assert "<title>（1）工作台" in page, "what is only to be known is not counted"


async def test_a_long_list_of_what_is_only_to_be_known_is_cut_and_leads_on(portal: World) -> None:
    for nth in range(10, 20):
        life = Life(ProposalId(FIRST.replace("0001", f"00{nth}")))
        await portal.hears(
            "portal",
            *filed(life, f"202400{nth}"),
            life.assigned(task(UnitCode("C031"), Role.LEAD)),
        )

    page = await desk(portal, "/desk", post="leader", unit=CITY)

    assert "全部10件" in page
    assert page.count('class="waiting"') == 8


async def test_of_many_that_wait_for_one_act_the_first_are_shown_and_one_click_shows_all(
    portal: World,
) -> None:
    everything = [
        Life(ProposalId(FIRST.replace("0001", f"01{nth:02}"))) for nth in range(AT_ONCE + 1)
    ]
    for nth, life in enumerate(everything):
        await portal.hears("portal", *filed(life, f"202401{nth:02}"))
    some, all_of_them = f"最前{AT_ONCE}件", f"全部{AT_ONCE + 1}件"

    page = await desk(portal, "/desk", post="office", unit=OFFICE)
    whole = await desk(portal, "/desk?pile=to-hand-over", post="office", unit=OFFICE)

    assert page.count('class="waiting"') == AT_ONCE
    assert some in page
    assert all_of_them in page
    assert 'href="/desk?pile=to-hand-over"' in page
    assert f"<title>（{AT_ONCE + 1}）工作台" in page, "all are counted, not only the first"
    assert whole.count('class="waiting"') == AT_ONCE + 1
    assert some not in whole

    for life in everything:
        await portal.hears("portal", life.assigned(task(HEALTH, Role.LEAD)))
    groups = 2  # to sign for, and to talk about with the proposers
    page = await desk(portal, f"/units/{HEALTH}", post="officer", unit=HEALTH)
    whole = await desk(portal, f"/units/{HEALTH}?group=sign", post="officer", unit=HEALTH)
    back = await desk(portal, "/desk?pile=to-hand-over", post="office", unit=OFFICE)

    assert page.count('class="waiting"') == groups * AT_ONCE
    assert page.count(all_of_them) == groups
    assert f'href="/units/{HEALTH}?group=sign"' in page
    assert whole.count('class="waiting"') == AT_ONCE + 1
    assert 'id="pile-to-hand-over"' not in back, "once all are handed over one is back at the desk"


async def test_moments_are_read_on_the_office_s_clock(portal: World) -> None:
    late = datetime(2024, 3, 1, 17, 0, tzinfo=UTC)  # the 2nd in Shenzhen
    await portal.hears("portal", signature_asked(late.isoformat()))
    portal.today = day("03-02")

    assert "/do/sign-draft" in await members_desk(portal)


async def test_hints_are_shown_until_they_were_read(portal: World) -> None:
    client = portal["portal"].client
    reader = {"authorization": f"Bearer {portal.token(post='office', unit=OFFICE)}"}
    assert "第一次来？" in (await client.get("/desk", headers=reader)).text

    read = await client.post("/desk/hints", headers=reader)
    assert read.headers["location"] == "/desk"

    assert "第一次来？" not in (await client.get("/desk", headers=reader)).text


async def test_the_words_of_a_desk_are_explained_on_it(portal: World) -> None:
    page = await look(portal, "/ledger")

    assert "本页用语" in page
    assert "交办机关把提案交给单位办理" in page
