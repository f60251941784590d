"""A merger is undone or grows; until the hand-over by the committee, afterwards by the office."""

from dataclasses import replace
from datetime import date

import pytest

from services.intake.domain.merging import Merging, join_group, merge_proposals
from services.intake.domain.objecting import object_to_merge, refuse_objection
from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import (
    AlreadyMerged,
    AnsweredAlready,
    MainNotHandedOver,
    MainStays,
    NoObjection,
    NotMerged,
    NotMergedHere,
    NotYourProposal,
    ObjectedAlready,
    OnlyCommitteeBeforeHandOver,
    OnlyOfficeAfterHandOver,
    PolicyMissing,
    TooFewToMerge,
    TooLateToObject,
)
from services.intake.domain.separating import Policy, undo_merge
from shared.contracts.event import Actor, ProposalId
from shared.contracts.intake import MergeUndone, ProposalsMerged
from tests.domain.intake.desk import COMMITTEE, FILED, FOR_WANG, LI, MONDAY, OFFICE, WANG, WU

FRIDAY = date(2024, 1, 19)


def filed(name: str, **more: object) -> Proposal:
    return replace(
        FILED,
        proposal_id=ProposalId(name),
        number=f"2024000{ord(name) - ord('a')}",
        **more,  # type: ignore[arg-type]
    )


MAIN = filed("m", group=ProposalId("m"), object_by=FRIDAY)
ONE, TWO = (filed(name, group=ProposalId("m"), object_by=FRIDAY) for name in "no")
ALONE = filed("p")
GROUP = (MAIN, ONE, TWO)
AT_WORK = (replace(MAIN, handed_over=True), ONE, TWO)


def undone(
    *group: Proposal,
    leaving: tuple[str, ...] = (),
    policy: Policy | None = None,
    by: Actor = COMMITTEE,
) -> tuple[MergeUndone, ...]:
    return undo_merge(
        group,
        main=MAIN.proposal_id,
        leaving=[ProposalId(one) for one in leaving],
        policy=policy,
        why="诉求不同",
        by=by,
        on=MONDAY,
    )


def joined(*group: Proposal, by: Actor = COMMITTEE) -> tuple[ProposalsMerged, ...]:
    merging = Merging(MAIN.proposal_id, "诉求相同")
    return join_group(group, [ALONE], merging=merging, by=by, on=MONDAY)


def test_the_whole_group_is_undone_told_to_each_that_leaves() -> None:
    events = undone(*GROUP)

    assert [event.proposal_id for event in events] == ["n", "o"]
    assert all(event.members == ("m", "n", "o") for event in events)
    assert not any(event.after_hand_over for event in events)


def test_or_one_of_its_members_leaves() -> None:
    [event] = undone(*GROUP, leaving=("o",))

    assert (event.proposal_id, event.main) == ("o", "m")


def test_the_main_one_does_not_leave_and_a_stranger_cannot() -> None:
    with pytest.raises(MainStays):
        undone(*GROUP, leaving=("m",))
    with pytest.raises(NotMergedHere):
        undone(*GROUP, leaving=("p",))
    with pytest.raises(NotMerged):
        undone(MAIN)


@pytest.mark.parametrize("policy", ["restart", "keep"])
def test_after_the_hand_over_the_office_says_what_becomes_of_the_clocks(policy: Policy) -> None:
    events = undone(*AT_WORK, policy=policy, by=OFFICE)

    assert {(event.after_hand_over, event.policy) for event in events} == {(True, policy)}
    with pytest.raises(PolicyMissing):
        undone(*AT_WORK, by=OFFICE)


def test_each_has_their_time_to_merge_and_to_separate() -> None:
    with pytest.raises(OnlyCommitteeBeforeHandOver):
        undone(*GROUP, by=OFFICE)
    with pytest.raises(OnlyOfficeAfterHandOver):
        undone(*AT_WORK, policy="keep")
    with pytest.raises(OnlyCommitteeBeforeHandOver):
        joined(*GROUP, by=OFFICE)
    with pytest.raises(OnlyOfficeAfterHandOver):
        joined(*AT_WORK)


def test_whoever_joins_later_is_told_of_to_all() -> None:
    events = joined(*GROUP)

    assert [event.proposal_id for event in events] == ["m", "n", "o", "p"]
    assert all(event.members == ("m", "n", "o", "p") for event in events)
    assert all(event.after_hand_over for event in joined(*AT_WORK, by=OFFICE))


def test_one_joins_a_group_and_comes_from_none() -> None:
    merging = Merging(MAIN.proposal_id, "诉求相同")

    with pytest.raises(NotMerged):
        join_group([], [ALONE], merging=merging, by=COMMITTEE, on=MONDAY)
    with pytest.raises(TooFewToMerge):
        join_group(GROUP, [], merging=merging, by=COMMITTEE, on=MONDAY)
    with pytest.raises(AlreadyMerged):
        join_group([MAIN, ONE], [TWO], merging=merging, by=COMMITTEE, on=MONDAY)


def test_the_main_one_is_the_one_that_is_handled() -> None:
    handled = replace(ALONE, handed_over=True)
    main = filed("q")

    with pytest.raises(MainNotHandedOver):
        merge_proposals(
            [handled, main],
            merging=Merging(main.proposal_id, "诉求相同"),
            by=OFFICE,
            on=MONDAY,
        )
    events = merge_proposals(
        [handled, main], merging=Merging(handled.proposal_id, "诉求相同"), by=OFFICE, on=MONDAY
    )
    assert all(event.after_hand_over for event in events)


def test_what_is_answered_is_neither_merged_nor_separated() -> None:
    answered = replace(AT_WORK[0], answered=True)

    with pytest.raises(AnsweredAlready):
        undone(answered, ONE, policy="keep", by=OFFICE)
    with pytest.raises(AnsweredAlready):
        joined(answered, ONE, by=OFFICE)


@pytest.mark.parametrize("by", [WANG, WU, FOR_WANG])
def test_an_author_objects_until_the_last_day(by: Actor) -> None:
    event = object_to_merge(ONE, objected=(), why="诉求不同", by=by, on=FRIDAY)

    assert (event.proposal_id, event.main) == ("n", "m")
    with pytest.raises(TooLateToObject, match="2024-01-19"):
        object_to_merge(ONE, objected=(), why="不同", by=by, on=date(2024, 1, 20))


def test_once_and_only_an_author_and_only_to_a_merger() -> None:
    with pytest.raises(ObjectedAlready):
        object_to_merge(ONE, objected={WANG.person}, why="不同", by=FOR_WANG, on=MONDAY)
    with pytest.raises(NotYourProposal):
        object_to_merge(ONE, objected=(), why="不同", by=LI, on=MONDAY)
    with pytest.raises(NotMerged):
        object_to_merge(ALONE, objected=(), why="不同", by=WANG, on=MONDAY)


def test_without_a_clock_in_the_rules_one_may_always_object() -> None:
    proposal = replace(ONE, object_by=None)

    assert object_to_merge(proposal, objected=(), why="不同", by=WANG, on=date(2030, 1, 1))


def test_the_committee_answers_what_was_objected() -> None:
    event = refuse_objection(ONE, open_objections=1, why="诉求相同", by=COMMITTEE, on=MONDAY)

    assert event.main == "m"
    with pytest.raises(NoObjection):
        refuse_objection(ONE, open_objections=0, why="相同", by=COMMITTEE, on=MONDAY)
    with pytest.raises(NotMerged):
        refuse_objection(ALONE, open_objections=1, why="相同", by=COMMITTEE, on=MONDAY)
