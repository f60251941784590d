"""Desks: what needs somebody now, with one button a row, and nothing that is over."""

from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from services.portal.waiting import AT_ONCE
from shared.contracts.assignment import (
    ObjectionDecided,
    ObjectionMeetingHeld,
    ObjectionRaised,
    ReturnConsentAsked,
    ReturnConsented,
    ReturnDecided,
    Role,
)
from shared.contracts.escalation import Finding, InspectionHeld, PositionStated
from shared.contracts.event import Event, PersonId, TaskId, UnitCode
from shared.contracts.intake import (
    JointSignatureAsked,
    JointSignatureDeclined,
    JointSignatureGiven,
    Proposer,
)
from shared.contracts.registry import Policy
from shared.contracts.reply import (
    ContactConfirmed,
    ContactKind,
    ContactRecorded,
    CountersignAsked,
    CountersignRefused,
    PublicationProposed,
    Rating,
    RatingAsked,
    RatingClosed,
    ReplyCountersigned,
)
from tests.service.portal.conftest import RULES
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
    due,
    filed,
    someone,
    task,
)
from tests.service.portal.looking import look
from tests.world import World

MEMBER = Proposer(name="李娜", person=PersonId("li.na"))
OTHER = Proposer(name="王强", person=PersonId("wang.qiang"))
MAY: dict[str, Any] = {"proposal_id": FIRST, "on": day("03-01")}


@pytest.fixture
async def handled(portal: World) -> World:
    """Longhua answers the first proposal, transport helps; nobody has done anything yet."""
    life = Life()
    await portal.hears(
        "portal",
        life.submitted(proposers=(MEMBER, OTHER)),
        life.accepted(),
        life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
    )
    return portal


async def desk(world: World, path: str, *, post: str, unit: str, person: str | None = None) -> str:
    """What somebody finds there, with its addresses."""
    token = world.token(post=post, unit=unit, person=person)
    response = await world["portal"].client.get(
        path,
        headers={
            "authorization": f"Bearer {token}",
            "accept": "text/html",
            "huiban-today": world.today.isoformat(),
        },
    )
    assert response.status_code == 200, response.text
    return unescape(response.text)


async def members_desk(world: World, person: str = "li.na") -> str:
    return await desk(world, "/desk", post="proposer", unit=CITY, person=person)


def do(form: str, **about: str) -> str:
    """The address of a form."""
    return f"/do/{form}?" + "&".join(f"{name}={value}" for name, value in about.items())


def refused_return(*, object_by: str | None = "03-08") -> Event:
    return ReturnDecided(
        **MAY,
        by=someone(OFFICE, "office"),
        task_id=TaskId("C030.1"),
        unit=TRANSPORT,
        upheld=False,
        why="职责在此",
        object_by=due(object_by, "object") if object_by else None,
    )


def objection() -> Event:
    return ObjectionRaised(
        **MAY,
        by=someone(TRANSPORT, "head"),
        task_id=TaskId("C030.1"),
        unit=TRANSPORT,
        reason="三定没有这一项",
        proposed_unit=HEALTH,
        decide=due("03-20", "decide_objection"),
    )


async def test_a_head_lets_a_task_be_returned_and_its_officer_returns_it(handled: World) -> None:
    handled.today = day("01-19")
    about = {"proposal_id": FIRST, "task_id": "C030.1"}
    consent, give_back = do("consent-to-return", **about), do("return", **about)

    of_head = await desk(handled, "/units/C030", post="head", unit=TRANSPORT)
    of_officer = await desk(handled, "/units/C030", post="officer", unit=TRANSPORT)
    assert consent in of_head
    assert give_back not in of_officer

    by = someone(TRANSPORT, "head")
    consented = ReturnConsented(**MAY, by=by, task_id=TaskId("C030.1"), unit=TRANSPORT)
    await handled.hears("portal", consented)

    of_officer = await desk(handled, "/units/C030", post="officer", unit=TRANSPORT)
    assert give_back in of_officer
    assert "负责人已同意退办" in of_officer


async def test_that_consent_is_asked_for_lies_on_the_heads_desk(handled: World) -> None:
    handled.today = day("01-19")
    about = {"proposal_id": FIRST, "task_id": "C030.1"}
    ask = do("ask-consent-to-return", **about)

    before = await desk(handled, "/units/C030", post="officer", unit=TRANSPORT)
    await handled.hears(
        "portal",
        ReturnConsentAsked(
            **MAY,
            by=someone(TRANSPORT, "officer"),
            task_id=TaskId("C030.1"),
            unit=TRANSPORT,
            reason_code="not-ours",
            reason="属卫生部门职责",
            proposed_unit=HEALTH,
        ),
    )
    of_head = await desk(handled, "/units/C030", post="head", unit=TRANSPORT)
    of_officer = await desk(handled, "/units/C030", post="officer", unit=TRANSPORT)

    assert ask in before
    assert "请示退办：属卫生部门职责" in of_head
    assert of_head.index("退办待同意") < of_head.index(do("consent-to-return", **about))
    assert ask not in of_officer
    assert "已请负责人同意退办" in of_officer

    consented = ReturnConsented(
        **MAY, by=someone(TRANSPORT, "head"), task_id=TaskId("C030.1"), unit=TRANSPORT
    )
    await handled.hears("portal", consented)
    assert "退办待同意" not in await desk(handled, "/units/C030", post="head", unit=TRANSPORT)


async def test_a_districts_leader_endorses_what_the_rules_want_endorsed(handled: World) -> None:
    policy = Policy(value="district", says="重点提案须经区领导审定", source=None)
    endorsed = RULES.model_copy(update={"edition": 2, "policies": {"endorse:key": policy}})
    life = Life()
    await handled.hears("portal", endorsed, life.drafted(LONGHUA), life.approved(LONGHUA))
    about = {"proposal_id": FIRST, "task_id": "D07.1"}

    of_any = await desk(handled, "/desk", post="leader", unit=LONGHUA)
    await handled.hears("portal", life.key())
    of_key = await desk(handled, "/desk", post="leader", unit=LONGHUA)
    elsewhere = await desk(handled, "/desk", post="leader", unit=TRANSPORT)

    assert "待区级审定" not in of_any
    assert do("endorse", **about) in of_key
    assert "待区级审定" not in elsewhere


async def test_what_is_answered_is_not_handed_down_any_more(handled: World) -> None:
    life = Life()
    about = {"proposal_id": FIRST, "task_id": "D07.1"}
    await handled.hears("portal", life.signed(LONGHUA))

    before = await desk(handled, do("hand-down", **about), post="officer", unit=LONGHUA)
    await handled.hears("portal", life.issued(LONGHUA))
    after = await desk(handled, do("hand-down", **about), post="officer", unit=LONGHUA)

    assert "现在不能办理" not in before
    assert "这项任务已经办结，不再分解。" in after


async def test_after_the_last_day_for_it_nothing_is_returned(handled: World) -> None:
    handled.today = day("01-26")

    page = await desk(handled, "/units/C030", post="head", unit=TRANSPORT)

    assert "/do/consent-to-return" not in page


async def test_a_head_may_object_to_a_refused_return_until_a_day(handled: World) -> None:
    await handled.hears("portal", Life().returned(TRANSPORT, to=HEALTH), refused_return())
    object_to = do("object", proposal_id=FIRST, task_id="C030.1")

    assert object_to in await desk(handled, "/units/C030", post="head", unit=TRANSPORT)
    assert object_to not in await desk(handled, "/units/C030", post="officer", unit=TRANSPORT)

    handled.today = day("03-11")
    assert "可提出异议" not in await desk(handled, "/units/C030", post="head", unit=TRANSPORT)


async def test_an_objection_goes_by_the_offices_meeting_to_the_leader(handled: World) -> None:
    about = {"proposal_id": FIRST, "task_id": "C030.1"}
    meet, rule = do("objection-meeting", **about), do("decide-objection", **about)
    await handled.hears("portal", Life().returned(TRANSPORT, to=HEALTH), refused_return())
    await handled.hears("portal", objection())

    assert "已提出异议" in await desk(handled, "/units/C030", post="head", unit=TRANSPORT)
    assert meet in await desk(handled, "/desk", post="office", unit=OFFICE)
    assert rule not in await desk(handled, "/desk", post="leader", unit=CITY)

    met = ObjectionMeetingHeld(
        **MAY,
        by=someone(OFFICE, "office"),
        task_id=TaskId("C030.1"),
        unit=TRANSPORT,
        held_on=day("03-01"),
        present=(TRANSPORT,),
        minutes="各执一词",
    )
    await handled.hears("portal", met)
    assert meet not in await desk(handled, "/desk", post="office", unit=OFFICE)
    assert rule in await desk(handled, "/desk", post="leader", unit=CITY)

    decided = ObjectionDecided(
        **MAY,
        by=someone(CITY, "leader"),
        task_id=TaskId("C030.1"),
        unit=TRANSPORT,
        upheld=False,
        why="以三定为准",
    )
    await handled.hears("portal", decided)
    assert rule not in await desk(handled, "/desk", post="leader", unit=CITY)
    page = await desk(handled, "/units/C030", post="head", unit=TRANSPORT)
    assert "已裁定由本单位承办：以三定为准" in page
    assert do("sign", **about) in page


def asked_to_countersign(draft: int = 1) -> Event:
    return CountersignAsked(
        **MAY,
        by=someone(LONGHUA),
        task_id=TaskId("D07.1"),
        unit=LONGHUA,
        round=1,
        draft=draft,
        asked=(TRANSPORT,),
    )


async def test_a_co_handlers_head_is_asked_to_countersign_the_draft_that_stands(
    handled: World,
) -> None:
    life = Life()
    await handled.hears("portal", life.drafted(LONGHUA), life.approved(LONGHUA))
    await handled.hears("portal", asked_to_countersign())
    sign = do("countersign", proposal_id=FIRST, task_id="C030.1")

    page = await desk(handled, "/units/C030", post="head", unit=TRANSPORT)
    assert sign in page
    assert "龙华区的答复稿" in page
    assert sign not in await desk(handled, "/units/C030", post="officer", unit=TRANSPORT)

    await handled.hears("portal", life.drafted(LONGHUA))
    assert sign not in await desk(handled, "/units/C030", post="head", unit=TRANSPORT)


@pytest.mark.parametrize("answer", ["signed", "refused"])
async def test_who_has_answered_is_asked_to_countersign_no_more(
    handled: World, answer: str
) -> None:
    life = Life()
    about: dict[str, Any] = {
        **MAY,
        "by": someone(TRANSPORT, "head"),
        "task_id": TaskId("D07.1"),
        "unit": TRANSPORT,
        "lead": LONGHUA,
        "round": 1,
        "draft": 1,
    }
    answers = {
        "signed": ReplyCountersigned(**about),
        "refused": CountersignRefused(**about, why="数字不对"),
    }
    await handled.hears("portal", life.drafted(LONGHUA), life.approved(LONGHUA))
    await handled.hears("portal", asked_to_countersign(), answers[answer])

    assert "待会签" not in await desk(handled, "/units/C030", post="head", unit=TRANSPORT)


async def test_a_party_to_a_matter_states_its_position_once(handled: World) -> None:
    await handled.hears("portal", Life().flagged(LONGHUA, TRANSPORT))
    state = do("state-position", proposal_id=FIRST, matter_id="m1")
    assert state in await desk(handled, "/units/C030", post="officer", unit=TRANSPORT)

    stated = PositionStated(
        **MAY, by=someone(TRANSPORT), matter_id="m1", unit=TRANSPORT, position="同意"
    )
    await handled.hears("portal", stated)

    assert state not in await desk(handled, "/units/C030", post="officer", unit=TRANSPORT)
    assert state in await desk(handled, "/units/D07", post="officer", unit=LONGHUA)


async def test_a_unit_says_how_its_letter_is_to_be_published_and_then_waits(
    handled: World,
) -> None:
    await handled.hears("portal", Life().issued(LONGHUA, publish=due("04-26", "publish")))
    say = do("propose-publication", proposal_id=FIRST, letter_id="D07.r1")
    assert say in await desk(handled, "/units/D07", post="officer", unit=LONGHUA)

    proposed = PublicationProposed(
        **MAY, by=someone(LONGHUA), reply_id="D07.r1", unit=LONGHUA, attribute="open"
    )
    await handled.hears("portal", proposed)

    page = await desk(handled, "/units/D07", post="officer", unit=LONGHUA)
    assert say not in page
    assert "已拟定公开属性，等待审定" in page


async def test_what_an_inspection_found_is_answered_by_its_unit(handled: World) -> None:
    held = InspectionHeld(
        **MAY,
        by=someone(OFFICE, "supervision"),
        inspection_id="i1",
        held_on=day("03-01"),
        place="民治街道",
        units=(LONGHUA,),
        progress="开工",
        effect="尚无",
        findings=(
            Finding(
                finding_id="i1.f1", unit=LONGHUA, says="没有台账", answer=due("03-15", "finding")
            ),
        ),
    )
    await handled.hears("portal", held)

    page = await desk(handled, "/units/D07", post="officer", unit=LONGHUA)

    assert do("answer-finding", proposal_id=FIRST, inspection_id="i1", finding_id="i1.f1") in page
    assert "没有台账" in page


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


def talk(nth: int) -> Event:
    return ContactRecorded(
        **MAY,
        by=someone(LONGHUA),
        contact_id=f"D07.1.c{nth}",
        task_id=TaskId("D07.1"),
        unit=LONGHUA,
        kind=ContactKind.VISIT,
        people=("李娜",),
        summary="当面沟通",
    )


async def test_a_member_says_whether_a_talk_took_place(handled: World) -> None:
    await handled.hears("portal", talk(1))
    confirm = do("confirm-contact", proposal_id=FIRST, contact_id="D07.1.c1")
    page = await members_desk(handled)
    assert confirm in page
    assert do("deny-contact", proposal_id=FIRST, contact_id="D07.1.c1") in page
    assert "<title>（1）我的提案" in page

    confirmed = ContactConfirmed(
        **MAY,
        by=someone(CITY, "proposer"),
        contact_id="D07.1.c1",
        task_id=TaskId("D07.1"),
        unit=LONGHUA,
        proposer="李娜",
    )
    await handled.hears("portal", confirmed)

    assert confirm not in await members_desk(handled)
    assert confirm in await members_desk(handled, "wang.qiang")


def signature_asked(until: str = "2024-03-04T10:00:00+08:00") -> Event:
    return JointSignatureAsked(
        proposal_id=SECOND,
        by=someone(CITY, "proposer"),
        on=day("03-01"),
        title="关于口袋公园的提案",
        asked=(MEMBER,),
        until=datetime.fromisoformat(until),
    )


async def test_a_member_is_asked_to_sign_what_another_drafted(portal: World) -> None:
    await portal.hears("portal", signature_asked())
    sign = do("sign-draft", draft_id=SECOND)

    page = await members_desk(portal)
    assert sign in page
    assert "关于口袋公园的提案" in page
    assert sign not in await members_desk(portal, "wang.qiang")

    portal.today = day("03-05")
    assert sign not in await members_desk(portal), "the time for it is over"


@pytest.mark.parametrize("end", ["given", "declined", "submitted"])
async def test_an_answered_or_submitted_draft_wants_no_signature(portal: World, end: str) -> None:
    act: dict[str, Any] = {
        "proposal_id": SECOND,
        "by": someone(CITY, "proposer"),
        "on": day("03-01"),
    }
    ends = {
        "given": JointSignatureGiven(**act, signer=MEMBER),
        "declined": JointSignatureDeclined(**act, signer=MEMBER),
        "submitted": Life(SECOND).submitted("关于口袋公园的提案"),
    }
    await portal.hears("portal", signature_asked(), ends[end])

    assert "/do/sign-draft" not in await members_desk(portal)

    if end != "submitted":
        await portal.hears("portal", signature_asked("2024-03-06T10:00:00+08:00"))
        assert "/do/sign-draft" in await members_desk(portal), "its words have changed"


RATE = do("rate", proposal_id=FIRST, reply_id="D07.r1")


def closed() -> Event:
    by = someone(CITY, "committee")
    return RatingClosed(**MAY, by=by, reply_id="D07.r1", unit=LONGHUA, round=1)


async def test_a_member_rates_once_and_not_after_the_rating_was_closed(handled: World) -> None:
    await handled.hears("portal", Life().issued(LONGHUA))
    assert RATE in await members_desk(handled)

    await handled.hears("portal", Life().rated(LONGHUA, Rating.SATISFIED))
    assert RATE not in await members_desk(handled)
    assert RATE in await members_desk(handled, "wang.qiang")

    await handled.hears("portal", closed())
    assert RATE not in await members_desk(handled, "wang.qiang")


async def test_where_the_committee_asks_nobody_rates_before(handled: World) -> None:
    asking = Policy(value="by_committee", says="由提案委请评", source=None)
    rules = RULES.model_copy(update={"edition": 2, "policies": {"rating.asked": asking}})
    await handled.hears("portal", rules, Life().issued(LONGHUA))
    assert RATE not in await members_desk(handled)

    asked = RatingAsked(
        **MAY,
        by=someone(CITY, "committee"),
        reply_id="D07.r1",
        unit=LONGHUA,
        round=1,
        rate=due("03-22", "rate"),
    )
    await handled.hears("portal", asked)

    assert RATE in await members_desk(handled)


async def test_what_was_rated_needs_no_talk_confirmed_any_more(handled: World) -> None:
    life = Life()
    await handled.hears("portal", talk(1), life.issued(LONGHUA))
    assert "/do/confirm-contact" in await members_desk(handled)

    await handled.hears("portal", life.rated(LONGHUA, Rating.SATISFIED), closed())

    assert "/do/confirm-contact" not in await members_desk(handled)


async def test_members_find_themselves_in_the_form_for_a_new_proposal(portal: World) -> None:
    page = await desk(portal, "/do/submit", post="proposer", unit=CITY, person="li.na")
    of_committee = await desk(portal, "/do/submit", post="committee", unit=CITY)

    assert 'value="li.na"' in page
    assert 'value="li.na"' not in of_committee


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
        life = Life(FIRST.replace("0001", f"00{nth}"))  # type: ignore[arg-type]
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
        Life(FIRST.replace("0001", f"01{nth:02}"))  # type: ignore[arg-type]
        for nth in range(AT_ONCE + 1)
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
