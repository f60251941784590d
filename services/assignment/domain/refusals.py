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
    """这项任务已经改派，不再由本单位承办。"""


class ForReferenceOnly(Refusal):
    """本单位是参阅单位，了解情况即可，无须签收、退办或者办理。"""


class TooLateToReturn(Refusal):
    """退办期限已于{last_day}届满，请继续承办；确需调整的，请提请协调。"""


class ReturnNotToOffice(Refusal):
    """这是上级承办单位分解的任务，不能向办公厅退办，请与上级承办单位商定。"""


class UnknownReason(Malformed):
    """没有代码为“{code}”的退办理由；可用的理由有：{known}。"""


class ProposesItself(Refusal):
    """建议的承办单位不能是本单位自己。"""


class NoReturnPending(Refusal):
    """这项任务没有等待决定的退办申请。"""


class BackToItself(Refusal):
    """不能改派给申请退办的单位自己；应由它继续承办的，请不同意退办。"""


class RefusedYetMoved(Malformed):
    """不同意退办的，任务仍由原单位承办，不能同时指定新的承办单位。"""


class NotUnderYou(Refusal):
    """{unit}不是本单位的下级，不能向它分解任务。"""


class NotHandedDown(Refusal):
    """这项任务由办公厅直接交办，以答复或者会办意见完成，不用另报办结。"""


class WorkBelowOpen(Refusal):
    """本单位分解给下级的任务还有{count}项没有办结，不能先报办结。"""
