"""Who sees which page: by no address is anything foreign readable."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest

from services.portal.domain.story import LINES
from services.portal.domain.telling import PROPOSERS_ARE_TOLD, RATED
from services.portal.forms.catalogue import FORMS
from shared.contracts.assignment import Role
from shared.contracts.event import PersonId, ProposalId
from shared.contracts.intake import ProposalKind, Proposer
from shared.contracts.reply import Rating, RatingClosed
from tests.service.portal.conftest import RULES
from tests.service.portal.lives import (
    CITY,
    EDUCATION,
    HEALTH,
    LONGHUA,
    OFFICE,
    TRANSPORT,
    UNITS,
    Life,
    day,
    someone,
    task,
)
from tests.world import Keys, World, copy_of, world_on

TITLES = {
    "lifts": "关于加装电梯的提案",
    "buses": "关于增开公交的提案",
    "clinics": "关于社区医院的提案",
    "schools": "关于学校周边的提案",
    "nursery": "关于幼儿园移交的提案",
    "parks": "关于口袋公园的提案",
}
CASES = {name: ProposalId(f"00000000-0000-4000-8000-{nth:012d}") for nth, name in enumerate(TITLES)}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody in a post, and the cases that concern them."""

    post: str
    unit: str
    sees: frozenset[str]
    person: str | None = None

    def __str__(self) -> str:
        return f"{self.post}.{self.unit}"


EVERYTHING = frozenset(TITLES)
LONGHUAS = frozenset({"lifts", "schools", "nursery"})
READERS = (
    Reader("office", OFFICE, EVERYTHING),
    Reader("supervision", OFFICE, EVERYTHING),
    Reader("committee", CITY, EVERYTHING),
    Reader("leader", CITY, EVERYTHING),
    Reader("operator", OFFICE, EVERYTHING),
    Reader("auditor", OFFICE, EVERYTHING),
    Reader("security", OFFICE, frozenset()),
    Reader("officer", LONGHUA, LONGHUAS),
    Reader("head", LONGHUA, LONGHUAS),
    Reader("section_head", EDUCATION, frozenset({"lifts"})),
    Reader("deputy", TRANSPORT, frozenset({"lifts", "buses"})),
    Reader("officer", HEALTH, frozenset({"clinics"})),
    Reader("proposer", CITY, frozenset({"buses", "nursery"}), "member.one"),
    Reader("proposer", CITY, frozenset({"parks"}), "member.two"),
)
readers = pytest.mark.parametrize("reader", READERS, ids=str)


def by(name: str, person: str) -> tuple[Proposer, ...]:
    return (Proposer(name=name, person=PersonId(person)),)


@pytest.fixture(scope="module")
async def year(admin_url: str, template: str, keys: Keys) -> AsyncIterator[World]:
    """Six cases: each concerns somebody else; schools and nursery are merged."""
    lives = {name: Life(id) for name, id in CASES.items()}
    async with (
        copy_of(admin_url, template) as url,
        world_on(url, keys, services=["portal"], today=day("03-01")) as world,
    ):
        await world.hears("portal", *UNITS, RULES)
        for nth, (name, life) in enumerate(lives.items(), 1):
            who = {
                "buses": by("委员甲", "member.one"),
                "nursery": by("委员甲", "member.one"),
                "parks": by("委员乙", "member.two"),
            }.get(name, by("委员丙", "member.three"))
            await world.hears(
                "portal",
                life.submitted(TITLES[name], proposers=who, kind=ProposalKind.SINGLE),
                life.accepted(f"2024{nth:04d}"),
            )
        members = (CASES["schools"], CASES["nursery"])
        await world.hears(
            "portal",
            lives["schools"].merged(members[0], *members),
            lives["nursery"].merged(members[0], *members),
            lives["lifts"].assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
            lives["lifts"].handed_down(LONGHUA, task(EDUCATION, Role.LEAD, parent="D07.1")),
            lives["lifts"].flagged(LONGHUA, TRANSPORT),
            lives["buses"].assigned(task(TRANSPORT, Role.LEAD)),
            lives["buses"].signed(TRANSPORT),
            lives["buses"].drafted(TRANSPORT),
            lives["buses"].issued(TRANSPORT),
            lives["buses"].rated(TRANSPORT, Rating.DISSATISFIED, by="委员甲"),
            lives["clinics"].assigned(task(HEALTH, Role.LEAD)),
            lives["clinics"].key(),
            lives["schools"].assigned(task(LONGHUA, Role.LEAD)),
        )
        yield world


def browser(world: World, reader: Reader) -> dict[str, str]:
    """What the reader's browser sends along."""
    token = world.token(post=reader.post, unit=reader.unit, person=reader.person)
    return {
        "authorization": f"Bearer {token}",
        "accept": "text/html",
        "huiban-today": world.today.isoformat(),
    }


async def look(world: World, reader: Reader, path: str) -> httpx.Response:
    return await world["portal"].client.get(path, headers=browser(world, reader))


@readers
async def test_what_is_not_theirs_is_not_there(year: World, reader: Reader) -> None:
    for name, case in CASES.items():
        response = await look(year, reader, f"/proposals/{case}")
        assert response.status_code == (200 if name in reader.sees else 404), name
        if name not in reader.sees:
            unknown = case.replace("8000", "8fff")
            there_is_none = await look(year, reader, f"/proposals/{unknown}")
            assert response.text.replace(case, "") == there_is_none.text.replace(unknown, "")


@readers
async def test_no_form_opens_upon_what_is_not_theirs(year: World, reader: Reader) -> None:
    for name in sorted(EVERYTHING - reader.sees):
        for code, form in FORMS.items():
            if form.about == "nothing" or form.needs_fresh_sign_in:
                continue
            path = f"/do/{code}?proposal_id={CASES[name]}&task_id=D07.1&reply_id=C030.r1"
            response = await look(year, reader, f"{path}&promise_id=p&matter_id=m1")
            assert response.status_code == 404, path


@readers
async def test_a_units_figures_are_for_itself_and_for_who_sees_all(
    year: World, reader: Reader
) -> None:
    response = await look(year, reader, "/report.json?unit=D07&year=2024")

    may_read = reader.unit == LONGHUA or reader.sees == EVERYTHING
    assert response.status_code == (200 if may_read else 404)
    foreign = EVERYTHING - reader.sees
    assert not {
        one for one in foreign if TITLES[one] in response.text or CASES[one] in response.text
    }


@readers
async def test_counts_are_of_what_one_sees(year: World, reader: Reader) -> None:
    ledger = re.sub(r"<[^>]+>", "", (await look(year, reader, "/ledger")).text)

    assert f"{len(reader.sees)}件" in ledger


async def test_a_units_pages_are_its_own_and_those_below(year: World) -> None:
    officer = READERS[7]
    found = {
        path: (await look(year, officer, path)).status_code
        for unit in (LONGHUA, EDUCATION, TRANSPORT, OFFICE)
        for path in (f"/units/{unit}", f"/report?unit={unit}&year=2024")
    }

    assert found == {
        "/units/D07": 200,
        "/report?unit=D07&year=2024": 200,
        "/units/S003": 200,
        "/report?unit=S003&year=2024": 200,
        "/units/C030": 404,
        "/report?unit=C030&year=2024": 404,
        "/units/C007": 404,
        "/report?unit=C007&year=2024": 404,
    }


async def test_a_unit_reads_a_rating_when_the_asking_is_over(year: World) -> None:
    unit = next(one for one in READERS if one.unit == TRANSPORT)
    member = next(one for one in READERS if one.person == "member.one")
    path, says = f"/proposals/{CASES['buses']}", 'class="rating-dissatisfied"'
    assert says not in (await look(year, unit, path)).text
    assert "不满意" not in (await look(year, unit, "/")).text
    assert says in (await look(year, member, path)).text, "their own word"
    assert says in (await look(year, READERS[2], path)).text, "the committee asked for it"

    await year.hears(
        "portal",
        RatingClosed(
            proposal_id=CASES["buses"],
            by=someone(CITY, "committee"),
            on=day("04-20"),
            reply_id="C030.r1",
            round=1,
            unit=TRANSPORT,
        ),
    )

    assert says in (await look(year, unit, path)).text


async def test_a_proposer_is_not_told_how_offices_came_to_an_answer(year: World) -> None:
    member = next(one for one in READERS if one.person == "member.one")
    page = (await look(year, member, f"/proposals/{CASES['buses']}")).text
    page, _, _ = page.partition("words-here")  # the glossary tells nothing of this case

    assert "电梯将于年内开工。" in page
    assert "拟稿" not in page
    assert "签收" not in re.sub(r"(?s)<ol class=\"steps.*?</ol>", "", page)


def test_what_proposers_are_told_is_told_at_all() -> None:
    assert LINES.keys() > PROPOSERS_ARE_TOLD
    assert RATED in LINES
    assert RATED not in PROPOSERS_ARE_TOLD


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/desk", "/ledger", "/units", "/units/D07", "/report", "/changes", "/do/submit"),
        *("/report.json?unit=D07&year=2024", "/report.md?unit=D07&year=2024"),
        f"/proposals/{CASES['lifts']}",
    ],
)
async def test_nobody_reads_anything_without_signing_in(year: World, path: str) -> None:
    program = await year["portal"].client.get(path)
    person = await year["portal"].client.get(path, headers={"accept": "text/html"})

    assert program.status_code == 401
    assert person.status_code == 303
    assert person.headers["location"].startswith("/sign-in?next=")
