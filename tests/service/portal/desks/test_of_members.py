"""Desks of those who propose: talks, signatures and ratings, and nothing that is over."""

from typing import Any

import pytest

from shared.contracts.event import Event, TaskId
from shared.contracts.intake import JointSignatureDeclined, JointSignatureGiven
from shared.contracts.registry import Policy
from shared.contracts.reply import (
    ContactConfirmed,
    ContactKind,
    ContactRecorded,
    Rating,
    RatingAsked,
    RatingClosed,
)
from tests.service.portal.conftest import RULES
from tests.service.portal.desks.conftest import MAY, MEMBER, desk, do, members_desk, signature_asked
from tests.service.portal.lives import CITY, FIRST, LONGHUA, SECOND, Life, day, due, someone
from tests.world import World

RATE = do("rate", proposal_id=FIRST, reply_id="D07.r1")


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
