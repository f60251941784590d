"""Desks of those who handle: what needs them now, with one button a row, and nothing over."""

from typing import Any

import pytest

from shared.contracts.assignment import (
    ObjectionDecided,
    ObjectionMeetingHeld,
    ObjectionRaised,
    ReturnConsentAsked,
    ReturnConsented,
    ReturnDecided,
)
from shared.contracts.escalation import Finding, InspectionHeld, PositionStated
from shared.contracts.event import Event, TaskId
from shared.contracts.registry import Policy
from shared.contracts.reply import (
    CountersignAsked,
    CountersignRefused,
    PublicationProposed,
    ReplyCountersigned,
)
from tests.service.portal.conftest import RULES
from tests.service.portal.desks.conftest import MAY, desk, do
from tests.service.portal.lives import (
    CITY,
    FIRST,
    HEALTH,
    LONGHUA,
    OFFICE,
    TRANSPORT,
    Life,
    day,
    due,
    someone,
)
from tests.world import World


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
