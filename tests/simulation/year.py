"""A year goes by: each morning clocks and messages, each day people, each evening the books."""

from asyncio import gather
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from time import monotonic
from typing import Protocol

from tests.simulation.case import Case, Opinion, Row, Seen, look
from tests.simulation.city import FIRST_DAY, City, Planned, Size, drawn
from tests.simulation.handling import of_tasks
from tests.simulation.replying import of_words
from tests.simulation.settling import of_matters
from tests.simulation.wish import Done, Leave, NotAsItShouldBe, On, Wish, do
from tests.story.office import OFFICE
from tests.world import World

AT_ONCE = 6  # proposals on which people work at the same time
IDLE = 1.5  # how likely nothing happens, beside what could
ELSEWHERE = 6  # times as many days pass between two looks at what is done
LIST_LENGTH = 100


class Looking(Protocol):
    """Who looks at the books, twice a day."""

    async def morning(self, year: "Year", /) -> None:
        """After the sweep."""

    async def evening(self, year: "Year", /) -> None:
        """When everybody has heard everything."""


@dataclass
class Tally:
    """What happened in a year."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    mistaken: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def note(self, one: Done) -> None:
        """Count an act, or why it was none."""
        if one.refused is None:
            self.done[one.wish.kind] += 1
        else:
            self.refused[f"{one.wish.kind}: {one.refused}"] += 1
            self.mistaken += one.wish.mistaken


class Year:
    """One seed's year in a world whose registry is filled."""

    def __init__(self, world: World, *, seed: int, size: Size, books: Looking) -> None:
        self.world = world
        self.seed = seed
        self.size = size
        self.tally = Tally()
        self.cases: dict[str, Case] = {}
        self.leaves: dict[tuple[str, str], Leave] = {}
        self.city: City
        self._books = books

    def dice(self, *about: object) -> Random:
        """Dice of one matter on one day: what others do does not change how they fall."""
        return Random(":".join(map(str, (self.seed, self.world.today, *about))))

    async def play(self) -> None:
        """The whole year.

        Raises:
            NotAsItShouldBe: with the day, the seed and what was found.
        """
        self.world.today = FIRST_DAY
        async with self.world["intake"].desk.transaction() as tx:
            known = await tx.reference()
        self.city = drawn(known, self.size, dice=self.dice("city"))
        for _ in range(self.size.days):
            try:
                await self._day()
            except Exception as error:
                error.add_note(f"seed {self.seed}, {self.size}, {self.world.today}")
                raise
            self.world.days_pass(1)

    async def _day(self) -> None:
        for part, books in (
            (self._morning, self._books.morning),
            (self._intake, None),
            (self._meeting, None),
            (self._people, self._books.evening),
        ):
            await self._timed(part.__name__.strip("_"), part())
            await self._timed("carrying", self.world.settle())
            if books is not None:
                await self._timed("books", books(self))

    async def _timed(self, what: str, work: Awaitable[None]) -> None:
        began = monotonic()
        await work
        self.tally.seconds[what] += monotonic() - began

    async def _morning(self) -> None:
        for service, path in (
            ("assignment", "/sweep"),
            ("escalation", "/sweep"),
            ("escalation", "/deliver"),
        ):
            answer = await self.world.tell(service, path, post="office", unit=OFFICE)
            if answer.status != 200 or answer.body.get("failed"):
                raise NotAsItShouldBe(f"{service}{path}: {answer}")
        self.leaves = {
            post: leave for post, leave in self.leaves.items() if leave.until >= self.world.today
        }
        dice = self.dice("leaves")
        if dice.random() < 0.3:
            await self._goes_on_leave(dice.choice(sorted(self.city.pace)), dice=dice)

    async def _goes_on_leave(self, unit: str, *, dice: Random) -> None:
        post = dice.choice(["head", "officer"])
        until = self.world.today + timedelta(days=dice.randint(2, 14))
        leave = Leave(post, unit, f"stand-in.{unit}", until)
        if (post, unit) in self.leaves:
            return
        posts = [{"post": post, "unit": unit}]
        await self._keeps("PUT", f"/people/{leave.giver}", {"name": leave.giver, "posts": posts})
        await self._keeps("PUT", f"/people/{leave.deputy}", {"name": leave.deputy, "posts": []})
        body: Row = {
            "giver": leave.giver,
            "deputy": leave.deputy,
            "since": self.world.today.isoformat(),
            "until": until.isoformat(),
            "why": "休假",
            **posts[0],
        }
        await self._keeps("POST", "/delegations", body)
        self.leaves[post, unit] = leave
        self.tally.done["registry delegations"] += 1

    async def _keeps(self, method: str, path: str, body: Row) -> None:
        answer = await self.world.tell("registry", path, body, post="operator", method=method)
        if answer.status >= 400:
            raise NotAsItShouldBe(f"{path} {body}: {answer}")

    async def _do(self, wish: Wish) -> Done:
        done = await do(self.world, wish, leaves=self.leaves)
        self.tally.note(done)
        return done

    async def _intake(self) -> None:
        """Members hand in; the committee goes through what lies before it."""
        for planned in self.city.planned:
            if planned.on == self.world.today:
                await self._hand_in(planned)
        waiting = [case for case in self.cases.values() if case.stage in ("submitted", "revising")]
        await self._in_turns(waiting, self._review)

    async def _hand_in(self, planned: Planned) -> None:
        joint = len(planned.proposers) > 1
        body: Row = {
            "proposal_id": planned.proposal_id,
            "year": planned.on.year,
            "title": planned.title,
            "text": planned.text,
            "kind": "joint" if joint else "single",
            "proposers": [{"name": name, "person": name} for name in planned.proposers],
        }
        on = On(planned.proposal_id)
        first = planned.proposers[0]
        wish = (
            on.committee(1, "intake", "/proposals", **body)
            if joint
            else on.proposer(1, "intake", first, "/proposals", **body)
        )
        done = await self._do(wish)
        if done.refused is not None:
            raise NotAsItShouldBe(f"{planned}: {done.answer}")
        self.cases[planned.proposal_id] = Case(planned)

    async def _review(self, case: Case) -> None:
        dice, on, first = self.dice(case.id), On(case.id), case.planned.proposers[0]
        if case.stage == "revising":
            body: Row = {"title": case.planned.title, "text": case.planned.text + "补充理由。"}
            wish = on.proposer(1, "intake", first, "revise", **body)
            if (await self._do(wish)).refused is None:
                case.stage = "submitted"
            return
        wishes = [
            on.committee(12, "intake", "accept"),
            on.committee(0.8, "intake", "decline", reason_code="party-affairs"),
            on.committee(0.4, "intake", "send-back", why="没有写明建议"),
            on.committee(0.3, "intake", "turn", into="letter", why="宜作来信办理"),
            on.committee(1, "intake", "categorise", category="社会"),
            on.proposer(0.2, "intake", first, "withdraw", why="已经解决"),
            on.proposer(0.2, "intake", first, "accept", mistaken=True),
            on.committee(0.1, "intake", "refuse-objection", why="无此异议", mistaken=True),
        ]
        chosen = drawn_from(wishes, dice=dice)
        if chosen is None or (await self._do(chosen)).refused is not None:
            return
        stages = {
            "accept": "filed",
            "decline": "ended",
            "turn": "ended",
            "withdraw": "ended",
            "send-back": "revising",
        }
        case.stage = stages.get(chosen.verb, case.stage)

    async def _meeting(self) -> None:
        """The committee merges what asks the same; on some days the office hands over."""
        dice = self.dice("meeting")
        filed = [case for case in self.cases.values() if case.stage == "filed"]
        free = [case for case in filed if case.main is None and not case.members]
        for _ in range(len(free) // 8):
            await self._merge(dice.sample(free, dice.choice([2, 2, 3])), by="committee")
            free = [case for case in free if case.main is None and not case.members]
            if len(free) < 3:
                break
        for case in filed:
            if dice.random() < 0.03:
                body: Row = {"leader": "张副市长", "supervised_by": "市政协提案委员会"}
                wish = On(case.id).committee(1, "intake", "designate-key", **body)
                await self._do(wish)
            wish = On(case.id).committee(1, "intake", "accept", mistaken=True)
            if dice.random() < 0.02:
                await self._do(wish)
        await self.world.settle()
        if self.world.today.weekday() in (1, 4):
            await self._hand_over([case for case in filed if case.main is None], dice=dice)
        await self._regroup(dice=dice)

    async def _merge(self, cases: list[Case], *, by: str) -> None:
        main, *others = cases
        body: Row = {"main": main.id, "members": [case.id for case in cases], "why": "诉求相同"}
        on = On(main.id)
        ask = on.committee if by == "committee" else on.office
        if (await self._do(ask(1, "intake", "/groups", **body))).refused is None:
            main.members.extend(case.id for case in others)
            for case in others:
                case.main = main.id

    async def _hand_over(self, cases: list[Case], *, dice: Random) -> None:
        for at in range(0, len(cases), LIST_LENGTH):
            some = cases[at : at + LIST_LENGTH]
            body: Row = {
                "meeting": "交办会",
                "items": [self._row(case, dice=dice) for case in some],
            }
            wish = On(some[0].id).office(1, "assignment", "/hand-overs", **body)
            done = await self._do(wish)
            if done.refused is not None:
                raise NotAsItShouldBe(f"not handed over: {done.answer}")
            for case in some:
                for one in (case.id, *case.members):
                    self.cases[one].stage = "handed_over"
                    self._comes_back(self.cases[one], self.size.patience, dice=dice)
        if cases:
            again: Row = {"meeting": None, "items": [self._row(cases[0], dice=dice)]}
            on = On(cases[0].id)
            await self.world.settle()
            await self._do(on.office(1, "assignment", "/hand-overs", mistaken=True, **again))

    def _row(self, case: Case, *, dice: Random) -> Row:
        """A lead with helpers and a reader, or several that answer each for its part."""
        first, second, *others = dice.sample(self.city.handling, 7)
        helpers = others[: dice.choice([0, 1, 2, 2, 3, 4])]
        split = dice.random() < 0.2
        return {
            "proposal_id": case.id,
            "lead": None if split else first,
            "split": [first, second] if split else [],
            "co_handlers": helpers,
            "reference": [] if split or dice.random() < 0.5 else [second],
        }

    async def _regroup(self, *, dice: Random) -> None:
        """The office merges what is being handled already, and takes groups apart."""
        handed = [case for case in self.cases.values() if case.stage == "handed_over"]
        alone = [case for case in handed if case.main is None and not case.members]
        if len(alone) > 5 and dice.random() < 0.08 + len(alone) / 2000:
            await self._merge(dice.sample(alone, 2), by="office")
        mains = [case for case in handed if case.members]
        if mains and alone and dice.random() < 0.06:
            await self._joins(dice.choice(alone), main=dice.choice(mains))
        if mains and dice.random() < 0.06:
            main = dice.choice(mains)
            body: Row = {"why": "诉求不同", "policy": dice.choice(["restart", "keep"])}
            wish = On(main.id).office(1, "intake", f"/groups/{main.id}/undo", **body)
            if (await self._do(wish)).refused is None:
                for one in main.members:
                    self.cases[one].main = None
                main.members.clear()

    async def _joins(self, case: Case, *, main: Case) -> None:
        body: Row = {"members": [case.id], "why": "诉求相同"}
        wish = On(main.id).office(1, "intake", f"/groups/{main.id}/members", **body)
        if case.main is None and (await self._do(wish)).refused is None:
            main.members.append(case.id)
            case.main = main.id

    async def _people(self) -> None:
        """Whoever has something to do in a proposal looks at it now and then, and acts."""
        due = [
            case
            for case in self.cases.values()
            if case.stage == "handed_over" and case.next_visit <= self.world.today
        ]
        await self._in_turns(due, self._visit)

    async def _visit(self, case: Case) -> None:
        dice = self.dice(case.id)
        seen = await look(self.world, case.id)
        wishes = list(self._wishes(case, seen, dice=dice))
        for _ in range(dice.choice([1, 2, 2, 3, 4])):
            wish = drawn_from(wishes, dice=dice)
            if wish is None:
                continue
            wishes.remove(wish)
            done = await self._do(wish)
            self._remember(case, done)
            if done.refused is None:  # what was wrong before may be right by now
                wishes = [one for one in wishes if not one.mistaken]
        open_work = sum(wish.likely for wish in wishes if not wish.mistaken)
        patience = self.size.patience
        self._comes_back(case, patience if open_work > 2 else ELSEWHERE * patience, dice=dice)

    def _wishes(self, case: Case, seen: Seen, *, dice: Random) -> Iterable[Wish]:
        on, today = On(case.id), self.world.today
        yield from of_tasks(on, seen, self.city, today=today, dice=dice)
        yield from of_words(on, case, seen, self.city, today=today, dice=dice)
        yield from of_matters(on, seen, self.city, today=today, dice=dice)
        author = case.planned.proposers[0]
        yield on.committee(0.02, "intake", "withdraw", why="建议已经落实")
        yield on.proposer(0.05, "intake", author, "withdraw", why="不提了", mistaken=True)
        yield on.unit(0.1, "assignment", "C004", "tasks/X999.1/sign", mistaken=True)
        if case.main is not None:
            yield on.proposer(0.1, "intake", author, "object", why="诉求并不相同")
            yield on.committee(0.1, "intake", "refuse-objection", why="诉求相同")

    def _remember(self, case: Case, done: Done) -> None:
        if done.refused is not None:
            return
        match done.wish.kind:
            case "reply opinion/drafts":
                told = done.answer.body["events"][0]["data"]
                case.opinions[told["task_id"]] = Opinion(told["draft"])
            case "reply opinion/check":
                told = done.answer.body["events"][0]["data"]
                case.opinions[told["task_id"]] = Opinion(told["draft"], checked=True)
            case "reply opinion/send-back" | "reply opinion/issue":
                case.opinions.pop(done.answer.body["events"][0]["data"]["task_id"], None)
            case "intake withdraw":
                case.stage = "ended"

    def _comes_back(self, case: Case, about: int, *, dice: Random) -> None:
        days = 1 + int(dice.expovariate(1 / about))
        case.next_visit = self.world.today + timedelta(days=days)

    async def _in_turns(self, cases: list[Case], work: Callable[[Case], Awaitable[None]]) -> None:
        for at in range(0, len(cases), AT_ONCE):
            await gather(*(work(case) for case in cases[at : at + AT_ONCE]))


def drawn_from(wishes: list[Wish], *, dice: Random) -> Wish | None:
    """One of the wishes, the likely ones more often; or nobody does anything."""
    weights = [wish.likely for wish in wishes]
    [chosen] = dice.choices([*wishes, None], [*weights, IDLE])
    return chosen
