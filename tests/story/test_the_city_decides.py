"""The city decides: a leader's decision on a matter sets a date or a role, and it binds."""

from typing import Any

import pytest

from tests.story.answering import reply
from tests.story.assigning import assignment
from tests.story.office import (
    CITY,
    LONGHUA,
    TRANSPORT,
    Refused,
    act,
    filed,
    hand_over,
    return_task,
    row,
    sign,
)
from tests.story.seeing import case_page, handling
from tests.story.watching import flag
from tests.world import World


async def decided(world: World, effect: dict[str, Any]) -> str:
    """A matter was flagged, and a leader decided it with this effect."""
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA)
    await flag(world, case, LONGHUA, TRANSPORT)
    path = f"/proposals/{case}/matters/m1/decide"
    body = {"decision": "经市领导协调决定", "effect": effect}
    await act(world, "escalation", path, body, post="leader", unit=CITY)
    return case


async def test_a_new_date_is_set_and_explained(world: World) -> None:
    effect = {"kind": "new_date", "unit": LONGHUA, "due_on": "2024-06-28"}
    case = await decided(world, effect)

    answer = (await handling(world, case))["D07.1"]["answer"]
    assert answer["on"] == "2024-06-28"
    assert answer["steps"][-1]["says"] == "2024-01-22经领导决定，由2024-04-22改为2024-06-28"
    assert "领导决定调整期限：龙华区人民政府办理期限由2024-04-22改为2024-06-28" in (
        await case_page(world, case)
    )


async def test_a_co_handler_answers_for_its_own_part_and_the_lead_does_so_too(
    world: World,
) -> None:
    effect = {"kind": "new_role", "unit": TRANSPORT, "role": "split"}
    case = await decided(world, effect)

    tasks = await handling(world, case)
    assert [(one, tasks[one]["role"], tasks[one]["bound"]) for one in ("C028.2", "D07.2")] == [
        ("C028.2", "split", True),
        ("D07.2", "split", True),
    ]
    with pytest.raises(Refused, match="409 decided-for-good"):
        await return_task(world, case, TRANSPORT, proposed=LONGHUA, generation=2)
    await sign(world, case, TRANSPORT, generation=2)
    await reply(world, case, TRANSPORT, generation=2)
    assert (await assignment(world, case))["answers"]["answered_on"] is None
    await reply(world, case, LONGHUA, generation=2)
    assert (await assignment(world, case))["answers"]["answered_on"] == "2024-01-22"


async def test_money_that_is_asked_of_the_city_changes_no_task(world: World) -> None:
    case = await decided(world, {"kind": "ask", "unit": CITY})

    assert list(await handling(world, case)) == ["D07.1", "C028.1"]
