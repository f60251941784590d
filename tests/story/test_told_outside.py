"""Told outside: a message with a number, a light and a link; another system hears the story."""

from datetime import date, datetime, timedelta

from services.escalation.delivering import deliver_all
from services.escalation.outside import Outside
from services.escalation.streaming import stream_once
from shared.clock import OFFICE as OFFICE_TIME
from tests.receiving import Postbox, postbox, receiver
from tests.story.answering import opine, talk
from tests.story.office import FUTIAN, LONGHUA, OFFICE, TRANSPORT, filed, hand_over, row, sign
from tests.story.seeing import case_page, told
from tests.story.watching import mornings_until
from tests.world import World

# The opinion is due on 22 February; a week before is a holiday, after which one works on a Sunday.
NINE = datetime(2024, 2, 18, 9, tzinfo=OFFICE_TIME)


async def near_its_date(world: World) -> str:
    """Transport's officer, who reads English mail, is reminded of an opinion due in a week."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await talk(world, case, LONGHUA)
    body = {"language": "en", "addresses": {"mail": "officer@example.cn"}}
    chosen = await world.tell(
        "escalation",
        "/inbox/preferences",
        body,
        post="officer",
        unit=TRANSPORT,
        method="PUT",
    )
    assert chosen.status == 200
    await mornings_until(world, date(2024, 2, 18))
    return case


async def send(world: World, box: Postbox, *, after: timedelta = timedelta()) -> dict[str, int]:
    out = Outside({"mail": box.url}, portal="https://huiban.example.cn", patience=5)
    at = datetime.combine(world.today, NINE.timetz()) + after
    done = await deliver_all(world["escalation"].backbone, out, at=at)
    await world.settle()
    return {what: count for what, count in done.model_dump().items() if count}


async def test_outside_one_reads_a_number_a_light_and_a_link(world: World) -> None:
    case = await near_its_date(world)

    async with postbox() as box:
        sent = await send(world, box)

    assert sent == {"opened": 1, "taken": 1}
    [message] = box.messages
    text = message.get_content()
    assert text.splitlines()[0] == (
        f"20240001 ◆ yellow, due soon https://huiban.example.cn/proposals/{case}"
    )
    assert "社区巴士" not in text + str(message["Subject"])
    assert "通知已送达（电子邮件）" in await case_page(world, case)


async def test_a_mail_server_that_is_down_for_an_hour_loses_nothing(world: World) -> None:
    case = await near_its_date(world)

    async with postbox() as box:
        await box.go()
        down = [await send(world, box, after=timedelta(minutes=n)) for n in (0, 2, 10)]
        await box.come()
        back = await send(world, box, after=timedelta(hours=1))

    assert down == [{"opened": 1, "waiting": 1}, {"waiting": 1}, {"waiting": 1}]
    assert back == {"taken": 1}
    [delivered] = await told(world, "escalation", case, "NoticeDelivered")
    assert delivered["tries"] == 4
    assert "通知已送达（电子邮件）（第4次发送）" in await case_page(world, case)


async def test_nothing_is_said_outside_of_what_was_done_meanwhile(world: World) -> None:
    case = await near_its_date(world)
    await opine(world, case, TRANSPORT)

    async with postbox() as box:
        sent = await send(world, box)

    # What is left to read about is that the proposal was handed to the unit.
    assert sent == {"opened": 1, "taken": 1}
    [delivered] = await told(world, "escalation", case, "NoticeDelivered")
    assert delivered["clocks"] == ["D07.1/reply"]


async def test_another_system_hears_the_story_of_what_its_owner_may_see(world: World) -> None:
    async with receiver() as ledger, receiver() as district:
        for name, here, post, unit in (
            ("ledger", ledger, "office", OFFICE),
            ("district", district, "head", FUTIAN),
        ):
            body = {"name": name, "url": here.url, "secret": "a-key-of-sixteen-letters"}
            answer = await world.tell(
                "escalation", f"/subscriptions/{name}", body, post=post, unit=unit, method="PUT"
            )
            assert answer.status == 200
        one, other = await filed(world, "公交"), await filed(world, "学位")
        await hand_over(world, row(one, lead=LONGHUA), row(other, lead=FUTIAN))
        await sign(world, one, LONGHUA)

        await stream_once(world["escalation"].backbone, at=NINE)

    def heard(here: object) -> list[tuple[str, str]]:
        requests = here.requests  # type: ignore[attr-defined]
        return [(r.headers["ce-subject"], r.headers["ce-type"].split(".")[2]) for r in requests]

    assert [kind for case, kind in heard(ledger) if case == one] == [
        "ProposalSubmitted",
        "ProposalAccepted",
        "HandlersAssigned",
        "AssignmentSigned",
    ]
    assert {case for case, _ in heard(district)} == {other}
