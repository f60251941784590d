"""How the timeline reads out what intake tells: how a proposal came in, and what became of it."""

from collections.abc import Sequence

from services.portal.domain.rows import Facts
from services.portal.domain.saying import Line, Names, Saying
from services.portal.domain.words import ADVICE, KINDS, VERDICTS, word


def _signature_asked(parts: Facts, name: Names) -> Saying:
    until = parts["until"][:16].replace("T", " ")
    return Saying(f"邀请{_names(parts['asked'])}联名，{until}前由本人签署")


def _signature_given(parts: Facts, name: Names) -> Saying:
    return Saying(f"{parts['signer']['name']}联名签署")


def _signature_declined(parts: Facts, name: Names) -> Saying:
    return Saying(f"{parts['signer']['name']}未同意联名", parts.get("why", ""))


def _submitted(parts: Facts, name: Names) -> Saying:
    how_many = len(parts["proposers"])
    detail = "；".join(
        f"{one['name']}{'未同意联名' if one['why'] == 'declined' else '逾期未签署'}，不列为提案人"
        for one in parts.get("left_out") or ()
    )
    return Saying(f"提交提案（{word(KINDS, parts['kind'])}，提案人{how_many}名）", detail)


def _categorised(parts: Facts, name: Names) -> Saying:
    return Saying(f"归入{parts['category']}类")


def _advised(parts: Facts, name: Names) -> Saying:
    return Saying(f"审查小组初审：{word(ADVICE, parts['advice'])}", parts["why"])


def _sent_back(parts: Facts, name: Names) -> Saying:
    return Saying("退回修改", parts["why"])


def _revised(parts: Facts, name: Names) -> Saying:
    return Saying(f"修改后重新提交（第{parts['revision']}次修改）")


def _turned(parts: Facts, name: Names) -> Saying:
    return Saying(f"不作提案，转为{parts['says']}", parts["why"], "milestone")


def _withdrawn(parts: Facts, name: Names) -> Saying:
    return Saying("撤案", parts["why"], "milestone")


def _accepted(parts: Facts, name: Names) -> Saying:
    serials = filter(None, (parts.get("session_serial"), parts.get("category_serial")))
    return Saying(f"审查立案，编为第{parts['number']}号", "，".join(serials), "milestone")


def _declined(parts: Facts, name: Names) -> Saying:
    return Saying("审查不予立案", parts["reason"], "milestone")


def _merged(parts: Facts, name: Names) -> Saying:
    return Saying(f"并案办理：共{len(parts['members'])}件，分别答复", parts["why"])


def _objected(parts: Facts, name: Names) -> Saying:
    return Saying("提案人对并案提出异议", parts["why"], "alarm")


def _objection_refused(parts: Facts, name: Names) -> Saying:
    return Saying("异议不成立，维持并案", parts["why"])


def _separated(parts: Facts, name: Names) -> Saying:
    after = parts.get("after_hand_over")
    clock = "，期限不变" if parts.get("policy") == "keep" else "，期限重新计算"
    return Saying(f"拆分：不再并案办理{clock if after else ''}", parts["why"])


def _linked(parts: Facts, name: Names) -> Saying:
    return Saying("与另一件提案关联", parts["why"])


def _judged(parts: Facts, name: Names) -> Saying:
    return Saying(f"相似提案核对：{word(VERDICTS, parts['verdict'])}")


def _no_longer_key(parts: Facts, name: Names) -> Saying:
    return Saying("取消重点提案", parts["why"], "milestone")


def _archived(parts: Facts, name: Names) -> Saying:
    return Saying(f"往年提案归档：{parts['year']}年第{parts['number']}号", parts["source"])


def _names(proposers: Sequence[Facts]) -> str:
    return "、".join(one["name"] for one in proposers)


def _designated_key(parts: Facts, name: Names) -> Saying:
    by = name(parts["supervised_by"])
    return Saying(f"列为重点提案，{parts['leader']}领办，{by}督办", tone="milestone")


LINES: dict[str, Line] = {
    "huiban.intake.JointSignatureAsked.v1": Line(_signature_asked, keeps=("asked", "until")),
    "huiban.intake.JointSignatureGiven.v1": Line(_signature_given, keeps=("signer",)),
    "huiban.intake.JointSignatureDeclined.v1": Line(_signature_declined, keeps=("signer", "why")),
    "huiban.intake.ProposalSubmitted.v1": Line(_submitted, keeps=("kind", "proposers", "left_out")),
    "huiban.intake.ProposalCategorised.v1": Line(_categorised, keeps=("category",)),
    "huiban.intake.ReviewAdvised.v1": Line(_advised, keeps=("review_group", "advice", "why")),
    "huiban.intake.ProposalSentBack.v1": Line(_sent_back, keeps=("why",)),
    "huiban.intake.ProposalRevised.v1": Line(_revised, keeps=("revision",)),
    "huiban.intake.ProposalTurned.v1": Line(_turned, keeps=("says", "why")),
    "huiban.intake.ProposalWithdrawn.v1": Line(_withdrawn, keeps=("why",)),
    "huiban.intake.ProposalAccepted.v1": Line(
        _accepted, keeps=("number", "session_serial", "category_serial")
    ),
    "huiban.intake.ProposalDeclined.v1": Line(_declined, keeps=("reason",)),
    "huiban.intake.ProposalsMerged.v1": Line(_merged, keeps=("main", "members", "why")),
    "huiban.intake.MergeObjected.v1": Line(_objected, keeps=("main", "why")),
    "huiban.intake.MergeObjectionRefused.v1": Line(_objection_refused, keeps=("main", "why")),
    "huiban.intake.MergeUndone.v1": Line(
        _separated, keeps=("main", "members", "why", "after_hand_over", "policy")
    ),
    "huiban.intake.ProposalsLinked.v1": Line(_linked, keeps=("linked", "why")),
    "huiban.intake.SimilarJudged.v1": Line(_judged, keeps=("other", "verdict")),
    "huiban.intake.KeyDesignationTakenBack.v1": Line(_no_longer_key, keeps=("why",)),
    "huiban.intake.ProposalArchived.v1": Line(_archived, keeps=("year", "number", "source")),
    "huiban.intake.ProposalDesignatedKey.v1": Line(
        _designated_key, keeps=("leader", "supervised_by")
    ),
}
