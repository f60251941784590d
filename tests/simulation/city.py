"""The city: its units and members, and what comes in when. All of it is drawn from the seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from shared.contracts.registry import UnitRegistered
from shared.reference import Reference

FIRST_DAY, LAST_DAY = date(2024, 1, 22), date(2024, 12, 31)
IN_SESSION, AT_MOST_LATE = 12, 250  # days from the first on which proposals come in
HANDLING = ("bureau", "agency", "government")
SUBJECTS = ("社区巴士", "旧楼加装电梯", "河道治理", "学位供给", "口袋公园", "夜间急诊", "慢行道")
WISHES = ("增设", "改善", "规范", "保障", "优化")
PLACES = ("民治", "龙华", "福田", "南山", "罗湖", "盐田", "宝安", "坪山", "光明", "大鹏")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a city is played, and for how long."""

    proposals: int = 700
    units: int = 120
    members: int = 200
    days: int = (LAST_DAY - FIRST_DAY).days
    patience: int = 6  # days, about, until people look again at what is open


@dataclass(frozen=True, slots=True)
class Planned:
    """A proposal that somebody will hand in on a day."""

    proposal_id: str
    on: date
    title: str
    text: str
    proposers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class City:
    """Who takes part in the year: ``below`` are the units under each, ``pace`` how quick it is."""

    handling: tuple[str, ...]  # those to which the office hands over
    below: dict[str, tuple[str, ...]]
    pace: dict[str, float]
    planned: tuple[Planned, ...]

    def others(self, held: set[str]) -> list[str]:
        """Units that could get a part in what these hold already."""
        return [code for code in self.handling if code not in held]


def drawn(known: Reference, size: Size, *, dice: Random) -> City:
    """The city of this seed: departments and districts, and as many units below them as fit."""
    top = sorted(code for code, unit in known.units.items() if _handles(unit))
    handling = dice.sample(top, min(len(top), max(10, size.units // 2)))
    under = sorted(code for code, unit in known.units.items() if unit.parent in handling)
    taking = dice.sample(under, min(len(under), max(6, size.units - len(handling))))
    return City(
        handling=tuple(sorted(handling)),
        below={
            one: tuple(sorted(code for code in taking if known.units[code].parent == one))
            for one in handling
        },
        pace={code: dice.choice([0.2, 1, 1, 1, 2]) for code in sorted((*handling, *taking))},
        planned=tuple(sorted(_planned(size, dice=dice), key=lambda one: one.on)),
    )


def _handles(unit: UnitRegistered) -> bool:
    return unit.parent == "C001" and unit.kind in HANDLING and unit.code != "C007"


def _planned(size: Size, *, dice: Random) -> Iterator[Planned]:
    members = [f"委员{nth:03}" for nth in range(size.members)]
    for nth in range(size.proposals):
        in_session = dice.random() < 0.85
        latest = IN_SESSION if in_session else min(AT_MOST_LATE, size.days)
        place, subject = dice.choice(PLACES), dice.choice(SUBJECTS)
        yield Planned(
            proposal_id=str(UUID(int=dice.getrandbits(128), version=4)),
            on=FIRST_DAY + timedelta(days=dice.randint(0, latest)),
            title=f"关于{dice.choice(WISHES)}{place}{subject}的提案（{nth}）",
            text=f"{place}的{subject}不足。建议：1.摸清底数；2.制定方案；3.公开进度。",
            proposers=tuple(dice.sample(members, dice.choice([1, 1, 1, 2, 3]))),
        )
