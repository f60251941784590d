"""Taken back: the proposers withdraw what is under way, and everything about it ends."""

import pytest

from tests.story.assigning import assignment, on_proposal
from tests.story.office import (
    LONGHUA,
    MINZHI,
    TRANSPORT,
    Refused,
    complete,
    filed,
    hand_down,
    hand_over,
    row,
    sign,
)
from tests.story.proposing import review
from tests.story.seeing import clocks, handling
from tests.world import World


async def take_back(world: World, case: str) -> None:
    """The committee records that its proposers took it back."""
    await review(world, case, "withdraw", why="问题已经解决")


async def test_every_task_and_every_clock_ends(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA)
    await hand_down(world, case, LONGHUA, below=[MINZHI])
    await sign(world, case, MINZHI)

    await take_back(world, case)

    assert {task["state"] for task in (await handling(world, case)).values()} == {"ended"}
    assert set((await clocks(world, case)).values()) <= {"dead", "stopped"}
    for act in (sign(world, case, TRANSPORT), complete(world, case, MINZHI)):
        with pytest.raises(Refused, match="409 taken-back 提案人已撤回这件提案"):
            await act
    with pytest.raises(Refused, match="409 taken-back"):
        await on_proposal(world, case, "handlers", unit=TRANSPORT, role="co_handle", why="涉及")
    assert (await assignment(world, case))["withdrawn_on"] == "2024-01-22"


async def test_taken_back_before_the_meeting_it_is_not_handed_over(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await take_back(world, case)

    with pytest.raises(Refused) as refused:
        await hand_over(world, row(case, lead=LONGHUA))

    assert [one["code"] for one in refused.value.answer.body["findings"]] == ["taken-back"]
