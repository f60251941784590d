"""Every "no" of escalation, in the sentence that the clerk or the leader reads."""

from shared.refusals import Malformed, NotYours, Refusal, Unknown


class NotHandling(NotYours):
    """{unit}不承办本案，不能就本案提请协调。"""


class EvidenceMissing(Malformed):
    """请写明提请协调的事由。"""


class NobodyConcerned(Malformed):
    """请至少列明一个涉及的单位。"""


class PartyNamedTwice(Malformed):
    """涉及的单位“{unit}”填写了两次。"""


class AlreadyFlagged(Refusal):
    """本案已有同类的协调事项{matter_id}待决定，不必重复提请。"""


class NotYourPromise(NotYours):
    """这项承诺由{unit}作出，只能由该单位反映受阻情况。"""


class BlockedByItself(Malformed):
    """承诺事项受阻须写明是哪个其他单位，不能是本单位自己。"""


class AlreadyDecided(Refusal):
    """协调事项{matter_id}已于{decided_on}作出决定，不能再次决定。"""


class AlreadyDismissed(Refusal):
    """协调事项{matter_id}已于{decided_on}定为不予协调，不再办理。"""


class MatterLapsed(Refusal):
    """提案已撤回，协调事项{matter_id}随之终止。"""


class NotAParty(NotYours):
    """{unit}不是协调事项{matter_id}所涉及的单位，不必陈述意见。"""


class PositionMissing(Malformed):
    """请写明本单位的意见。"""


class MeetingAhead(Malformed):
    """{held_on}还没有到，请在活动或者会议之后登记。"""


class NobodyPresent(Malformed):
    """请列明到会的单位。"""


class MinutesMissing(Malformed):
    """请写明会议纪要。"""


class ReasonMissing(Malformed):
    """请写明理由或者情况。"""


class NotYetDecided(Refusal):
    """协调事项{matter_id}还没有作出决定。"""


class NothingToCarryOut(Refusal):
    """协调事项{matter_id}的决定是维持现有分工，没有需要落实的内容。"""


class AlreadyCarriedOut(Refusal):
    """协调事项{matter_id}的决定已于{on}落实。"""


class DecisionMissing(Malformed):
    """请写明协调决定的内容。"""


class NewLeadMissing(Malformed):
    """决定改定主办单位的，须写明新的主办单位。"""


class NewLeadNotMeant(Malformed):
    """只有决定改定主办单位的，才填写新的主办单位。"""


class EffectIncomplete(Malformed):
    """这种决定须写明{what}。"""


class EffectOverfull(Malformed):
    """这种决定不应填写{what}。"""


class AlreadyLeads(Refusal):
    """{unit}已经是本案的主办单位，无须改定。"""


class AlreadyInRole(Refusal):
    """{unit}已经是这个角色，无须改定。"""


class RoleNotGiven(Malformed):
    """改定主办单位请用“改定主办”；此处只能定为分办、会办或者参阅。"""


class DateNotAhead(Malformed):
    """{day}不晚于今天，请填写以后的日期。"""


class OwesNothing(Refusal):
    """{unit}在本案中没有需要按期完成的事项，不能改定期限。"""


class NotHandedOver(Refusal):
    """本案尚未交办，没有可以改定的主办单位。"""


class NotHandlingNow(Refusal):
    """{unit}现在不承办本案。"""


class DemandMissing(Malformed):
    """请写明督办要求。"""


class AlreadySupervised(Refusal):
    """{unit}已因本案被督办（{supervision_id}），请先办结。"""


class NotSupervised(NotYours):
    """这项督办要求{unit}反馈，不是贵单位。"""


class SupervisionOver(Refusal):
    """督办{supervision_id}已经办结或者终止。"""


class ResultMissing(Malformed):
    """请写明反馈内容或者办结结果。"""


class NotKey(Refusal):
    """本案不是重点提案，没有领衔督办的领导。"""


class SummaryMissing(Malformed):
    """请写明活动情况。"""


class AlreadyTracking(Refusal):
    """{name}已经是本案的跟踪责任人。"""


class NobodyInspected(Malformed):
    """请列明受督查的单位。"""


class NothingSeen(Malformed):
    """请写明督查所见的进展或者成效。"""


class FindingElsewhere(Malformed):
    """{unit}不在受督查的单位之中，不能对其提出问题。"""


class FindingMissing(Malformed):
    """请写明发现的问题。"""


class NotYourFinding(NotYours):
    """这个问题由{unit}整改反馈，不是贵单位。"""


class FindingAnsweredBefore(Refusal):
    """问题{finding_id}已于{on}反馈。"""


class AnswerMissing(Malformed):
    """请写明整改情况。"""


class NotInInbox(Unknown):
    """您的收件箱中没有这条通知。"""


class UnknownChannel(Malformed):
    """没有接通“{channel}”这种渠道；可用的有：{known}。"""


class WrongHour(Malformed):
    """汇总时间须在{quiet_to}时至{quiet_from}时之间，其余时间不发送通知。"""


class NotSubscriber(Unknown):
    """没有编号为{subscription_id}的订阅。"""


class WrongAddress(Malformed):
    """订阅地址须以 https:// 开头；本机试用可用 http://127.0.0.1。"""


class UnknownEvents(Malformed):
    """没有这样的事件：{names}。"""


class NothingParked(Refusal):
    """这项订阅没有搁置的事件。"""
