"""Lists against the policy: what a list shows is what the policy allows, row by row, no more.

The policy is asked in Python of every row that there is; the services narrow their lists in SQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import UnitLevel, UnitRegistered
from shared.policy import Relation, relation_to, sight_of
from tests.matrix.living import (
    CITY_OFFICE,
    COMMISSION,
    MAYOR,
    SENT,
    SUBMITTED,
    TALK,
    WHY,
    Who,
    of,
)
from tests.story.office import CITY
from tests.world import Answer, World

SERVICES = ("intake", "assignment", "reply", "escalation")
PROPOSERS = ("甲", "乙", "丙")


@dataclass(frozen=True, slots=True)
class Part:
    """A proposal: who puts it, who handles it, and whether its group is another's."""

    proposer: str
    lead: str
    co_handlers: tuple[str, ...]
    below: tuple[str, ...]  # to whom the lead hands work down
    answered: bool
    merged: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """Some units under the city: districts and bureaus, and sections under each."""

    parents: Mapping[str, str]

    def is_under(self, code: UnitCode, ancestor: UnitCode, /) -> bool:
        """Whether the way up leads past it."""
        above = self.parents.get(code)
        return above is not None and (above == ancestor or self.is_under(UnitCode(above), ancestor))

    def below(self, code: UnitCode, /) -> Sequence[UnitCode]:
        """All whose way up leads past it."""
        return [UnitCode(one) for one in self.parents if self.is_under(UnitCode(one), code)]


@dataclass(frozen=True, slots=True)
class City:
    """A tree, what is handled in it, and those who look."""

    tree: Tree
    parts: tuple[Part, ...]


@st.composite
def cities(draw: st.DrawFn) -> City:
    """Two districts and a bureau, each with sections; a few proposals among them."""
    tops = {"d1": CITY, "d2": CITY, "b1": CITY}
    sections = {f"{top}s{n}": top for top in tops for n in range(draw(st.integers(1, 2)))}
    parts = []
    for n in range(draw(st.integers(2, 3))):
        lead, *others = draw(st.permutations(sorted(tops)))
        mine = [one for one, top in sections.items() if top == lead]
        parts.append(
            Part(
                proposer=draw(st.sampled_from(PROPOSERS)),
                lead=lead,
                co_handlers=tuple(others[: draw(st.integers(0, 2))]),
                below=tuple(draw(st.lists(st.sampled_from(mine), unique=True))),
                answered=draw(st.booleans()),
                merged=n > 0 and draw(st.booleans()),
            )
        )
    return City(Tree({**tops, **sections}), tuple(parts))


@dataclass(frozen=True, slots=True)
class Of:
    """What a list narrows by: the proposal as a whole, or the unit that a row is of."""

    service: str
    path: str
    rows: str | None = None  # where they stand in the answer
    unit: str | None = None  # which field says whose a row is
    persons: bool = True  # whether proposers see such rows of their own proposals


LISTS = (
    Of("intake", "/proposals", "proposals"),
    Of("assignment", "/tasks", "tasks", unit="unit"),
    Of("assignment", "/tasks/due?by=2030-01-01", "tasks", unit="unit"),
    Of("assignment", "/items", "items", unit="unit"),
    Of("reply", "/letters"),
    Of("reply", "/opinions"),
    Of("reply", "/drafts", unit="unit", persons=False),
    Of("reply", "/disclosures"),
    Of("reply", "/promises"),
    Of("escalation", "/clocks", "clocks"),
    Of("escalation", "/clocks?light=grey", "clocks"),
    Of("escalation", "/matters", "matters"),
    Of("escalation", "/supervisions", "supervisions"),
)


@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(city=cities())
async def test_every_list_shows_what_the_policy_allows_row_by_row(world: World, city: City) -> None:
    here = Here(world, city, uuid4().hex[:8])
    await here.plays()
    wrong: list[Any] = []
    shown = 0
    for one in LISTS:
        everything = await here.rows(one, CITY_OFFICE)
        shown += len(everything)
        for who in here.everybody():
            allowed = [row for row in everything if here.allows(who, one, row)]
            found = await here.rows(one, who)
            if found != allowed:
                wrong.append((one, who, found, allowed))

    assert not wrong, "\n".join(map(str, wrong))
    assert shown > 0


class Here:
    """A city of its own in the world: its units, people and proposals have names of their own."""

    def __init__(self, world: World, city: City, mark: str) -> None:
        self._world, self._city, self._mark = world, city, mark
        self._tree = Tree({self._at(one): self._at(top) for one, top in city.tree.parents.items()})
        self._cases = [str(uuid4()) for _ in city.parts]
        self._units: dict[str, set[str]] = {}
        self._busy = ""  # the service that was told something last; the others hear of it later
        self._people = {
            case: self._at(part.proposer)
            for case, part in zip(self._cases, city.parts, strict=True)
        }

    def _at(self, name: str) -> str:
        return name if name == CITY else f"{self._mark}{name}"

    def everybody(self) -> list[Who]:
        """Someone in each unit, the city, each proposer, and those who see all."""
        units = [*self._tree.parents, CITY]
        return [
            *(of(unit, post) for unit, post in zip(units, ("officer", "head") * 9, strict=False)),
            *(Who("proposer", CITY, self._at(one)) for one in PROPOSERS),
            COMMISSION,
            MAYOR,
            Who("security", CITY),
        ]

    def allows(self, who: Who, one: Of, row: Mapping[str, str]) -> bool:
        """Whether the policy lets somebody see a row."""
        caller = Actor(
            person=PersonId(who.person or f"{who.post}.{who.unit}"),
            name="p",
            post=who.post,
            unit=UnitCode(who.unit),
        )
        sight = sight_of(caller, self._tree)
        if sight.everything:
            return True
        if sight.person is not None:
            return one.persons and self._people[row["proposal_id"]] == sight.person
        units = [row["unit"]] if one.unit else self._units[row["proposal_id"]]
        return any(
            relation_to(
                UnitCode(unit), caller=caller, answering=(), taking_part=(), units=self._tree
            )
            in (Relation.OWN, Relation.ABOVE)
            for unit in units
        )

    async def rows(self, one: Of, who: Who) -> list[dict[str, str]]:
        """What a list shows somebody of this city's proposals."""
        path, _, query = one.path.partition("?")
        asked = dict(part.split("=") for part in query.split("&") if part)
        answer = await self._world.ask(
            one.service,
            path,
            post=who.post,
            unit=who.unit,
            person=who.person,
            limit=200,
            **asked,
        )
        assert answer.status == 200, answer
        rows = answer.body[one.rows] if one.rows else answer.body
        assert len(rows) < 200
        return [row for row in rows if row["proposal_id"] in self._cases]

    async def plays(self) -> None:
        """Its units are registered, and each proposal is handled as far as it comes."""
        registered = [
            UnitRegistered(
                code=UnitCode(code),
                name=f"{code}局",
                short_name=code,
                level=UnitLevel.SECTION
                if top != CITY
                else (UnitLevel.CITY if code.endswith("b1") else UnitLevel.DISTRICT),
                parent=UnitCode(top),
                source="",
            )
            for code, top in self._tree.parents.items()
        ]
        for service in (*SERVICES, "portal"):
            await self._world.hears(service, *registered)
        for case, part in zip(self._cases, self._city.parts, strict=True):
            await self._files(case, part)
        members = [self._cases[0]] + [
            case for case, part in zip(self._cases, self._city.parts, strict=True) if part.merged
        ]
        if len(members) > 1:
            group = {"main": members[0], "members": members, **WHY}
            await self._does("intake", "/groups", group, by=COMMISSION)
        for case, part in zip(self._cases, self._city.parts, strict=True):
            if not part.merged:
                await self._handles(case, part)
        for member in members[1:]:
            self._units[member] = self._units[members[0]]
        await self._world.settle()

    async def hands_down(self, giver: str, taker: str) -> Answer:
        """A unit tries to give another some of its work in the first proposal."""
        path = f"/proposals/{self._cases[0]}/tasks/{self._at(giver)}.1/hand-down"
        work = {"tasks": [{"unit": self._at(taker), "duty": "提出方案"}]}
        return await self._world.tell(
            "assignment", path, work, post="officer", unit=self._at(giver)
        )

    async def _files(self, case: str, part: Part) -> None:
        name = self._at(part.proposer)
        body = {
            **SUBMITTED,
            "proposal_id": case,
            "title": f"关于{case}的提案",
            "proposers": [{"name": name, "person": name}],
        }
        await self._does("intake", "/proposals", body, by=Who("proposer", CITY, name))
        await self._does("intake", f"/proposals/{case}/accept", {}, by=COMMISSION)

    async def _handles(self, case: str, part: Part) -> None:
        lead, co_handlers, below = (
            self._at(part.lead),
            [self._at(one) for one in part.co_handlers],
            [self._at(one) for one in part.below],
        )
        self._units[case] = {lead, *co_handlers, *below}
        at, tasks = f"/proposals/{case}", f"/proposals/{case}/tasks"
        item = {"proposal_id": case, "lead": lead, "co_handlers": co_handlers}
        await self._does("assignment", "/hand-overs", {"items": [item]}, by=CITY_OFFICE)
        for unit in (lead, *co_handlers):
            await self._does("assignment", f"{tasks}/{unit}.1/sign", by=of(unit))
        if below:
            work = {"tasks": [{"unit": unit, "duty": "提出方案"} for unit in below]}
            await self._does("assignment", f"{tasks}/{lead}.1/hand-down", work, by=of(lead))
        steps = [{"says": "定", "due_on": "2024-03-01"}]
        items = [{"says": "选定站点", "unit": unit, "milestones": steps} for unit in (lead, *below)]
        await self._does("assignment", f"{at}/items", {"items": items}, by=of(lead))
        demand = {"unit": lead, "demand": "请反馈"}
        await self._does("escalation", f"{at}/supervisions", demand, by=CITY_OFFICE)
        matter = {"evidence": "职责不清", "parties": [lead, *(co_handlers or below or [CITY])]}
        await self._does("escalation", f"{at}/matters", matter, by=CITY_OFFICE)
        own = f"{tasks}/{lead}.1"
        await self._does("reply", f"{own}/contacts", TALK, by=of(lead))
        draft = {"text": "现答复如下。", "result_class": "B"}
        await self._does("reply", f"{own}/drafts", draft, by=of(lead))
        if part.answered and not co_handlers:
            first = {"draft": 1}
            await self._does("reply", f"{own}/approve", first, by=of(lead, "section_head"))
            await self._does("reply", f"{own}/issue", {**SENT, **first}, by=of(lead, "head"))

    async def _does(self, service: str, path: str, body: Any = None, *, by: Who) -> None:
        if service != self._busy:
            await self._world.settle()
            self._busy = service
        answer = await self._world.tell(
            service, path, body, post=by.post, unit=by.unit, person=by.person
        )
        assert answer.status < 300, answer


async def test_a_section_of_a_city_bureau_is_not_the_districts_to_order(world: World) -> None:
    part = Part("甲", "d1", ("b1",), (), answered=False, merged=False)
    tree = Tree({"d1": CITY, "b1": CITY, "b1s0": "b1", "d1s0": "d1"})
    here = Here(world, City(tree, (part,)), uuid4().hex[:8])
    await here.plays()

    refused = await here.hands_down("d1", "b1s0")

    assert (refused.status, refused.body["findings"][0]["code"]) == (409, "not-under-you")
    assert (await here.hands_down("b1", "b1s0")).status == 200
    assert (await here.hands_down("d1", "d1s0")).status == 200
