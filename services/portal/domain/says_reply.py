"""How the timeline reads out what reply tells: talks, opinions, letters, ratings, promises."""

from services.portal.domain.rows import Facts
from services.portal.domain.saying import Line, Names, Saying, late
from services.portal.domain.words import CONTACTS, RATINGS, word


def _contacted(parts: Facts, name: Names) -> Saying:
    people = "、".join(parts["people"])
    how = word(CONTACTS, parts["kind"])
    return Saying(f"{name(parts['unit'])}与{people}沟通（{how}）", parts["summary"])


def _opinion_given(parts: Facts, name: Names) -> Saying:
    says = f"{name(parts['unit'])}向{name(parts['lead'])}反馈会办意见"
    return late(says, parts, parts["opinion"])


def _drafted(parts: Facts, name: Names) -> Saying:
    version = f"第{parts['round']}轮第{parts['draft']}稿"
    return Saying(f"{name(parts['unit'])}拟出答复{version}，拟定{parts['result_class']}类")


def _approved(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}审签同意第{parts['draft']}稿")


def _issued(parts: Facts, name: Names) -> Saying:
    again = "再次" if parts["round"] > 1 else ""
    says = f"{name(parts['unit'])}{again}答复提案人：{parts['document_number']}"
    said = late(f"{says}，{parts['result_class']}类", parts, parts["summary"])
    return said._replace(tone="milestone") if said.tone == "act" else said


def _rated(parts: Facts, name: Names) -> Saying:
    process, result = word(RATINGS, parts["process"]), word(RATINGS, parts["result"])
    says = f"{parts['proposer']}评价：办理过程{process}，办理结果{result}"
    tone = "alarm" if parts["result"] == "dissatisfied" else "milestone"
    return Saying(says, parts.get("comment", ""), tone)


def _redo_ordered(parts: Facts, name: Names) -> Saying:
    says = (
        f"{name(parts['unit'])}重新办理（第{parts['round']}轮），{parts['answer']['on']}前再次答复"
    )
    return Saying(says, tone="alarm")


def _promised(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}承诺于{parts['due_on']}前落实", parts["text"])


def _promise_kept(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}兑现承诺", parts["evidence"], "milestone")


LINES: dict[str, Line] = {
    "huiban.reply.ContactRecorded.v1": Line(
        _contacted, keeps=("unit", "kind", "people", "summary")
    ),
    "huiban.reply.OpinionGiven.v1": Line(
        _opinion_given, keeps=("unit", "lead", "opinion", "days_late")
    ),
    "huiban.reply.ReplyDrafted.v1": Line(
        _drafted, keeps=("unit", "round", "draft", "result_class")
    ),
    "huiban.reply.ReplyApproved.v1": Line(_approved, keeps=("unit", "draft")),
    "huiban.reply.ReplyIssued.v1": Line(
        _issued, keeps=("unit", "round", "document_number", "result_class", "summary", "days_late")
    ),
    "huiban.reply.ReplyRated.v1": Line(_rated, keeps=("proposer", "process", "result", "comment")),
    "huiban.reply.RedoOrdered.v1": Line(_redo_ordered, keeps=("unit", "round", "answer")),
    "huiban.reply.PromiseMade.v1": Line(_promised, keeps=("unit", "text", "due_on")),
    "huiban.reply.PromiseKept.v1": Line(_promise_kept, keeps=("unit", "evidence")),
}
