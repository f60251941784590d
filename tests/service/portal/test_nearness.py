"""A light warns as early as the rule set says of its clock, in lists and figures alike."""

import pytest

from services.portal.domain.ledger import Filters
from services.portal.store import figures, ledger, overview, worklists
from services.portal.store.asking import Question
from services.portal.store.seeing import Seen
from shared.contracts.assignment import Role
from shared.contracts.registry import Number
from shared.nearness import Horizon
from shared.policy import Sight
from tests.service.portal.conftest import RULES
from tests.service.portal.lives import LONGHUA, Life, day, filed, task
from tests.service.portal.looking import look
from tests.world import World

ALL = Seen(Sight(everything=True))
TODAY = day("01-16")
# By seven days both would be near; signing, due on the 18th, warns one working day before.
WARNS_LATE = Horizon(TODAY, day("01-23"), {"sign": day("01-17")})
WARNS_EARLY = Horizon(TODAY, day("01-16"), {"reply": day("05-01")})


@pytest.fixture
async def owed(portal: World) -> World:
    """Longhua has to sign by 18 January and to reply by 15 April."""
    life = Life()
    await portal.hears("portal", *filed(life, "20240001"), life.assigned(task(LONGHUA, Role.LEAD)))
    portal.today = TODAY
    return portal


async def lights(world: World, near: Horizon) -> tuple[int, int, int]:
    """What is said of Longhua's duties: red, yellow, green; its proposal has the worst light."""
    async with world["portal"].backbone.desk.transaction() as tx:
        by_unit = (await worklists.open_by_unit(tx, near=near))[LONGHUA]
        [in_year] = await figures.by_unit(tx, Question(Filters(year="2024"), near, ALL))
    duties, proposals = (
        [row[light] for light in ("red", "yellow", "green")] for row in (by_unit, in_year)
    )
    worst = next(nth for nth, count in enumerate(duties) if count)
    assert proposals == [nth == worst for nth in range(3)]
    red, yellow, green = duties
    return red, yellow, green


async def found(world: World, light: str, near: Horizon) -> tuple[int, list[str]]:
    """What the ledger finds by a light, and which duty it shows."""
    question = Question(Filters(light=light), near, ALL)
    async with world["portal"].backbone.desk.transaction() as tx:
        page = await ledger.page(tx, question)
        count = await ledger.count(tx, question)
    return count, [row["duty"]["kind"] for row in page.rows]


async def test_figures_count_each_clock_by_its_own_warning(owed: World) -> None:
    assert await lights(owed, WARNS_LATE) == (0, 0, 2)
    assert await lights(owed, Horizon(TODAY, day("01-23"))) == (0, 1, 1)
    assert await lights(owed, WARNS_EARLY) == (0, 1, 1)


async def test_the_ledger_finds_by_the_light_that_it_shows(owed: World) -> None:
    assert await found(owed, "yellow", WARNS_LATE) == (0, [])
    assert await found(owed, "green", WARNS_LATE) == (1, ["sign"])
    assert await found(owed, "yellow", WARNS_EARLY) == (1, ["reply"]), "near before what is not"
    assert await found(owed, "green", WARNS_EARLY) == (0, [])
    assert await found(owed, "red", WARNS_EARLY) == (0, [])


async def test_what_presses_is_what_is_near_by_its_own_clock(owed: World) -> None:
    async with owed["portal"].backbone.desk.transaction() as tx:
        late = await overview.pressing(tx, near=WARNS_LATE, limit=9, seen=ALL)
        early = await overview.pressing(tx, near=WARNS_EARLY, limit=9, seen=ALL)

    assert late == []
    assert [duty["kind"] for duty in early] == ["reply"]


async def test_pages_read_the_warning_from_the_rule_set(owed: World) -> None:
    assert "临期 1" in await look(owed, "/units/D07")

    one_day = Number(value=1, says="签收前1个工作日起为临期", source=None)
    rules = RULES.model_copy(update={"edition": 2, "numbers": {"near:sign": one_day}})
    await owed.hears("portal", rules)

    assert "临期 0" in await look(owed, "/units/D07")
