"""Delivering: once a day each person's news becomes one message, and each channel sends its own.

Nothing here is on the way of an event. A message is taken from the table for a while, sent without
a transaction, and what came of it is written down; whoever dies in between lets it be sent again.
A channel that hangs or refuses keeps itself waiting, and nobody else.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from services.escalation import store
from services.escalation.domain.channels import Outcome
from services.escalation.domain.digesting import (
    Channel,
    Hours,
    Letter,
    Line,
    Preference,
    lines_of,
    next_try,
    ways_to,
)
from services.escalation.domain.lights import Light, light_of
from services.escalation.outside import Outside
from services.escalation.store import Claimed, ToSend
from services.escalation.views import Delivered
from services.escalation.wording import wording
from shared.clock import OFFICE, epoch_seconds, office_day
from shared.contracts.escalation import NoticeDelivered, NoticeFailed
from shared.contracts.event import SYSTEM, PersonId
from shared.nearness import Horizon
from shared.postgres import OUTAGES
from shared.reference import NoRules, Reference
from shared.service import Backbone
from shared.work import Tx

log = logging.getLogger("huiban.escalation")

LOOK_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 60.0
PEOPLE_AT_ONCE = 500
LETTERS_AT_ONCE = 20
BREATH_SECONDS = 0.02  # after each batch, so that what was told meanwhile goes first
LEASE = timedelta(minutes=5)
TOLD_AT_ONCE = 50  # so many proposals are locked at a time to tell what came of a message
NOON = time(12)

Story = list[NoticeDelivered | NoticeFailed]
CameOf = tuple[tuple[Claimed, Outcome, str, datetime], Story]  # a try, and what is told of it


def now() -> datetime:
    """This moment, where the office is."""
    return datetime.fromtimestamp(epoch_seconds(), OFFICE)


def moment_on(day: date) -> datetime:
    """This moment; on another day, as a demo has them, its noon."""
    return now() if day == office_day() else datetime.combine(day, NOON, OFFICE)


async def keep_delivering(backbone: Backbone) -> None:
    """Open messages and send them, for ever. In a demo only a command sends."""
    outside = Outside.of(backbone.settings)
    if backbone.settings.huiban_demo:
        while True:
            await backbone.beats.beating("deliver", asyncio.sleep(LOOK_SECONDS))
    async with asyncio.TaskGroup() as together:
        together.create_task(_keep_opening(backbone, outside))
        for channel in outside.channels:
            together.create_task(_keep_sending(backbone, outside, channel))


async def _keep_opening(backbone: Backbone, outside: Outside) -> None:
    while True:
        moment = now()
        try:
            if await _may_disturb(backbone, moment):
                opening = open_messages(backbone, outside, at=moment)
                await backbone.beats.beating("deliver", opening)
        except OUTAGES as error:
            log.warning("messages wait for the database", extra={"error": repr(error)})
        await backbone.beats.beating("deliver", asyncio.sleep(LOOK_SECONDS))


async def _keep_sending(backbone: Backbone, outside: Outside, channel: Channel) -> None:
    """A channel that is away is asked more and more rarely."""
    pause = LOOK_SECONDS
    while True:
        done = Delivered()
        try:
            if await _may_disturb(backbone, now()):
                done = await send_some(backbone, outside, channel, at=now())
        except OUTAGES as error:
            log.warning("messages wait for the database", extra={"error": repr(error)})
        if done.waiting:
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        elif done.taken or done.failed or done.over:
            pause = LOOK_SECONDS
            continue
        await asyncio.sleep(pause)


async def _may_disturb(backbone: Backbone, moment: datetime) -> bool:
    known = await backbone.desk.reference()
    try:
        hours = Hours.of(known.rules_on(moment.date()))
    except NoRules:
        return False
    return hours.open_at(moment, calendar=known.calendar)


async def deliver_all(backbone: Backbone, outside: Outside, *, at: datetime) -> Delivered:
    """Open the day's messages now, and send what is due, each channel once through.

    A channel that is away is left alone for this time.
    """
    opened = await open_messages(backbone, outside, at=at, whatever_the_hour=True)
    totals = Delivered(opened=opened)
    through = await asyncio.gather(
        *(_send_all(backbone, outside, channel, at=at) for channel in outside.channels)
    )
    return _sum([totals, *through])


async def _send_all(
    backbone: Backbone, outside: Outside, channel: Channel, *, at: datetime
) -> Delivered:
    totals = Delivered()
    while True:
        done = await send_some(backbone, outside, channel, at=at)
        totals = _sum([totals, done])
        if done.waiting or done == Delivered():
            return totals


def _sum(parts: Sequence[Delivered]) -> Delivered:
    return Delivered(
        **{name: sum(getattr(part, name) for part in parts) for name in Delivered.model_fields}
    )


async def open_messages(
    backbone: Backbone, outside: Outside, *, at: datetime, whatever_the_hour: bool = False
) -> int:
    """Everybody whose hour has come gets today's message opened; how many messages that makes."""
    known = await backbone.desk.reference()
    hours = Hours.of(known.rules_on(at.date()))
    opened = 0
    while True:
        async with backbone.desk.transaction() as tx:
            people = await store.persons_to_tell(
                tx,
                on=at.date(),
                hour=24 if whatever_the_hour else at.hour,
                usual_hour=hours.digest,
                limit=PEOPLE_AT_ONCE,
            )
            if not people:
                return opened
            messages = await _messages_for(tx, people, known=known, outside=outside)
            await store.open_digests(tx, people, messages, on=at.date(), at=at)
        opened += len(messages)


async def _messages_for(
    tx: Tx, people: Sequence[PersonId], *, known: Reference, outside: Outside
) -> list[ToSend]:
    chosen = await store.preferences_of(tx, people)
    return [
        ToSend(person, channel, address, preference.language)
        for person in people
        for preference in [chosen.get(person, Preference(person))]
        for channel, address in ways_to(
            preference, known.people.get(person), wired=outside.channels
        )
    ]


async def send_some(
    backbone: Backbone, outside: Outside, channel: Channel, *, at: datetime
) -> Delivered:
    """Send the next messages of a channel, and write down what came of them."""
    known = await backbone.desk.reference()
    rules = known.rules_on(at.date())
    async with backbone.desk.transaction() as tx:
        claimed = await store.claim(tx, channel, at=at, until=at + LEASE, limit=LETTERS_AT_ONCE)
        said = await store.what_to_say(tx, claimed) if claimed else {}
    if not claimed:
        return Delivered()
    horizon = Horizon.of(at.date(), rules=rules, calendar=known.calendar)
    lines = {
        one.delivery_id: lines_of(
            [
                Line(
                    about.proposal_id,
                    about.number,
                    light_of(about.clock, horizon) if about.clock else Light.GREY,
                    (about.clock.clock_id,) if about.clock else (),
                )
                for about in said.get(one.delivery_id, ())
            ]
        )
        for one in claimed
    }
    with_news = [one for one in claimed if lines[one.delivery_id]]
    letters = [_letter(one, lines[one.delivery_id], portal=outside.portal) for one in with_news]
    outcomes = await outside.send(channel, letters) if letters else []
    came = {one.delivery_id: outcome for one, outcome in zip(with_news, outcomes, strict=True)}
    return await _write_down(
        backbone, channel, claimed, came, lines, tries=Hours.of(rules).tries, at=at
    )


def _letter(one: Claimed, lines: Sequence[Line], *, portal: str) -> Letter:
    words = wording(one.language)
    return Letter(
        delivery_id=one.delivery_id,
        person=one.person,
        address=one.address,
        on=one.digest,
        subject=words.subject(count=len(lines), day=one.digest),
        text=words.message(lines, portal=portal),
    )


async def _write_down(
    backbone: Backbone,
    channel: Channel,
    claimed: Sequence[Claimed],
    came: dict[int, Outcome],
    lines: dict[int, list[Line]],
    *,
    tries: int,
    at: datetime,
) -> Delivered:
    came_of: list[CameOf] = []
    counted = dict.fromkeys(("taken", "failed", "waiting", "over"), 0)
    for one in claimed:
        outcome = came.get(one.delivery_id, Outcome("taken", "所涉事项均已办结"))
        state = _state_of(one, outcome, nothing_left=one.delivery_id not in came, tries=tries)
        counted["waiting" if state == "queued" else state] += 1
        tried = (one, outcome, state, next_try(at, tries=one.tries))
        story = _story_of(one, channel, outcome, state, lines[one.delivery_id], at=at)
        came_of.append((tried, story))
    for part in _in_parts(came_of):
        told = [event for _, story in part for event in story]
        async with backbone.desk.transaction() as tx:
            await tx.lock_all(event.key for event in told)
            await store.settle(tx, [tried for tried, _ in part], at=at)
            await store.record(tx, *told)
        backbone.relay.wake()
        await asyncio.sleep(BREATH_SECONDS)
    return Delivered(**counted)


def _in_parts(came_of: Iterable[CameOf]) -> Iterator[list[CameOf]]:
    """Some messages at a time, each with what is told of it: what is settled is told, too."""
    part: list[CameOf] = []
    telling = 0
    for tried, story in came_of:
        if part and telling + len(story) > TOLD_AT_ONCE:
            yield part
            part, telling = [], 0
        part.append((tried, story))
        telling += len(story)
    if part:
        yield part


def _state_of(one: Claimed, outcome: Outcome, *, nothing_left: bool, tries: int) -> str:
    if nothing_left:
        return "over"
    if outcome.result == "taken":
        return "taken"
    given_up = outcome.result == "refused" or one.tries >= tries
    return "failed" if given_up else "queued"


def _story_of(
    one: Claimed,
    channel: Channel,
    outcome: Outcome,
    state: str,
    lines: Sequence[Line],
    *,
    at: datetime,
) -> Story:
    """What each proposal's story says of a message: that it was taken, or was given up."""
    if state == "taken":
        return [
            NoticeDelivered(
                proposal_id=line.proposal_id,
                person=one.person,
                channel=channel,
                clocks=line.clocks,
                tries=one.tries,
                by=SYSTEM,
                on=at.date(),
            )
            for line in lines
        ]
    if state == "failed":
        return [
            NoticeFailed(
                proposal_id=line.proposal_id,
                person=one.person,
                channel=channel,
                clocks=line.clocks,
                tries=one.tries,
                why=outcome.why,
                by=SYSTEM,
                on=at.date(),
            )
            for line in lines
        ]
    return []
