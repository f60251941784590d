"""Every "no" of assignment, each with the sentence that the caller reads."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from shared.contracts.event import ProposalId
from shared.refusals import Malformed, NotYours, Refusal, Unknown


class NotFiled(Unknown):
    """没有找到这件提案：它尚未立案，或者立案通知还没有到达。"""


class NoSuchTask(Unknown):
    """这件提案中没有任务“{task_id}”。"""


class NotYourTask(NotYours):
    """这项任务不是贵单位的，不能代为办理。"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong in one place of a list: the row (from 1), the column, and the sentence."""

    row: int
    column: str
    proposal_id: ProposalId
    number: str | None
    code: str
    says: str

    @classmethod
    def of(
        cls, fault: Refusal, *, row: int, column: str, proposal_id: ProposalId, number: str | None
    ) -> Self:
        """A refusal that would have been raised, had the row come alone."""
        return cls(row, column, proposal_id, number, fault.code(), fault.sentence)


class FaultyList(Refusal):
    """清单第{rows}行有问题，整份清单都没有生效；请按所列问题改正后再提交。"""

    def __init__(self, findings: Sequence[Finding]) -> None:
        rows = "、".join(str(row) for row in sorted({finding.row for finding in findings}))
        super().__init__(rows=rows, findings=[asdict(finding) for finding in findings])


class ListedTwice(Refusal):
    """同一件提案已列在第{row}行。"""


class MergedElsewhere(Refusal):
    """这件提案已并入第{main}号提案，随主提案一并办理，不能单独交办。"""


class TakenBack(Refusal):
    """提案人已撤回这件提案，办理到此为止。"""


class NotHandedOver(Refusal):
    """这件提案还没有交办，没有承办单位可以调整。"""


class HandedOverAlready(Refusal):
    """这件提案已经交办；需要调整承办单位的，请走退办或者协调程序。"""


class NobodyAnswers(Refusal):
    """没有写明主办单位，也没有写明分办单位。"""


class LeadAndSplit(Refusal):
    """主办与分办只能选一种：有了主办单位，就不能再列分办单位。"""


class NamedTwice(Refusal):
    """{unit}列了两次；一个单位在一件提案中只能承担一项任务。"""


class HandlesAlready(Refusal):
    """{unit}在这件提案中已有任务，不能重复交给它。"""


class NotSigned(Refusal):
    """这项任务尚未签收，请先签收。"""


class SignedAlready(Refusal):
    """这项任务已经签收，不能再次签收，也不能退办。"""


class ReturnPending(Refusal):
    """这项任务已申请退办，请等待办公厅决定。"""


class CompletedAlready(Refusal):
    """这项任务已经办结。"""


class ReassignedAlready(Refusal):
    """这项任务已经改派或者撤回，不再由本单位承办。"""


class ObjectionPending(Refusal):
    """这项任务已提出二次异议，请等待裁定；裁定之前责任不变。"""


class AnsweredAlready(Refusal):
    """{unit}已经答复或者报出意见，不能再作此调整。"""


class ForReferenceOnly(Refusal):
    """本单位是参阅单位，了解情况即可，无须签收、退办或者办理。"""


class TooLateToReturn(Refusal):
    """退办期限已于{last_day}届满，请继续承办；确需调整的，请提请协调。"""


class ReturnNotToOffice(Refusal):
    """这是上级承办单位分解的任务，不能向办公厅退办，请与上级承办单位商定。"""


class UnknownReason(Malformed):
    """没有代码为“{code}”的退办理由；可用的理由有：{known}。"""


class ConsentGiven(Refusal):
    """本单位负责人已经同意退办，可以直接申请退办。"""


class ConsentMissing(Refusal):
    """退办须经单位负责人同意：请负责人先在系统中同意，或者填明书面同意的负责人和日期。"""


class NotHeadOfUnit(Malformed):
    """{name}在{on}不是贵单位的{post}，不能以此名义填写。"""


class PaperNotAccepted(Refusal):
    """按规则，负责人须在系统中同意，不接受书面同意。"""


class PaperFromTheFuture(Malformed):
    """书面同意的日期{on}还没有到。"""


class TooManyReturns(Refusal):
    """这件提案已退办{count}次，达到规定上限，不再受理退办；确需调整的，请提请协调。"""


class DecidedForGood(Refusal):
    """这项任务由领导裁定，裁定具有约束力，不再受理退办或者异议。"""


class RefusedBefore(Refusal):
    """退办申请已经不予同意；仍有异议的，请由单位负责人签署，提出二次异议。"""


class NothingToObjectTo(Refusal):
    """这项任务没有被驳回的退办申请，不能提出二次异议。"""


class TooLateToObject(Refusal):
    """提出二次异议的期限已于{last_day}届满，请继续承办。"""


class NoObjectionPending(Refusal):
    """这项任务没有等待裁定的异议。"""


class NoMeetingYet(Refusal):
    """裁定之前须先召开协调会，并记录会议纪要。"""


class MeetingHeldAlready(Refusal):
    """这项异议的协调会已经记录。"""


class MeetingInTheFuture(Malformed):
    """会议日期{on}还没有到。"""


class ProposesItself(Refusal):
    """建议的承办单位不能是本单位自己。"""


class NoReturnPending(Refusal):
    """这项任务没有等待决定的退办申请。"""


class BackToItself(Refusal):
    """不能改派给原来的承办单位自己；应由它继续承办的，请不同意退办。"""


class RefusedYetMoved(Malformed):
    """不同意退办的，任务仍由原单位承办，不能同时指定新的承办单位。"""


class InnerDayOutside(Refusal):
    """内部期限{until}应在今日之后，并且不晚于{last_day}，为本单位留出汇总的时间。"""


class NotUnderYou(Refusal):
    """{unit}不是本单位的下级，不能向它分解任务。"""


class NotHandedDown(Refusal):
    """这项任务由办公厅直接交办，以答复或者会办意见完成，不用另报办结。"""


class WorkBelowOpen(Refusal):
    """本单位分解给下级的任务还有{count}项没有办结，不能先报办结。"""


class LeadAlready(Refusal):
    """这件提案已有主办单位{unit}；更换主办单位的，请同时写明它的新角色，或者改派。"""


class SameRole(Refusal):
    """{unit}现在的角色就是这样，无须变更。"""


class HandledNotByUnit(Refusal):
    """{unit}在这件提案中没有由办公厅交办的任务。"""


class WithdrawnByGiver(NotYours):
    """谁交办的任务由谁撤回，这项任务不是贵单位交办的。"""


class NoDateToMove(Refusal):
    """这项任务没有可以调整的办理期限。"""


class ExtensionFromGiver(Refusal):
    """这是上级承办单位分解的任务，期限随上级任务调整，请与上级承办单位商定。"""


class TooLateToExtend(Refusal):
    """办理期限已于{last_day}届满，延期须在届满之前申请。"""


class NotLater(Malformed):
    """申请的日期{until}不晚于现在的期限{last_day}。"""


class ExtendedTooLong(Refusal):
    """连同延期最长办到{last_day}（{rule}），不能延到{until}。"""


class ExtendedTooOften(Refusal):
    """这项任务已延期{count}次，达到规定上限。"""


class ExtensionPending(Refusal):
    """这项任务已申请延期，请等待办公厅决定。"""


class NoExtensionPending(Refusal):
    """这项任务没有等待决定的延期申请。"""


class RefusedYetExtended(Malformed):
    """不同意延期的，期限不变，不能同时写明新的日期。"""


class CoHandlersAfterLead(Malformed):
    """会办单位的日期{until}不能晚于答复的新期限{last_day}。"""


class ClockStandsStill(Refusal):
    """这项任务已经中止计时，请先恢复计时。"""


class ClockRuns(Refusal):
    """这项任务没有中止计时。"""


class TooLateToPause(Refusal):
    """办理期限已于{last_day}届满，不能再中止计时。"""


class NotOfUnit(Malformed):
    """{name}在{on}不在贵单位任职，不能确定为经办人。"""


class NotPlanner(NotYours):
    """工作项目由交办机关或者答复提案人的承办单位分解，贵单位不是。"""


class HasNoPart(Refusal):
    """{unit}既不承办这件提案，也不是承办单位的下级，不能分给它。"""


class MilestonePassed(Refusal):
    """节点日期{due_on}已经过去。"""


class MilestonesOutOfOrder(Refusal):
    """节点日期应当由先到后排列。"""


class NoSuchItem(Unknown):
    """这件提案中没有工作项目“{item_id}”。"""


class NotYourItem(NotYours):
    """这个工作项目不由贵单位负责。"""


class ItemClosed(Refusal):
    """这个工作项目已经办结或者取消。"""


class NoSuchMilestone(Malformed):
    """这个工作项目没有第{milestone}个节点。"""


class MilestoneReached(Refusal):
    """第{milestone}个节点已经报过完成。"""
