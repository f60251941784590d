"""Each day's look at the books: what must hold at any hour, and what only a day can show."""

from collections import Counter
from datetime import date, timedelta
from functools import partial

from services.assignment.store import counts
from shared.calendar import Calendar
from shared.contracts.registry import Deadline, RulesPublished
from shared.policy import Sight
from tests.simulation.books import disagreements, must_be_empty
from tests.simulation.case import Row, day
from tests.simulation.year import Year
from tests.world import World

PAGE = 200
SUMMED = ("replies_owed", "replies_sent", "alone")
REPLIES_LOOKED_AT = 3

ALARMS = """
    SELECT aggregateid AS proposal_id, told.clock_id, type, clocks.state,
           told.due_on AS told_due_on, clocks.due_on
      FROM escalation.events
     CROSS JOIN json_to_record(convert_from(payload, 'UTF8')::json)
                AS told (clock_id text, due_on date)
      LEFT JOIN escalation.clocks
        ON clocks.proposal_id = aggregateid AND clocks.clock_id = told.clock_id
     WHERE seq > $1
       AND type IN ('huiban.escalation.DeadlineNear.v1', 'huiban.escalation.DeadlineMissed.v1',
                    'huiban.escalation.ReminderSent.v1')
       AND (clocks.state IS DISTINCT FROM 'running'
            OR clocks.due_on <> told.due_on
            OR type LIKE '%DeadlineNear%' AND clocks.due_on < $2
            OR type LIKE '%DeadlineMissed%' AND clocks.due_on >= $2)
    """
UNTOLD = """
    SELECT proposal_id, clock_id, due_on
      FROM escalation.clocks
     WHERE state = 'running' AND (due_on < $1) IS DISTINCT FROM missed
    """


class Books:
    """What was looked at already, so that each day's part is looked at once."""

    def __init__(self) -> None:
        self._alarms_seen = 0
        self._replies_seen = 0

    async def morning(self, year: Year) -> None:
        """The sweep has told of running clocks only, and of every one that ran out."""
        world = year.world
        must_be_empty(
            {
                "an alarm that is not true": await world.rows(
                    "escalation", ALARMS, self._alarms_seen, world.today
                ),
                "a clock that ran out unnoticed": await world.rows(
                    "escalation", UNTOLD, world.today
                ),
            }
        )

    async def evening(self, year: Year) -> None:
        """All books agree, nothing is lost, every light is true, every reply is read."""
        world = year.world
        must_be_empty(await disagreements(world))
        must_be_empty({"lost": await lost(year)})
        must_be_empty({"a light that is not true": await false_lights(world)})
        must_be_empty({"a sum that does not add up": await false_sums(year)})
        self._replies_seen = await self._read_replies(year)
        [last] = await world.rows("escalation", "SELECT max(seq) AS seq FROM events")
        self._alarms_seen = last["seq"] or 0

    async def _read_replies(self, year: Year) -> int:
        """Some of today's replies are read by a proposer of each, as themselves."""
        world = year.world
        rows = await world.rows(
            "reply",
            "SELECT seq, aggregateid AS proposal_id,"
            " convert_from(payload, 'UTF8')::json ->> 'reply_id' AS reply_id"
            "  FROM events WHERE type = 'huiban.reply.ReplyIssued.v1' AND seq > $1 ORDER BY seq",
            self._replies_seen,
        )
        dice = year.dice("replies")
        for row in dice.sample(rows, min(len(rows), REPLIES_LOOKED_AT)):
            name = dice.choice(year.cases[row["proposal_id"]].planned.proposers)
            path = f"/proposals/{row['proposal_id']}"
            answer = await world.ask("reply", path, post="proposer", unit="C001", person=name)
            shown = [one["reply_id"] for one in answer.body.get("replies", ())]
            if row["reply_id"] not in shown:
                must_be_empty({"a reply that its proposer cannot read": [(row, name, answer)]})
        return rows[-1]["seq"] if rows else self._replies_seen


async def lost(year: Year) -> list[tuple[str, str]]:
    """Proposals that a service does not know although it should."""
    ought = {
        "intake": set(year.cases),
        "portal": set(year.cases),
        "reply": set(year.cases),
        "escalation": {one.id for one in year.cases.values() if one.stage == "handed_over"},
        "assignment": {one.id for one in year.cases.values() if one.stage == "handed_over"},
    }
    missing = []
    for service, expected in ought.items():
        rows = await year.world.rows(service, "SELECT proposal_id FROM proposals")
        missing += [(service, one) for one in expected - {row["proposal_id"] for row in rows}]
    return sorted(missing)


async def false_lights(world: World, *, on: date | None = None) -> list[Row]:
    """Lights of running clocks that differ from what one reckons with a calendar at hand."""
    today = on or world.today
    async with world["escalation"].desk.transaction() as tx:
        known = await tx.reference()
    rules, calendar = known.rules_on(world.today), known.calendar
    wrong: list[Row] = []
    for offset in range(0, 1_000_000, PAGE):
        answer = await world.ask("escalation", "/clocks", limit=PAGE, offset=offset)
        for clock in answer.body["clocks"]:
            due_on = day(clock["due_on"])
            assert due_on is not None
            light = reckoned(clock["clock"], due_on, today, rules=rules, calendar=calendar)
            if clock["light"] != light:
                wrong.append({**clock, "reckoned": light})
        if not answer.body["more"]:
            return wrong
    raise AssertionError("more clocks than anybody can read")


def reckoned(
    clock: str, due_on: date, today: date, *, rules: RulesPublished, calendar: Calendar
) -> str:
    """Red after the day; yellow when the near days have begun; else green."""
    if due_on < today:
        return "red"
    for name in (clock, clock.partition(":")[0]):
        if (days := rules.numbers.get(f"near:{name}")) is not None:
            near = Deadline(count=days.value, unit="working_days", source=None)
            break
    else:
        near = rules.near
    between = [today + timedelta(days=n) for n in range(1, (due_on - today).days)]
    match near.unit:
        case "working_days":
            is_near = sum(map(calendar.is_working_day, between)) < near.count
        case "calendar_days":
            is_near = (due_on - today).days <= near.count
        case other:
            raise AssertionError(f"no near of {other}")
    return "yellow" if is_near or due_on == today else "green"


async def false_sums(year: Year) -> list[Row]:
    """What the units' figures sum up to, where it is not the city's."""
    world, sums, everything = year.world, Counter[str](), Sight(everything=True)
    async with world["assignment"].desk.transaction() as tx:
        counted = partial(counts, tx, year=world.today.year, sight=everything)
        city = await counted(unit=None)
        for row in await tx.fetch("SELECT DISTINCT unit FROM tasks WHERE parent IS NULL"):
            one = await counted(unit=row["unit"])
            sums.update({what: getattr(one, what) for what in SUMMED})
    [told] = await world.rows(
        "portal",
        "SELECT count(*) AS replies_owed, count(answered_on) AS replies_sent FROM tasks"
        " WHERE parent IS NULL AND ended_on IS NULL AND role IN ('lead', 'split')",
    )
    pairs = {what: (sums[what], getattr(city, what), told.get(what, sums[what])) for what in SUMMED}
    return [{what: numbers} for what, numbers in pairs.items() if len(set(numbers)) > 1]
