"""A list is handed over over HTTP: all of it, or nothing and every fault named."""

from shared.contracts.event import ProposalId
from shared.contracts.intake import ProposalsMerged
from tests.domain.assignment.office import MONDAY, OTHER_PROPOSAL, PROPOSAL
from tests.service.assignment.acts import hand_over, item, page, states
from tests.service.assignment.conftest import COMMITTEE
from tests.world import World

NOT_FILED = ProposalId("99999999-0000-4000-8000-000000000000")


async def test_a_list_is_handed_over_in_one_act(desk: World) -> None:
    answer = await hand_over(desk, item(), item(OTHER_PROPOSAL, split=["D01", "D09"]))

    assert (answer.status, answer.told) == (200, ["HandlersAssigned", "HandlersAssigned"])
    assert await states(desk) == {"D09.1": "unsigned", "C021.1": "unsigned", "C030.1": "noted"}
    assert await desk.told_by("assignment", OTHER_PROPOSAL) == ["HandlersAssigned"]


async def test_one_faulty_row_and_nothing_is_handed_over(desk: World) -> None:
    answer = await hand_over(
        desk, item(), item(OTHER_PROPOSAL, lead="市教育厅"), item(NOT_FILED, lead="D09")
    )

    assert (answer.status, answer.code) == (409, "faulty-list")
    assert answer.says == "清单第2、3行有问题，整份清单都没有生效；请按所列问题改正后再提交。"
    assert [
        (finding["row"], finding["column"], finding["number"], finding["code"])
        for finding in answer.body["findings"]
    ] == [(2, "lead", "20240498", "unknown-unit"), (3, "proposal_id", None, "not-filed")]
    assert await desk.told_by("assignment") == []
    assert await states(desk) == {}


async def test_what_cannot_be_read_is_named_by_row_and_column(desk: World) -> None:
    answer = await hand_over(desk, item(), {"proposal_id": "20240080", "head": "D09"})

    assert (answer.status, answer.code) == (422, "malformed")
    assert [finding["field"] for finding in answer.body["findings"]] == [
        "body.items.1.proposal_id",
        "body.items.1.head",
    ]


async def test_a_meeting_is_named_in_characters_that_everyone_can_keep(desk: World) -> None:
    body = {"meeting": "交办会\0", "items": [item()]}

    answer = await desk.tell("assignment", "/hand-overs", body, post="office")

    assert (answer.status, answer.body["findings"][0]["field"]) == (422, "body.meeting")


async def test_blank_names_and_long_texts_are_refused(desk: World) -> None:
    blank = await hand_over(desk, item(lead="  "))
    long = await hand_over(desk, item(lead="局" * 101))

    assert blank.body["findings"] == [{"field": "body.items.0.lead", "says": "文字过短，至少1字"}]
    assert long.body["findings"] == [{"field": "body.items.0.lead", "says": "文字过长，最多100字"}]


async def test_an_empty_list_is_refused(desk: World) -> None:
    answer = await desk.tell("assignment", "/hand-overs", {"items": []}, post="office")

    assert answer.status == 422


async def test_only_the_office_hands_over(desk: World) -> None:
    answer = await hand_over(desk, post="officer")

    assert (answer.status, answer.code) == (403, "post-may-not")


async def test_a_proposal_is_handed_over_once(desk: World) -> None:
    await hand_over(desk)

    answer = await hand_over(desk)

    assert answer.status == 409
    assert [finding["code"] for finding in answer.body["findings"]] == ["handed-over-already"]


async def test_a_merged_proposal_is_handled_with_the_main_one(desk: World) -> None:
    for member in (PROPOSAL, OTHER_PROPOSAL):
        merged = ProposalsMerged(
            proposal_id=member,
            by=COMMITTEE,
            on=MONDAY,
            main=OTHER_PROPOSAL,
            members=(PROPOSAL, OTHER_PROPOSAL),
            why="同一诉求",
        )
        await desk.hears("assignment", merged)

    refused = await hand_over(desk)
    main = await hand_over(desk, item(OTHER_PROPOSAL))

    assert refused.body["findings"][0]["says"] == (
        "这件提案已并入第20240498号提案，随主提案一并办理，不能单独交办。"
    )
    assert main.status == 200
    assert await desk.rows("assignment", "SELECT why FROM parked") == []
    assert (await page(desk))["merged_into"] == OTHER_PROPOSAL


async def test_a_list_is_checked_before_it_is_handed_over_and_nothing_is_written(
    desk: World,
) -> None:
    good = {"items": [item(), item(OTHER_PROPOSAL, split=["D01", "D09"])]}
    faulty = {"items": [item(lead="市教育厅")]}

    plan = await desk.tell("assignment", "/hand-overs/check", good, post="office")
    findings = await desk.tell("assignment", "/hand-overs/check", faulty, post="office")
    officer = await desk.tell("assignment", "/hand-overs/check", good, post="officer", unit="D09")

    tasks = plan.body["tasks"]
    assert plan.status == 200
    assert {(one["unit"], one["role"]) for one in tasks} >= {("D01", "split"), ("D09", "split")}
    assert all(one["sign_by"] and one["answer_by"] for one in tasks if one["role"] == "split")
    assert (findings.status, findings.code) == (409, "faulty-list")
    assert officer.status == 403
    assert await desk.told_by("assignment") == []
    assert await states(desk) == {}
