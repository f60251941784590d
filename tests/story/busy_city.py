"""A city in the midst of its year: something of every kind, for whoever looks at the pages."""

from dataclasses import dataclass
from datetime import date

from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import HeldPost, PersonRegistered, Post
from tests.story.answering import check_reply, draft, opine, publish, rate, reply
from tests.story.assigning import ask_extension
from tests.story.office import (
    CITY,
    COMMITTEE,
    EDUCATION,
    FUTIAN,
    HEALTH,
    HOUSING,
    LI,
    LONGHUA,
    LONGHUA_EDUCATION,
    NANSHAN,
    OFFICE,
    TRANSPORT,
    WANG,
    ZHAO,
    decline,
    designate_key,
    filed,
    hand_down,
    hand_over,
    merge,
    return_task,
    row,
    sign,
    submit,
)
from tests.story.proposing import begin_draft
from tests.story.registering import lend
from tests.story.watching import flag, mornings_until
from tests.world import World

PUT_BY = {"member": LI, "redone": LI, "returned": ZHAO, "key": ZHAO}
LATER = date(2024, 4, 19)


@dataclass(frozen=True, slots=True)
class City:
    """Its cases, by what they are called here, and whom each one concerns beside the city."""

    cases: dict[str, str]
    titles: dict[str, str]
    concerns: dict[str, frozenset[str]]  # units and proposers

    def seen_by(self, unit: str, person: str) -> set[str]:
        """The cases that a unit or a proposer may read."""
        return {name for name, those in self.concerns.items() if {unit, person} & those}


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody of the cast, in the seat that they take."""

    post: str
    unit: str
    person: str = ""
    sees_all: bool = False

    def __str__(self) -> str:
        return f"{self.post}.{self.person or self.unit}"

    @property
    def who(self) -> str:
        return self.person or f"{self.post}.{self.unit}"


CAST = (
    Part("office", OFFICE, sees_all=True),
    Part("supervision", OFFICE, sees_all=True),
    Part("committee", COMMITTEE, sees_all=True),
    Part("leader", CITY, sees_all=True),
    Part("operator", OFFICE, sees_all=True),
    Part("auditor", OFFICE, sees_all=True),
    Part("security", OFFICE),
    Part("officer", LONGHUA),
    Part("section_head", LONGHUA),
    Part("deputy", LONGHUA),
    Part("head", LONGHUA),
    Part("officer", LONGHUA_EDUCATION),
    Part("head", FUTIAN),
    Part("officer", TRANSPORT),
    Part("head", HEALTH),
    Part("officer", EDUCATION),
    Part("head", NANSHAN),
    Part("proposer", CITY, WANG),
    Part("proposer", CITY, LI),
    Part("proposer", CITY, ZHAO),
)


async def a_busy_city(world: World) -> City:
    """Play until April; the year began in January."""
    for name in (WANG, LI, ZHAO):
        seat = HeldPost(post=Post.PROPOSER, unit=UnitCode(CITY))
        await world.hears(
            "portal", PersonRegistered(person=PersonId(name), name=name, posts=(seat,))
        )
    titles = {
        "answered": "关于加装电梯便利老年人出行的提案",
        "late": "关于推动跨区公交线路衔接的提案",
        "returned": "关于完善社区卫生服务的提案",
        "main": "关于配套幼儿园移交的提案",
        "member": "关于幼儿园尽早投入使用的提案",
        "key": "关于打造河套创新合作平台的提案",
        "promised": "关于开行社区微循环巴士的提案",
        "redone": "关于学校周边交通组织的提案",
        "waiting": "关于增设口袋公园的提案",
        "declined": "关于个人房产纠纷的提案",
        "open": "关于背街小巷改造的提案",
    }
    cases = {
        name: await (submit if name in ("waiting", "declined") else filed)(
            world, title, PUT_BY.get(name, WANG)
        )
        for name, title in titles.items()
    }
    concerns = {
        name: frozenset({PUT_BY.get(name, WANG), *units})
        for name, units in {
            "answered": {LONGHUA, TRANSPORT},
            "late": {LONGHUA, FUTIAN, LONGHUA_EDUCATION},
            "returned": {HEALTH},
            "main": {LONGHUA, EDUCATION},
            "member": {LONGHUA, EDUCATION},
            "key": {NANSHAN},
            "promised": {LONGHUA},
            "redone": {TRANSPORT},
            "waiting": set[str](),
            "declined": set[str](),
            "open": set[str](),
        }.items()
    }
    await decline(world, cases["declined"], reason_code="personal")
    await merge(world, cases["main"], cases["member"])
    await designate_key(world, cases["key"], leader="李副市长", supervised_by="市政府办公厅")
    await hand_over(
        world,
        row(cases["answered"], lead=LONGHUA, co_handlers=[TRANSPORT]),
        row(cases["late"], lead=LONGHUA, co_handlers=[FUTIAN]),
        row(cases["returned"], lead=HEALTH),
        row(cases["main"], lead=LONGHUA, co_handlers=[EDUCATION]),
        row(cases["key"], lead=NANSHAN),
        row(cases["promised"], lead=LONGHUA),
        row(cases["redone"], lead=TRANSPORT),
        meeting="市政府提案交办会",
    )
    await _lived(world, cases)
    return City(cases, titles, concerns)


async def _lived(world: World, cases: dict[str, str]) -> None:
    await sign(world, cases["answered"], LONGHUA, TRANSPORT)
    await opine(world, cases["answered"], TRANSPORT)
    await reply(world, cases["answered"], LONGHUA)
    await check_reply(world, cases["answered"], "D07.r1", "accept")
    await rate(world, cases["answered"], "D07.r1")
    for letter in ("D07.r1", "C028.1.o1"):
        await publish(world, cases["answered"], letter, "decide-publication", {"attribute": "open"})
        await publish(world, cases["answered"], letter, "release", {})

    await sign(world, cases["late"], LONGHUA, FUTIAN)
    await hand_down(world, cases["late"], LONGHUA, below=[LONGHUA_EDUCATION])
    await flag(world, cases["late"], LONGHUA, FUTIAN)

    await return_task(world, cases["returned"], HEALTH, proposed=HOUSING)

    await sign(world, cases["main"], LONGHUA, EDUCATION)
    await draft(world, cases["main"], LONGHUA)
    await ask_extension(world, cases["main"], LONGHUA, "2024-05-10")

    promises = [
        {"text": "开通微循环线路三条", "due_on": "2024-04-10"},
        {"text": "新建站台五处", "due_on": "2024-12-20"},
    ]
    await sign(world, cases["promised"], LONGHUA)
    await reply(world, cases["promised"], LONGHUA, result_class="B", promises=promises)

    await sign(world, cases["redone"], TRANSPORT)
    await reply(world, cases["redone"], TRANSPORT)
    await rate(world, cases["redone"], "C028.r1", LI, result="dissatisfied")

    await lend(world, post="head", unit=LONGHUA, deputy="deputy.D07", days=90)
    await begin_draft(world, WANG, LI)
    await begin_draft(world, ZHAO)
    await mornings_until(world, LATER)
