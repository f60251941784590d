"""What intake tells besides filing: each event has its sentence, and rows where pages show it."""

from typing import Any

import pytest

from services.portal.domain.fold import fold
from services.portal.domain.story import sentence
from shared.contracts import intake
from shared.contracts.event import PersonId, ProposalEvent
from shared.contracts.intake import ArchivedReply, Attachment, LeftOut, ProposalKind, Proposer
from tests.domain.portal.stories import CLERK, LONGHUA, MONDAY, PROPOSAL, SIBLING, folded, told

LI = Proposer(name="李娜", person=PersonId("li"))
LEFT_OUT = (LeftOut(name="王强", why="declined"), LeftOut(name="赵明", why="expired"))
FILE = Attachment(name="方案.pdf", kind="application/pdf", size=1, digest="0" * 64)


def event(kind: type[ProposalEvent], /, **facts: Any) -> ProposalEvent:
    return kind(proposal_id=PROPOSAL, by=CLERK, on=MONDAY, **facts)


def submitted(**more: Any) -> ProposalEvent:
    facts = {
        "year": 2024,
        "title": "关于加装电梯的提案",
        "text": "建议加装。",
        "kind": ProposalKind.SINGLE,
        "proposers": (LI,),
        "category": "社会",
        **more,
    }
    return event(intake.ProposalSubmitted, **facts)


SAID: tuple[tuple[ProposalEvent, str, str], ...] = (
    (
        event(
            intake.JointSignatureAsked,
            title="关于电梯",
            asked=(LI,),
            until="2024-01-22T12:00:00+08:00",
        ),
        "邀请李娜联名，2024-01-22 12:00前由本人签署",
        "",
    ),
    (event(intake.JointSignatureGiven, signer=LI), "李娜联名签署", ""),
    (event(intake.JointSignatureDeclined, signer=LI, why="不同"), "李娜未同意联名", "不同"),
    (
        submitted(left_out=LEFT_OUT),
        "提交提案（个人提案，提案人1名）",
        "王强未同意联名，不列为提案人；赵明逾期未签署，不列为提案人",
    ),
    (event(intake.ProposalCategorised, category="社会"), "归入社会类", ""),
    (
        event(intake.ReviewAdvised, review_group="social", advice="merge", why="相同"),
        "审查小组初审：建议并案",
        "相同",
    ),
    (event(intake.ProposalSentBack, why="请修改"), "退回修改", "请修改"),
    (
        event(intake.ProposalRevised, revision=2, title="电梯", text="建议。"),
        "修改后重新提交（第2次修改）",
        "",
    ),
    (
        event(intake.ProposalTurned, into="opinion", says="社情民意", why="反映情况"),
        "不作提案，转为社情民意",
        "反映情况",
    ),
    (
        event(
            intake.ProposalAccepted,
            number="20240001",
            session_serial="七届四次第0001号",
            category_serial="社会类001号",
        ),
        "审查立案，编为第20240001号",
        "七届四次第0001号，社会类001号",
    ),
    (event(intake.ProposalWithdrawn, why="已解决"), "撤案", "已解决"),
    (event(intake.MergeObjected, main=SIBLING, why="不同"), "提案人对并案提出异议", "不同"),
    (
        event(intake.MergeObjectionRefused, main=SIBLING, why="相同"),
        "异议不成立，维持并案",
        "相同",
    ),
    (
        event(intake.MergeUndone, main=SIBLING, members=(SIBLING, PROPOSAL), why="不同"),
        "拆分：不再并案办理",
        "不同",
    ),
    (
        event(
            intake.MergeUndone,
            main=SIBLING,
            members=(SIBLING, PROPOSAL),
            why="不同",
            after_hand_over=True,
            policy="restart",
        ),
        "拆分：不再并案办理，期限重新计算",
        "不同",
    ),
    (event(intake.ProposalsLinked, linked=SIBLING, why="同一路段"), "与另一件提案关联", "同一路段"),
    (
        event(intake.SimilarJudged, other=SIBLING, verdict="neither"),
        "相似提案核对：不相同",
        "",
    ),
    (event(intake.KeyDesignationTakenBack, why="调整"), "取消重点提案", "调整"),
    (
        event(intake.ProposalArchived, number="015", year=2019, title="书香", source="清单第2行"),
        "往年提案归档：2019年第015号",
        "清单第2行",
    ),
)


@pytest.mark.parametrize(("one", "says", "detail"), SAID, ids=lambda one: type(one).__name__)
def test_each_has_its_sentence(one: ProposalEvent, says: str, detail: str) -> None:
    [line] = folded(one).lines

    said = sentence(line["type"], line["parts"], lambda unit: unit)

    assert (said.says, said.detail) == (says, detail)


def row(*events: ProposalEvent) -> dict[str, Any]:
    return fold(told(one, sequence=n) for n, one in enumerate(events, 1)).rows["proposals"][
        (PROPOSAL,)
    ]


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (event(intake.ProposalSentBack, why="改"), "sent_back"),
        (event(intake.ProposalRevised, revision=1, title="电梯", text="建议。"), "submitted"),
        (event(intake.ProposalTurned, into="o", says="社情民意", why="情况"), "turned"),
        (event(intake.ProposalWithdrawn, why="已解决"), "withdrawn"),
    ],
)
def test_how_far_its_review_is(one: ProposalEvent, state: str) -> None:
    assert row(submitted(), one)["state"] == state


def test_a_revision_is_found_by_its_new_words() -> None:
    revised = event(
        intake.ProposalRevised,
        revision=1,
        title="关于扶手的提案",
        text="建议。",
        attachments=(FILE,),
        proposers=(LI,),
    )

    written = folded(submitted(), revised)

    text = written.rows["texts"][(PROPOSAL,)]
    assert {"扶手", "李娜"} <= set(text["terms"])
    assert "电梯" not in text["terms"]
    assert written.rows["proposals"][(PROPOSAL,)]["attachments"][0]["name"] == "方案.pdf"


def test_what_filing_leaves_unsaid_stays_as_it_was_handed_in() -> None:
    filed = event(intake.ProposalAccepted, number="20240001")

    assert row(submitted(), filed)["category"] == "社会"


@pytest.mark.parametrize(("after", "state"), [(False, "accepted"), (True, "handling")])
def test_separated_it_is_in_no_group(after: bool, state: str) -> None:
    merged = event(intake.ProposalsMerged, main=SIBLING, members=(SIBLING, PROPOSAL), why="同")
    undone = event(
        intake.MergeUndone,
        main=SIBLING,
        members=(SIBLING, PROPOSAL),
        why="不同",
        after_hand_over=after,
    )

    written = row(submitted(), merged, undone)

    assert (written["merged_into"], written["group_main"], written["state"]) == ("", "", state)
    assert written["left_group"] is True


def test_an_archived_one_is_found_and_counts_in_no_figures() -> None:
    archived = event(
        intake.ProposalArchived,
        number="015",
        year=2019,
        title="关于书香罗湖的提案",
        leads=("罗湖区",),
        replies=(ArchivedReply(unit="罗湖区", code=LONGHUA, result_class="A"),),
        source="清单第2行",
    )

    written = folded(archived)

    proposal = written.rows["proposals"][(PROPOSAL,)]
    assert (proposal["state"], proposal["number"], proposal["year"]) == ("archived", "015", 2019)
    assert proposal["archive"]["replies"][0]["result_class"] == "A"
    assert written.rows["replies"] == {}
    assert "书香" in written.rows["texts"][(PROPOSAL,)]["terms"]


def test_a_link_has_a_row() -> None:
    written = folded(event(intake.ProposalsLinked, linked=SIBLING, why="同一路段"))

    assert written.rows["links"] == {
        (PROPOSAL, SIBLING): {"proposal_id": PROPOSAL, "linked": SIBLING, "why": "同一路段"}
    }


def test_it_is_key_no_more() -> None:
    key = event(intake.ProposalDesignatedKey, leader="陈", supervised_by=LONGHUA)

    assert (
        row(submitted(), key, event(intake.KeyDesignationTakenBack, why="调整"))["is_key"] is False
    )
