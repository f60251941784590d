"""Events become rows: each says what it knows, the last word wins, nothing is made up."""

from datetime import UTC, date, datetime
from uuid import uuid4

from services.portal.domain.fold import READINGS, fold
from services.portal.domain.story import LINES
from shared.contracts import EVERY_EVENT
from shared.contracts.assignment import AssignmentSigned, Role
from shared.contracts.event import PROPOSALS
from shared.contracts.intake import (
    Origin,
    ProposalAccepted,
    ProposalKind,
    ProposalsMerged,
    ProposalSubmitted,
    Proposer,
)
from shared.envelope import Heard
from tests.domain.portal.stories import (
    CLERK,
    HEALTH,
    LEAD_TASK,
    LONGHUA,
    MONDAY,
    OFFICER,
    PROPOSAL,
    SIBLING,
    TRANSPORT,
    TUESDAY,
    assigned,
    folded,
    keys,
    row,
    task,
)

TOLD = {name for name, event in EVERY_EVENT.items() if event.topic == PROPOSALS}
SUBMITTED = ProposalSubmitted(
    proposal_id=PROPOSAL,
    by=CLERK,
    on=MONDAY,
    year=2024,
    title="关于加装电梯的提案",
    text="老旧小区宜加装电梯。",
    kind=ProposalKind.JOINT,
    proposers=(Proposer(name="李娜"), Proposer(name="王强")),
    origin=Origin.COMPOSED,
)
ACCEPTED = ProposalAccepted(proposal_id=PROPOSAL, by=CLERK, on=TUESDAY, number="20240001")


def test_every_event_of_a_proposal_is_read_kept_and_read_out() -> None:
    # Some events are told of in the timeline only, such as a signature to a draft.
    assert READINGS.keys() <= TOLD
    assert LINES.keys() == TOLD


def test_what_one_event_leaves_out_stays_as_another_told_it() -> None:
    written = folded(SUBMITTED, ACCEPTED)

    proposal = row(written, "proposals")
    assert (proposal["title"], proposal["number"]) == ("关于加装电梯的提案", "20240001")
    assert (proposal["submitted_on"], proposal["accepted_on"]) == ("2024-01-15", "2024-01-16")


def test_the_last_word_on_the_state_wins() -> None:
    assert row(folded(SUBMITTED), "proposals")["state"] == "submitted"
    assert row(folded(SUBMITTED, ACCEPTED), "proposals")["state"] == "accepted"


def test_a_composed_record_stays_marked() -> None:
    assert row(folded(SUBMITTED), "proposals")["origin"] == "composed"


def test_title_and_proposers_can_be_found_by_pairs_of_characters() -> None:
    text = row(folded(SUBMITTED), "texts")

    assert {"电梯", "李娜", "王强"} <= set(text["terms"])
    assert "案李" not in text["terms"], "the title's end and a name are no pair"


def test_the_main_proposal_of_a_group_is_not_merged_into_itself() -> None:
    members = (PROPOSAL, SIBLING)
    main, member = (
        ProposalsMerged(
            proposal_id=one, by=CLERK, on=TUESDAY, main=PROPOSAL, members=members, why="同一事"
        )
        for one in members
    )

    written = folded(main, member)

    assert "merged_into" not in row(written, "proposals")
    assert written.rows["proposals"][(SIBLING,)]["merged_into"] == PROPOSAL
    assert written.rows["proposals"][(SIBLING,)]["state"] == "merged"


def test_each_task_starts_its_clocks_and_a_reference_task_none() -> None:
    written = folded(
        assigned(
            task(LONGHUA, Role.LEAD),
            task(TRANSPORT, Role.CO_HANDLE),
            task(HEALTH, Role.REFERENCE, sign=None, answer=None),
        )
    )

    kinds = {key[1]: clock["kind"] for key, clock in written.rows["clocks"].items()}
    assert kinds == {
        "D07.1/sign": "sign",
        "D07.1/answer": "reply",
        "C030.1/sign": "sign",
        "C030.1/answer": "opinion",
    }


def test_work_handed_down_is_work_whatever_the_role() -> None:
    written = folded(assigned(task(LONGHUA, Role.LEAD, parent="C001.1")))

    assert row(written, "clocks", "D07.1/answer")["kind"] == "work"


def test_signing_stops_the_clock_for_signing_only() -> None:
    signed = AssignmentSigned(
        proposal_id=PROPOSAL, by=OFFICER, on=TUESDAY, task_id=LEAD_TASK, unit=LONGHUA
    )

    written = folded(assigned(task(LONGHUA, Role.LEAD)), signed)

    assert row(written, "clocks", "D07.1/sign")["done_on"] == "2024-01-16"
    assert row(written, "clocks", "D07.1/answer")["done_on"] is None
    assert row(written, "tasks", "D07.1")["signed_on"] == "2024-01-16"


def test_a_signature_that_comes_alone_says_nothing_else() -> None:
    signed = AssignmentSigned(
        proposal_id=PROPOSAL, by=OFFICER, on=TUESDAY, task_id=LEAD_TASK, unit=LONGHUA
    )

    written = folded(signed)

    assert row(written, "tasks", "D07.1") == {
        "proposal_id": PROPOSAL,
        "task_id": "D07.1",
        "signed_on": "2024-01-16",
    }
    assert list(keys(written, "proposals")) == []


def test_every_event_gets_one_line_of_the_timeline() -> None:
    written = folded(SUBMITTED, ACCEPTED)

    assert [(line["sequence"], line["on_day"]) for line in written.lines] == [
        (1, "2024-01-15"),
        (2, "2024-01-16"),
    ]
    assert written.lines[1]["parts"]["number"] == "20240001"
    assert (written.lines[1]["by_name"], written.lines[1]["by_unit"]) == ("何平", "C007")


def test_long_texts_stay_out_of_the_timeline() -> None:
    assert "text" not in folded(SUBMITTED).lines[0]["parts"]


def test_an_event_of_a_later_version_gets_a_neutral_line_and_no_row() -> None:
    unknown = Heard(
        id=uuid4(),
        type="huiban.intake.ProposalSubmitted.v9",
        source="/huiban/intake",
        key=PROPOSAL,
        sequence=1,
        time=datetime(2030, 1, 1, tzinfo=UTC),
        value=b'{"unheard": "of"}',
    )

    written = fold([unknown])

    assert all(not rows for rows in written.rows.values())
    assert written.lines[0]["parts"] == {}
    assert written.lines[0]["by_name"] == ""
    assert written.lines[0]["on_day"] == date(2030, 1, 1)
