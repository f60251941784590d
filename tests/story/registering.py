"""What those who keep the register do with units, posts, delegations and days."""

from collections.abc import Mapping
from typing import Any

from tests.story.office import CITY, OFFICE, act
from tests.world import Answer, World

ZHOU, WU = "周录入", "吴核对"


async def register_unit(
    world: World, code: str, name: str, *, short_name: str, level: str, parent: str
) -> Answer:
    """A unit is new, or stands under another one now."""
    body = {
        "name": name,
        "short_name": short_name,
        "level": level,
        "parent": parent,
        "source": "机构编制批复",
    }
    return await _keep(world, f"/units/{code}", body, method="PUT")


async def give_duties(world: World, code: str, *says: str) -> Answer:
    """What a unit is there for, as its founding document says."""
    body = {"duties": [{"says": one, "source": "三定规定（示例）"} for one in says]}
    return await _keep(world, f"/units/{code}/duties", body, method="PUT")


async def rename_unit(world: World, code: str, name: str) -> Answer:
    """From today on a unit has another name."""
    body = {"name": name, "short_name": name, "on": world.today.isoformat(), "source": "机构改革"}
    return await _keep(world, f"/units/{code}/rename", body)


async def end_unit(world: World, old_name: str, *successors: str, how: str = "merged") -> Answer:
    """From today on other units do its work."""
    body = {
        "old_name": old_name,
        "successors": list(successors),
        "how": how,
        "on": world.today.isoformat(),
        "source": "机构改革",
    }
    return await _keep(world, "/successions", body)


async def enter_people(world: World, names: Mapping[str, str], *, post: str, unit: str) -> None:
    """These people, by number and name, hold a post in a unit."""
    for person, name in names.items():
        body = {"name": name, "posts": [{"post": post, "unit": unit}]}
        await _keep(world, f"/people/{person}", body, method="PUT")


async def end_post(world: World, person: str, *, post: str, unit: str) -> Answer:
    """Somebody holds a post for the last day."""
    body = {"post": post, "unit": unit, "until": world.today.isoformat()}
    return await _keep(world, f"/people/{person}/end-post", body)


async def lend(world: World, *, post: str, unit: str, deputy: str, days: int) -> str:
    """The holder of a post lets another act in it from today on; the delegation's id."""
    until = world.today.fromordinal(world.today.toordinal() + days - 1)
    body = {
        "deputy": deputy,
        "post": post,
        "unit": unit,
        "since": world.today.isoformat(),
        "until": until.isoformat(),
        "why": "出差",
    }
    answer = await act(world, "registry", "/delegations", body, post=post, unit=unit)
    return str(answer.body["events"][0]["data"]["delegation"])


async def except_days(world: World, *days: tuple[str, bool], why: str) -> Answer:
    """One of the city office enters days that differ here, another confirms them."""
    year = days[0][0][:4]
    body = {
        "days": [{"day": day, "works": works, "name": why} for day, works in days],
        "why": why,
    }
    return await _by_two(world, year, "propose-exception", body)


async def announce_year(world: World, year: int, notice: str) -> Answer:
    """One of the city office pastes the notice of a year, another confirms it."""
    body = {"source": f"国务院办公厅关于{year}年部分节假日安排的通知", "notice": notice}
    return await _by_two(world, str(year), "propose", body)


async def _by_two(world: World, year: str, how: str, body: dict[str, Any]) -> Answer:
    path = f"/calendars/{year}"
    proposed = await act(
        world, "registry", f"{path}/{how}", body, post="office", unit=OFFICE, person=ZHOU
    )
    seen = {"proposal": proposed.body["events"][0]["data"]["proposal"]}
    return await act(
        world, "registry", f"{path}/confirm", seen, post="office", unit=OFFICE, person=WU
    )


async def _keep(world: World, path: str, body: dict[str, Any], *, method: str = "POST") -> Answer:
    return await act(world, "registry", path, body, post="operator", unit=CITY, method=method)
