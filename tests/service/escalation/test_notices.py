"""Inboxes hold everything; messages leave once a day; a channel in trouble holds nobody up."""

from asyncio import gather, timeout
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.escalation.delivering import (
    deliver_all,
    keep_delivering,
    open_messages,
    send_some,
)
from services.escalation.outside import Outside
from services.escalation.views import Delivered
from shared.clock import OFFICE
from shared.contracts.event import PersonId
from shared.contracts.registry import (
    DelegationGiven,
    HeldPost,
    Number,
    PersonRegistered,
    Policy,
    Post,
)
from tests.domain.escalation.office import CITY, FUTIAN, LONGHUA, day, rules_with, rung
from tests.receiving import Postbox, Receiver, postbox, receiver
from tests.service.escalation.acts import accepted, assigned, opinion, signed, sweep
from tests.world import World

MORNING = datetime(2024, 3, 20, 9, 30, tzinfo=OFFICE)  # a Wednesday
HEAD, DEPUTY, OFFICER = PersonId("head.D01"), PersonId("chen"), PersonId("officer.D01")


def number(value: int) -> Number:
    return Number(value=value, says="试", source=None)


def policy(value: str) -> Policy:
    return Policy(value=value, says="试", source=None)


RULES = rules_with(
    opinion=(rung(1, 0, "经办人"), rung(2, 3, "单位负责人")),
    reply=(rung(1, 0, "经办人"),),
    numbers={
        "quiet_from": number(20),
        "quiet_to": number(8),
        "digest_hour": number(9),
        "notice_tries": number(3),
    },
    policies={
        "recipients:经办人": policy("officer@own"),
        "recipients:单位负责人": policy("deputy@own;head@own"),
        "notify:assigned": policy("经办人"),
    },
).model_copy(update={"edition": 2})


def person(
    who: PersonId, post: str, unit: str = FUTIAN, *, mail: str | None = "x@example.cn"
) -> PersonRegistered:
    held = HeldPost.model_validate({"post": post, "unit": unit})
    return PersonRegistered(person=who, name=who, posts=(held,), mail=mail)


@pytest.fixture
async def staffed(watch: World) -> World:
    """Futian has an officer and a head, with addresses; its opinion is due on Friday 15 March."""
    await watch.hears(
        "escalation",
        RULES,
        person(HEAD, "head", mail="head@example.cn"),
        person(OFFICER, "officer", mail="officer@example.cn"),
    )
    await watch.hears(
        "escalation",
        accepted(),
        assigned(),
        signed(LONGHUA, on="03-04"),
        signed(FUTIAN, on="03-04"),
    )
    return watch


def signed_in(who: PersonId) -> dict[str, Any]:
    """Somebody of Futian, in their post."""
    return {"post": "head" if who == HEAD else "officer", "unit": FUTIAN, "person": who}


async def inbox(world: World, who: PersonId, **query: Any) -> list[str]:
    """What somebody reads, the newest first."""
    answer = await world.ask("escalation", "/inbox", **signed_in(who), **query)
    assert answer.status == 200
    return [notice["says"] for notice in answer.body["notices"]]


async def choose(world: World, who: PersonId, **preference: Any) -> int:
    path = "/inbox/preferences"
    answer = await world.tell("escalation", path, preference, method="PUT", **signed_in(who))
    return answer.status


def outside(box: Postbox | None = None, *, patience: float = 5, **channels: Receiver) -> Outside:
    """These channels, each at its server on this machine."""
    addresses: dict[Any, str] = {name: one.url + "#key" for name, one in channels.items()}
    if box is not None:
        addresses["mail"] = box.url
    return Outside(addresses, portal="http://portal", patience=patience)


async def send(world: World, out: Outside, *, at: datetime = MORNING) -> dict[str, int]:
    """Open the day's messages and send what is due; what came of it, without noughts."""
    async with timeout(30):
        done = await deliver_all(world["escalation"].backbone, out, at=at)
    return {what: count for what, count in done.model_dump().items() if count}


async def reminded(world: World) -> None:
    """The head of Futian was reminded on Wednesday, three working days after the date."""
    await sweep(world, "03-15")
    await sweep(world, "03-20")


async def test_whoever_holds_the_post_finds_it_in_the_inbox(staffed: World) -> None:
    await reminded(staffed)

    assert await inbox(staffed, HEAD) == ["第20240080号提案：第2级（福田区，期限2024-03-15）"]
    assert await inbox(staffed, OFFICER) == [
        "第20240080号提案：第1级（福田区，期限2024-03-15）",
        "第20240080号提案已交福田区会办",
    ]
    rows = await staffed.rows(
        "escalation",
        "SELECT convert_from(payload, 'UTF8')::json -> 'recipients' AS recipients FROM events"
        " WHERE type LIKE '%ReminderSent%' ORDER BY seq",
    )
    assert [row["recipients"] for row in rows] == ['["officer.D01"]', '["head.D01"]']


async def test_it_is_read_in_the_language_that_one_chose(staffed: World) -> None:
    await reminded(staffed)

    assert await choose(staffed, HEAD, language="zh-HK") == 200
    assert await inbox(staffed, HEAD) == ["第20240080號提案：第2級（福田區，期限2024-03-15）"]
    assert await choose(staffed, HEAD, language="en") == 200
    assert await inbox(staffed, HEAD) == [
        "Proposal 20240080: the opinion of 福田区 is due on 2024-03-15 (reminder 2)"
    ]


async def test_what_was_read_is_read(staffed: World) -> None:
    await reminded(staffed)
    me = signed_in(OFFICER)
    listed = await staffed.ask("escalation", "/inbox", **me)
    first = listed.body["notices"][0]["notice_id"]

    before = await staffed.ask("escalation", "/inbox/unread", **me)
    done = await staffed.tell("escalation", f"/inbox/{first}/read", **me)
    after = await staffed.ask("escalation", "/inbox", only_unread=True, **me)
    everything = await staffed.tell("escalation", "/inbox/read", **me)
    nothing = await staffed.ask("escalation", "/inbox/unread", **me)

    assert (before.body["unread"], done.status, everything.status) == (2, 200, 200)
    assert (after.body["unread"], len(after.body["notices"]), after.body["more"]) == (1, 1, False)
    assert nothing.body["unread"] == 0


async def test_another_s_notice_is_not_in_the_inbox(staffed: World) -> None:
    await reminded(staffed)
    [row] = await staffed.rows(
        "escalation", "SELECT notice_id FROM notices WHERE person = $1", HEAD
    )

    answer = await staffed.tell(
        "escalation",
        f"/inbox/{row['notice_id']}/read",
        post="officer",
        unit=FUTIAN,
        person=OFFICER,
    )

    assert (answer.status, answer.code) == (404, "not-in-inbox")


async def test_whoever_acts_for_somebody_is_told_as_well(staffed: World) -> None:
    await staffed.hears(
        "escalation",
        DelegationGiven(
            delegation="d1",
            giver=HEAD,
            deputy=DEPUTY,
            post=Post.HEAD,
            unit=FUTIAN,
            since=day("03-18"),
            until=day("03-22"),
            why="出差",
        ),
    )

    await reminded(staffed)

    assert len(await inbox(staffed, DEPUTY)) == 1
    assert len(await inbox(staffed, HEAD)) == 1


async def test_outside_only_number_light_and_link_are_read(staffed: World) -> None:
    await reminded(staffed)

    async with postbox() as box:
        done = await send(staffed, outside(box))

    assert done == {"opened": 2, "taken": 2}
    [to_head, to_officer] = sorted(box.messages, key=lambda message: message["To"])
    assert (to_head["To"], to_officer["To"]) == ("head@example.cn", "officer@example.cn")
    assert to_head["Subject"] == "会办提醒：1件提案（2024-03-20）"
    assert to_head.get_content().splitlines() == [
        "第20240080号 ■红灯·已逾期 http://portal/proposals/42",
        "",
        "详情请登录会办查看。本通知由系统发出，请勿回复。",
    ]


async def test_one_message_a_day_however_much_there_is(staffed: World) -> None:
    await sweep(staffed, "03-15")

    async with postbox() as box:
        first = await send(staffed, outside(box), at=MORNING.replace(day=15))
        again = await send(staffed, outside(box), at=MORNING.replace(day=15, hour=15))
        await sweep(staffed, "03-20")
        later = await send(staffed, outside(box))

    assert (first, again) == ({"opened": 1, "taken": 1}, {})
    assert later == {"opened": 1, "taken": 1}
    assert [message["To"] for message in box.messages] == ["officer@example.cn", "head@example.cn"]


async def test_the_story_tells_that_it_was_delivered(staffed: World) -> None:
    await reminded(staffed)
    async with postbox() as box:
        await send(staffed, outside(box))

    rows = await staffed.rows(
        "escalation",
        "SELECT convert_from(payload, 'UTF8')::json AS told FROM events"
        " WHERE type = 'huiban.escalation.NoticeDelivered.v1' ORDER BY seq",
    )

    assert len(rows) == 2
    assert '"person":"head.D01","channel":"mail","clocks":["D01.1/opinion"],"tries":1' in rows[0][
        "told"
    ].replace(" ", "")


async def test_nothing_is_said_of_a_clock_that_ended_meanwhile(staffed: World) -> None:
    await reminded(staffed)
    await staffed.hears("escalation", opinion(on="03-20"))

    async with postbox() as box:
        done = await send(staffed, outside(box))

    assert done == {"opened": 2, "taken": 1, "over": 1}
    assert [message["To"] for message in box.messages] == ["officer@example.cn"]


async def test_a_server_in_trouble_is_tried_again_and_then_taken(staffed: World) -> None:
    await reminded(staffed)

    async with postbox("451 try later") as box:
        away = await send(staffed, outside(box))
        box.answer = "250 OK"
        too_soon = await send(staffed, outside(box))
        later = await send(staffed, outside(box), at=MORNING + timedelta(minutes=2))

    assert (away, too_soon, later) == ({"opened": 2, "waiting": 2}, {}, {"taken": 2})
    rows = await staffed.rows("escalation", "SELECT result, why FROM tries ORDER BY n, delivery_id")
    assert [row["result"] for row in rows] == ["away", "away", "taken", "taken"]
    assert "451" in rows[0]["why"]


async def test_a_server_that_is_not_there_and_comes_back(staffed: World) -> None:
    await reminded(staffed)

    async with postbox() as box:
        await box.go()
        away = await send(staffed, outside(box))
        await box.come()
        back = await send(staffed, outside(box), at=MORNING + timedelta(minutes=2))

    assert (away, back) == ({"opened": 2, "waiting": 2}, {"taken": 2})


async def test_a_server_that_hangs_is_left_after_a_while(staffed: World) -> None:
    await reminded(staffed)

    async with postbox(None) as box:
        away = await send(staffed, outside(box, patience=0.2))

    assert away == {"opened": 2, "waiting": 2}


async def test_a_channel_that_hangs_holds_no_other_up(staffed: World) -> None:
    await reminded(staffed)
    world = staffed["escalation"].backbone

    async with postbox(None) as box, receiver(body=b'{"errcode": 0}') as robot:
        out = outside(box, wecom=robot, patience=5)
        await staffed.rows(
            "escalation",
            "INSERT INTO preferences VALUES ($1, '{mail,wecom}', 'zh-CN', NULL, '{}') RETURNING 1",
            HEAD,
        )
        await open_messages(world, out, at=MORNING)
        async with timeout(3):
            hanging, done = await gather(
                send_some(world, Outside({"mail": box.url}, patience=0.5), "mail", at=MORNING),
                send_some(world, out, "wecom", at=MORNING),
            )

    assert (hanging, done) == (Delivered(waiting=2), Delivered(taken=1))
    assert robot.requests[0].said["text"]["content"].startswith("会办提醒：1件提案")


async def test_an_address_that_nobody_knows_is_given_up_and_the_story_says_so(
    staffed: World,
) -> None:
    await reminded(staffed)

    async with postbox() as box:
        box.knows = {"head@example.cn"}
        done = await send(staffed, outside(box))

    assert done == {"opened": 2, "taken": 1, "failed": 1}
    assert list(await staffed.told_by("escalation")).count("NoticeFailed") == 1
    listed = await staffed.ask(
        "escalation", "/deliveries", post="office", unit=CITY, state="failed"
    )
    [failed] = listed.body["deliveries"]
    assert (failed["person"], failed["tries"]) == (OFFICER, 1)
    assert "550" in failed["why"]


async def test_after_as_many_tries_as_the_rules_say_it_is_given_up(staffed: World) -> None:
    await reminded(staffed)

    async with postbox("451 try later") as box:
        tries = [
            await send(staffed, outside(box), at=MORNING + timedelta(hours=n)) for n in range(4)
        ]

    assert tries == [{"opened": 2, "waiting": 2}, {"waiting": 2}, {"failed": 2}, {}]


@pytest.mark.parametrize(
    ("status", "body", "came"),
    [
        (200, b'{"errcode": 0, "errmsg": "ok"}', "taken"),
        (200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', "failed"),
        (200, b"<html>", "failed"),
        (500, b"", "waiting"),
        (429, b"", "waiting"),
        (403, b"", "failed"),
    ],
)
async def test_a_robot_s_answer_says_what_became_of_it(
    staffed: World, status: int, body: bytes, came: str
) -> None:
    await reminded(staffed)

    async with receiver(status, body=body) as robot:
        await staffed.rows(
            "escalation",
            "INSERT INTO preferences VALUES ($1, '{dingtalk}', 'zh-CN', NULL, '{}') RETURNING 1",
            HEAD,
        )
        done = await send(staffed, outside(dingtalk=robot))

    assert done == {"opened": 1, came: 1}
    assert "&sign=" in robot.requests[0].path


async def test_each_person_is_told_at_their_hour(staffed: World) -> None:
    await reminded(staffed)
    backbone = staffed["escalation"].backbone
    assert await choose(staffed, HEAD, digest_hour=14) == 200

    async with postbox() as box:
        early = await open_messages(backbone, outside(box), at=MORNING.replace(hour=8))
        usual = await open_messages(backbone, outside(box), at=MORNING)
        chosen = await open_messages(backbone, outside(box), at=MORNING.replace(hour=14))

    assert (early, usual, chosen) == (0, 1, 1)


@pytest.mark.parametrize(
    ("preference", "code"),
    [
        ({"digest_hour": 7}, "wrong-hour"),
        ({"digest_hour": 20}, "wrong-hour"),
        ({"channels": ["feishu"]}, "unknown-channel"),
        ({"channels": ["pigeon"]}, "malformed"),
        ({"language": "fr"}, "malformed"),
    ],
)
async def test_a_preference_can_be_kept_or_is_refused(
    staffed: World, preference: dict[str, Any], code: str
) -> None:
    answer = await staffed.tell(
        "escalation",
        "/inbox/preferences",
        preference,
        post="officer",
        unit=FUTIAN,
        method="PUT",
    )

    assert (answer.status, answer.code) == (422, code)


async def test_a_preference_is_shown(staffed: World) -> None:
    await choose(staffed, HEAD, language="en", digest_hour=8, addresses={"mail": "a@b.cn"})

    answer = await staffed.ask("escalation", "/inbox/preferences", **signed_in(HEAD))

    assert answer.body == {
        "channels": None,
        "language": "en",
        "digest_hour": 8,
        "addresses": {"mail": "a@b.cn"},
        "wired": [],
    }


async def test_two_who_send_at_once_send_everything_once(staffed: World) -> None:
    await reminded(staffed)

    async with postbox() as box:
        done = await gather(*(send(staffed, outside(box)) for _ in range(3)))

    assert sum(one.get("taken", 0) for one in done) == 2
    assert len(box.messages) == 2


async def test_the_office_may_send_at_once(staffed: World) -> None:
    await reminded(staffed)

    refused = await staffed.tell("escalation", "/deliver", post="officer", unit=FUTIAN)
    sent = await staffed.tell("escalation", "/deliver", post="office", unit=CITY)

    assert refused.status == 403
    # This installation has no channel: everything stays in the inboxes.
    assert (sent.status, sent.body["opened"]) == (200, 0)
    assert len(await inbox(staffed, HEAD)) == 1


async def test_in_a_demo_nothing_leaves_by_itself(staffed: World) -> None:
    await reminded(staffed)

    with pytest.raises(TimeoutError):
        async with timeout(0.2):
            await keep_delivering(staffed["escalation"].backbone)

    assert await staffed.rows("escalation", "SELECT 1 FROM deliveries") == []
