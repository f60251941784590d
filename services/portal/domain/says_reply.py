"""How the timeline reads out what reply tells: talks, opinions, letters, ratings, promises."""

from services.portal.domain.rows import Facts
from services.portal.domain.saying import Line, Names, Saying, late
from services.portal.domain.words import (
    CLOCKS,
    CONTACTS,
    FORMS,
    FOUND,
    LETTERS,
    LEVELS_OF_DISAGREEMENT,
    MEETINGS,
    OPENNESS,
    RATINGS,
    word,
)


def _contacted(parts: Facts, name: Names) -> Saying:
    people = "、".join(parts["people"])
    how = word(CONTACTS, parts["kind"])
    return Saying(f"{name(parts['unit'])}与{people}沟通（{how}）", parts["summary"])


def _opinion_given(parts: Facts, name: Names) -> Saying:
    says = f"{name(parts['unit'])}向{name(parts['lead'])}反馈会办意见{_on_paper(parts)}"
    return late(says, parts, parts["opinion"])


def _drafted(parts: Facts, name: Names) -> Saying:
    version = f"第{parts['round']}轮第{parts['draft']}稿"
    return Saying(f"{name(parts['unit'])}拟出答复{version}，拟定{parts['result_class']}类")


def _approved(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}审签同意第{parts['draft']}稿")


def _issued(parts: Facts, name: Names) -> Saying:
    again = "再次" if parts["round"] > 1 else ""
    says = f"{name(parts['unit'])}{again}答复提案人：{parts['document_number']}{_on_paper(parts)}"
    said = late(f"{says}，{parts['result_class']}类", parts, parts["summary"])
    return said._replace(tone="milestone") if said.tone == "act" else said


def _rated(parts: Facts, name: Names) -> Saying:
    process, result = word(RATINGS, parts["process"]), word(RATINGS, parts["result"])
    says = f"{parts['proposer']}评价：办理过程{process}，办理结果{result}{_on_paper(parts)}"
    tone = "alarm" if parts["result"] == "dissatisfied" else "milestone"
    return Saying(says, parts.get("comment", ""), tone)


def _redo_ordered(parts: Facts, name: Names) -> Saying:
    says = (
        f"{name(parts['unit'])}重新办理（第{parts['round']}轮），{parts['answer']['on']}前再次答复"
    )
    return Saying(says, tone="alarm")


def _dates_moved(parts: Facts, name: Names) -> Saying:
    moved = "；".join(
        f"{name(one['unit'])}{word(CLOCKS, one['clock'])}期限由{one['before']}"
        f"改为{one['due']['on']}"
        for one in parts["moved"]
    )
    return Saying(f"日历更新，期限调整：{moved}", parts["calendar"])


def _promised(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}承诺于{parts['due_on']}前落实", parts["text"])


def _promise_kept(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}兑现承诺", parts["evidence"], "milestone")


def _contact_waived(parts: Facts, name: Names) -> Saying:
    return Saying(f"{parts['proposer']}表示{name(parts['unit'])}答复前无需沟通")


def _contact_confirmed(parts: Facts, name: Names) -> Saying:
    return Saying(f"{parts['proposer']}确认{name(parts['unit'])}的沟通属实")


def _contact_denied(parts: Facts, name: Names) -> Saying:
    says = f"{parts['proposer']}否认{name(parts['unit'])}所记的沟通"
    return Saying(says, parts["says"], "alarm")


def _opinion_drafted(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}拟出会办意见第{parts['draft']}稿")


def _opinion_checked(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}核过会办意见第{parts['draft']}稿")


def _opinion_sent_back(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}退改会办意见第{parts['draft']}稿", parts["why"])


def _opinion_withdrawn(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}撤回会办意见", parts["why"], "alarm")


def _disagreement_opened(parts: Facts, name: Names) -> Saying:
    says = f"{name(parts['unit'])}与{name(parts['lead'])}意见不一致，由双方负责人协商"
    return Saying(says, parts["about"], "alarm")


def _disagreement_raised(parts: Facts, name: Names) -> Saying:
    level = word(LEVELS_OF_DISAGREEMENT, parts["level"])
    says = f"{name(parts['unit'])}与{name(parts['lead'])}的分歧提请{level}协调"
    return Saying(says, parts["why"], "alarm")


def _disagreement_settled(parts: Facts, name: Names) -> Saying:
    says = f"{name(parts['unit'])}与{name(parts['lead'])}的分歧已经解决"
    return Saying(says, parts["outcome"], "milestone")


def _points_listed(parts: Facts, name: Names) -> Saying:
    points = parts["points"]
    return Saying(f"{name(parts['unit'])}列出{len(points)}条建议，逐条答复", "；".join(points))


def _draft_sent_back(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}退改第{parts['draft']}稿", parts["why"])


def _countersign_asked(parts: Facts, name: Names) -> Saying:
    units = "、".join(name(unit) for unit in parts["asked"])
    return Saying(f"{name(parts['unit'])}将第{parts['draft']}稿送{units}会签")


def _countersigned(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}会签第{parts['draft']}稿{_on_paper(parts)}")


def _countersign_refused(parts: Facts, name: Names) -> Saying:
    says = f"{name(parts['unit'])}退回会签的第{parts['draft']}稿，由{name(parts['lead'])}重拟"
    return Saying(says, parts["why"], "alarm")


def _endorsed(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}领导审定第{parts['draft']}稿")


def _accepted(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}的答复审核通过", tone="milestone")


def _reply_sent_back(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}的答复审核退回，限期再次答复", parts["why"], "alarm")


def _class_changed(parts: Facts, name: Names) -> Saying:
    says = f"{name(parts['unit'])}的答复由{parts['before']}类调整为{parts['result_class']}类"
    return Saying(says, parts["why"])


def _rating_asked(parts: Facts, name: Names) -> Saying:
    return Saying(f"就{name(parts['unit'])}的答复征询提案人意见，{_day(parts['rate'])}前反馈")


def _rating_reminded(parts: Facts, name: Names) -> Saying:
    return Saying(f"提醒{'、'.join(parts['proposers'])}评价{name(parts['unit'])}的答复")


def _rating_closed(parts: Facts, name: Names) -> Saying:
    silent = parts.get("unanswered", ())
    detail = f"未反馈：{'、'.join(silent)}" if silent else ""
    return Saying(f"{name(parts['unit'])}答复的评价截止", detail)


def _meeting_ordered(parts: Facts, name: Names) -> Saying:
    meet = parts.get("meet")
    by = f"，{_day(meet)}前进行" if meet else ""
    says = f"提案人对{name(parts['unit'])}第{parts['round']}轮办理仍不满意，组织面商{by}"
    return Saying(says, tone="alarm")


def _meeting_held(parts: Facts, name: Names) -> Saying:
    result = word(MEETINGS, parts["result"])
    says = f"{name(parts['unit'])}与{'、'.join(parts['people'])}面商，{result}"
    return Saying(says, parts["outcome"], "milestone")


def _publication_proposed(parts: Facts, name: Names) -> Saying:
    attribute = word(OPENNESS, parts["attribute"])
    return Saying(f"{name(parts['unit'])}拟定公开属性：{attribute}", parts.get("reason") or "")


def _publication_decided(parts: Facts, name: Names) -> Saying:
    attribute = word(OPENNESS, parts["attribute"])
    form = f"（{word(FORMS, parts['form'])}）" if parts["attribute"] == "open" else ""
    says = f"{name(parts['unit'])}文书的公开属性审定为{attribute}{form}"
    return Saying(says, parts.get("reason") or "")


def _released(parts: Facts, name: Names) -> Saying:
    kind, form = word(LETTERS, parts["kind"]), word(FORMS, parts["form"])
    return Saying(f"{name(parts['unit'])}的{kind}公开（{form}）", parts["title"], "milestone")


def _release_withdrawn(parts: Facts, name: Names) -> Saying:
    return Saying(f"撤回{name(parts['unit'])}文书的公开", parts["why"], "alarm")


def _promise_progressed(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}登记承诺进展", parts["progress"])


def _promise_reported(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}申报兑现承诺，待核实", parts["evidence"])


def _promise_report_refused(parts: Facts, name: Names) -> Saying:
    return Saying(f"核实{name(parts['unit'])}的承诺尚未兑现", parts["why"], "alarm")


def _promise_change_asked(parts: Facts, name: Names) -> Saying:
    says = f"{name(parts['unit'])}申请变更承诺：{parts['text']}，{parts['due_on']}前落实"
    return Saying(says, parts["why"])


def _promise_change_refused(parts: Facts, name: Names) -> Saying:
    return Saying(f"不同意{name(parts['unit'])}变更承诺", parts["why"])


def _promise_changed(parts: Facts, name: Names) -> Saying:
    says = (
        f"{name(parts['unit'])}的承诺变更：{parts['text']}，"
        f"由{parts['before_on']}改为{parts['due_on']}前落实"
    )
    return Saying(says, parts["why"], "alarm")


def _promise_broken(parts: Facts, name: Names) -> Saying:
    return Saying(f"认定{name(parts['unit'])}的承诺没有兑现", parts["why"], "alarm")


def _promise_inherited(parts: Facts, name: Names) -> Saying:
    says = f"{name(parts['before'])}的承诺由{name(parts['unit'])}承接"
    return Saying(says, parts["why"])


def _look_back_opened(parts: Facts, name: Names) -> Saying:
    what = "答复" if parts["kind"] == "reply" else "承诺"
    return Saying(f"{parts['look_back']}年回头看：{name(parts['unit'])}的{what}")


def _looked_back(parts: Facts, name: Names) -> Saying:
    found = word(FOUND, parts["found"])
    tone = "alarm" if parts["found"] == "not_solved" else "act"
    return Saying(f"{parts['look_back']}年回头看：{found}", parts["says"], tone)


def _answered_again(parts: Facts, name: Names) -> Saying:
    says = (
        f"{name(parts['unit'])}兑现承诺后再次答复：{parts['document_number']}，"
        f"转为{parts['result_class']}类"
    )
    return Saying(says, parts["summary"], "milestone")


def _day(due: Facts) -> str:
    return str(due["on"])


def _on_paper(parts: Facts) -> str:
    """What was signed on paper says so, with the day of the paper."""
    paper = parts.get("paper")
    return f"（{paper['signed_by']}{paper['signed_on']}书面签署）" if paper else ""


LINES: dict[str, Line] = {
    "huiban.reply.ContactRecorded.v1": Line(
        _contacted, keeps=("unit", "kind", "people", "summary")
    ),
    "huiban.reply.ContactWaived.v1": Line(_contact_waived, keeps=("unit", "proposer")),
    "huiban.reply.ContactConfirmed.v1": Line(_contact_confirmed, keeps=("unit", "proposer")),
    "huiban.reply.ContactDenied.v1": Line(_contact_denied, keeps=("unit", "proposer", "says")),
    "huiban.reply.OpinionDrafted.v1": Line(_opinion_drafted, keeps=("unit", "draft")),
    "huiban.reply.OpinionChecked.v1": Line(_opinion_checked, keeps=("unit", "draft")),
    "huiban.reply.OpinionSentBack.v1": Line(_opinion_sent_back, keeps=("unit", "draft", "why")),
    "huiban.reply.OpinionGiven.v1": Line(
        _opinion_given,
        keeps=(
            *("unit", "task_id", "letter_id", "lead", "opinion", "days_late"),
            *("document_number", "attachments", "paper"),
        ),
    ),
    "huiban.reply.OpinionWithdrawn.v1": Line(_opinion_withdrawn, keeps=("unit", "why")),
    "huiban.reply.DisagreementOpened.v1": Line(
        _disagreement_opened, keeps=("unit", "lead", "about")
    ),
    "huiban.reply.DisagreementRaised.v1": Line(
        _disagreement_raised, keeps=("unit", "lead", "level", "why")
    ),
    "huiban.reply.DisagreementSettled.v1": Line(
        _disagreement_settled, keeps=("unit", "lead", "outcome")
    ),
    "huiban.reply.PointsListed.v1": Line(_points_listed, keeps=("unit", "points")),
    "huiban.reply.ReplyDrafted.v1": Line(
        _drafted, keeps=("unit", "task_id", "round", "draft", "result_class")
    ),
    "huiban.reply.ReplyApproved.v1": Line(_approved, keeps=("unit", "draft")),
    "huiban.reply.DraftSentBack.v1": Line(_draft_sent_back, keeps=("unit", "draft", "why")),
    "huiban.reply.CountersignAsked.v1": Line(_countersign_asked, keeps=("unit", "draft", "asked")),
    "huiban.reply.ReplyCountersigned.v1": Line(_countersigned, keeps=("unit", "draft", "paper")),
    "huiban.reply.CountersignRefused.v1": Line(
        _countersign_refused, keeps=("unit", "lead", "draft", "why")
    ),
    "huiban.reply.ReplyEndorsed.v1": Line(_endorsed, keeps=("unit", "draft")),
    "huiban.reply.ReplyIssued.v1": Line(
        _issued,
        keeps=(
            "unit",
            "reply_id",
            "round",
            "document_number",
            "result_class",
            "summary",
            "days_late",
            "paper",
        ),
    ),
    "huiban.reply.ReplyAccepted.v1": Line(_accepted, keeps=("unit",)),
    "huiban.reply.ReplySentBack.v1": Line(_reply_sent_back, keeps=("unit", "why")),
    "huiban.reply.ClassChanged.v1": Line(
        _class_changed, keeps=("unit", "before", "result_class", "why")
    ),
    "huiban.reply.RatingAsked.v1": Line(_rating_asked, keeps=("unit", "rate")),
    "huiban.reply.RatingReminded.v1": Line(_rating_reminded, keeps=("unit", "proposers")),
    "huiban.reply.ReplyRated.v1": Line(
        _rated, keeps=("proposer", "process", "result", "comment", "paper")
    ),
    "huiban.reply.RatingClosed.v1": Line(_rating_closed, keeps=("unit", "unanswered")),
    "huiban.reply.RedoOrdered.v1": Line(_redo_ordered, keeps=("unit", "round", "answer")),
    "huiban.reply.FaceToFaceOrdered.v1": Line(_meeting_ordered, keeps=("unit", "round", "meet")),
    "huiban.reply.FaceToFaceHeld.v1": Line(
        _meeting_held, keeps=("unit", "people", "result", "outcome")
    ),
    "huiban.reply.DatesMoved.v1": Line(_dates_moved, keeps=("calendar", "moved")),
    "huiban.reply.PublicationProposed.v1": Line(
        _publication_proposed, keeps=("unit", "attribute", "reason")
    ),
    "huiban.reply.PublicationDecided.v1": Line(
        _publication_decided, keeps=("unit", "reply_id", "attribute", "form", "reason")
    ),
    "huiban.reply.ReplyReleased.v1": Line(_released, keeps=("unit", "kind", "form", "title")),
    "huiban.reply.ReleaseWithdrawn.v1": Line(_release_withdrawn, keeps=("unit", "why")),
    "huiban.reply.PromiseMade.v1": Line(_promised, keeps=("unit", "text", "due_on")),
    "huiban.reply.PromiseProgressed.v1": Line(_promise_progressed, keeps=("unit", "progress")),
    "huiban.reply.PromiseReported.v1": Line(_promise_reported, keeps=("unit", "evidence")),
    "huiban.reply.PromiseReportRefused.v1": Line(_promise_report_refused, keeps=("unit", "why")),
    "huiban.reply.PromiseChangeAsked.v1": Line(
        _promise_change_asked, keeps=("unit", "text", "due_on", "why")
    ),
    "huiban.reply.PromiseChangeRefused.v1": Line(_promise_change_refused, keeps=("unit", "why")),
    "huiban.reply.PromiseChanged.v1": Line(
        _promise_changed, keeps=("unit", "text", "due_on", "before_on", "why")
    ),
    "huiban.reply.PromiseKept.v1": Line(_promise_kept, keeps=("unit", "evidence")),
    "huiban.reply.PromiseBroken.v1": Line(_promise_broken, keeps=("unit", "why")),
    "huiban.reply.PromiseInherited.v1": Line(_promise_inherited, keeps=("unit", "before", "why")),
    "huiban.reply.LookBackOpened.v1": Line(_look_back_opened, keeps=("unit", "kind", "look_back")),
    "huiban.reply.LookedBack.v1": Line(_looked_back, keeps=("look_back", "found", "says")),
    "huiban.reply.SecondAnswerIssued.v1": Line(
        _answered_again,
        keeps=("unit", "reply_id", "document_number", "result_class", "summary"),
    ),
}
