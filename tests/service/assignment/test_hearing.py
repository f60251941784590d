"""What others tell assignment takes effect here, once."""

from shared.contracts.escalation import CoordinationDecided, Effect
from shared.contracts.event import Actor, PersonId
from tests.domain.assignment.office import CITY, FUTIAN, MONDAY, PROPOSAL
from tests.service.assignment.acts import act, hand_over, page, states
from tests.service.assignment.conftest import accepted
from tests.world import World

MAYOR = Actor(person=PersonId("p-mayor"), name="林副市长", post="leader", unit=CITY)


def decided(effect: Effect) -> CoordinationDecided:
    return CoordinationDecided(
        proposal_id=PROPOSAL,
        by=MAYOR,
        on=MONDAY,
        matter_id="m1",
        decision="由福田区牵头",
        effect=effect,
    )


async def test_an_accepted_proposal_lies_on_the_desk_until_it_is_handed_over(desk: World) -> None:
    found = await page(desk)

    assert (found["number"], found["merged_into"], found["tasks"]) == ("20240080", None, [])


async def test_an_event_that_comes_twice_takes_effect_once(desk: World) -> None:
    record = desk.record(decided(Effect(kind="new_lead", lead=FUTIAN)), sequence=1)
    await hand_over(desk)

    for _ in range(2):
        await desk["assignment"].backbone.hearing.hear([record])

    assert await desk.told_by("assignment") == ["HandlersAssigned", "HandlersReassigned"]


async def test_a_decision_puts_another_unit_in_the_lead_and_ends_work_below(desk: World) -> None:
    await hand_over(desk)
    await act(desk, "D09.1", "sign", unit="D09")
    await act(desk, "D09.1", "hand-down", unit="D09", tasks=[{"unit": "S003"}])

    await desk.hears("assignment", decided(Effect(kind="new_lead", lead=FUTIAN)))

    assert await states(desk) == {
        "D09.1": "ended",
        "C021.1": "unsigned",
        "C030.1": "noted",
        "S003.1": "ended",
        "D01.2": "unsigned",
    }


async def test_what_follows_from_a_decision_names_its_cause(desk: World) -> None:
    await hand_over(desk)

    await desk.hears("assignment", decided(Effect(kind="new_lead", lead=FUTIAN)))

    [cause] = await desk.rows(
        "assignment", "SELECT event_id::text FROM inbox WHERE source = '/huiban/escalation'"
    )
    [effect] = await desk.rows(
        "assignment",
        "SELECT headers->>'causationid' AS event_id FROM events WHERE type LIKE '%Reassigned%'",
    )
    assert effect == cause


async def test_a_decision_that_changes_nothing_tells_nothing(desk: World) -> None:
    await hand_over(desk)

    await desk.hears("assignment", decided(Effect(kind="as_it_is")))

    assert await desk.told_by("assignment") == ["HandlersAssigned"]


async def test_a_proposal_accepted_again_keeps_its_place(desk: World) -> None:
    await hand_over(desk)

    await desk.hears("assignment", accepted(PROPOSAL, "20240081"))

    found = await page(desk)
    assert (found["number"], len(found["tasks"])) == ("20240081", 3)
