"""Every "no" of the reply room, each with the sentence that the user reads."""

from shared.refusals import Malformed, NotYours, Refusal, Unknown

# Whose task it is, and whether it still stands


class UnknownProposal(Unknown):
    """没有找到编号为“{id}”的提案。"""


class UnknownTask(Unknown):
    """本提案没有编号为“{id}”的承办任务。"""


class NotYourTask(NotYours):
    """这项任务由其他单位承办，只有承办单位可以办理。"""


class TaskEnded(Refusal):
    """这项任务已经改派，原承办单位不再办理。"""


class ProposalTakenBack(Refusal):
    """提案人已经撤回本提案，不再办理。"""


class NotSignedYet(Refusal):
    """本单位尚未签收这项任务，请先签收再办理。"""


class HandledWithMain(Refusal):
    """本提案已经并案，请在主提案《{title}》下办理；答复发出时本提案会单独得到一份。"""


# Talking


class OnlyTakesNote(Refusal):
    """参阅单位只作了解，不承担本提案的办理。"""


class UnclearContact(Malformed):
    """沟通方式不明，请填写走访、电话、会议、信函或信息中的一种。"""


class TalksInTheFuture(Malformed):
    """沟通日期{day}还没有到，请在沟通之后记录。"""


class UnknownContact(Unknown):
    """本提案没有编号为“{id}”的沟通记录。"""


class SpeaksForAnother(NotYours):
    """{proposer}的意见只能由本人表示，或由提案委员会凭本人签名的书面材料登记。"""


class NeedsPaper(Malformed):
    """代{proposer}登记须附本人签名的书面材料：签名人、日期和扫描件。"""


class SignedInTheFuture(Malformed):
    """书面材料的日期{day}还没有到，请核对。"""


class AlreadySaidSo(Refusal):
    """{proposer}已经作过同样的表示。"""


# Giving opinions, and disagreeing


class NotCoHandler(Refusal):
    """只有会办单位向主办单位提会办意见、会签答复；主办、分办单位直接答复提案人。"""


class NoLeadYet(Refusal):
    """本提案目前没有主办或分办单位，待确定后再提会办意见。"""


class AlreadyGaveOpinion(Refusal):
    """本单位已经提出会办意见，每次交办只提一次；需要修改的，请先撤回。"""


class OpinionInSteps(Refusal):
    """会办意见须经拟稿、核稿、签发，不能一步提出。"""


class NoOpinionGiven(Refusal):
    """本单位尚未提出会办意见。"""


class UnknownDisagreement(Unknown):
    """本提案没有编号为“{id}”的待解决分歧。"""


class NotAtYourLevel(NotYours):
    """这项分歧目前由{level}协商处理。"""


class NotYourDisagreement(NotYours):
    """分歧只由当事单位处理；负责人之间协商一致的，由提出分歧的会办单位确认。"""


class CannotGoHigher(Refusal):
    """这项分歧已经提请市领导决定，不能再提级。"""


# Writing and approving


class TooLong(Malformed):
    """{what}有{count}字，超过了{limit}字的上限。"""


class DoesNotReply(Refusal):
    """会办、参阅单位不直接答复提案人，只有主办、分办单位可以拟稿和答复。"""


class AlreadyReplied(Refusal):
    """第{round}轮答复已经发出；提案人不满意而重新办理时，才能再次拟稿和答复。"""


class TalkFirst(Refusal):
    """第{round}轮办理还没有与提案人沟通，本提案须先沟通再拟稿。"""


class UnknownClass(Malformed):
    """没有“{code}”这一办理结果类别，现行规则的类别有：{known}。"""


class UnknownPoint(Malformed):
    """本提案没有“{point}”这一条建议，请先核对建议清单。"""


class PointTwice(Malformed):
    """建议清单里有重复的条目。"""


class UnknownDraft(Unknown):
    """本轮没有第{draft}稿。"""


class SupersededDraft(Refusal):
    """第{draft}稿之后已有第{newest}稿，只能审签和发出最新一稿。"""


class DraftChangedMeanwhile(Refusal):
    """您写作期间，{name}已经写了第{newest}稿；您的文字没有保存，请与对方的合并以后再提交。"""


class PointsChangedMeanwhile(Refusal):
    """您填写期间，建议清单已经改过；您的内容没有保存，请与对方的合并以后再提交。"""


class DraftWentBack(Refusal):
    """第{draft}稿已经退回修改，请另拟新稿。"""


class AlreadyApproved(Refusal):
    """第{draft}稿已经审签。"""


class ApprovesOwnDraft(Refusal):
    """拟稿人不能审签自己的稿件，请由另一位负责人审签。"""


class NoDistrict(Refusal):
    """只有区级承办单位的答复需要区级审定。"""


class AlreadyEndorsed(Refusal):
    """第{draft}稿已经区级审定。"""


# Countersigning


class NobodyToAsk(Refusal):
    """本提案没有会办单位，无须会签。"""


class AskedAlready(Refusal):
    """第{draft}稿已经送各会办单位会签。"""


class NotAskedToSign(Refusal):
    """第{draft}稿目前没有等待本单位会签。"""


# Sending


class NotApproved(Refusal):
    """第{draft}稿尚未审签，审签后才能发出。"""


class NotEndorsed(Refusal):
    """第{draft}稿尚未经区级审定，审定后才能发出。"""


class NotCountersigned(Refusal):
    """第{draft}稿尚待{units}会签，会签后才能发出。"""


class HeadIssues(NotYours):
    """本提案的答复须由单位主要负责人签发。"""


class IssuesOwnDraft(Refusal):
    """拟稿人不能签发自己的稿件，请由另一位负责人签发。"""


class ThirdPersonIssues(Refusal):
    """审签人不能签发同一稿件，请由另一位负责人签发。"""


class SignsOwnPaper(Refusal):
    """书面签发人{name}就是拟稿人，须由另一位负责人签发。"""


class NoContactYet(Refusal):
    """第{round}轮办理还没有与提案人沟通的记录，须先沟通再答复。"""


class OpinionsStillDue(Refusal):
    """{units}的会办意见尚未提出，最迟{day}提出；过期仍未提出的，说明理由后方可先行答复。"""


class OpinionsMissing(Refusal):
    """{units}逾期未提会办意见，先行答复须说明理由。"""


class StillDisagreeing(Refusal):
    """与{units}的意见分歧尚未解决，解决后才能答复。"""


class PointsUnanswered(Refusal):
    """还有{count}条建议没有答复：{points}；不逐条答复须说明理由。"""


class NeedsPromise(Refusal):
    """{code}类（{says}）答复须至少列明一项承诺事项及完成日期。"""


class NeedsReason(Refusal):
    """{code}类（{says}）答复须说明理由。"""


class NeedsEvidence(Refusal):
    """{code}类（{says}）答复须写明落实的依据。"""


class PromisedInThePast(Refusal):
    """承诺的完成日期{day}已经过去，请另定日期。"""


# The office's check


class LetterVoid(Refusal):
    """这份答复已被审核退回，不再有效。"""


class Overtaken(Refusal):
    """第{round}轮答复之后已经重新办理，不再审核。"""


class AlreadyChecked(Refusal):
    """这份答复已经审核通过。"""


class SameClass(Malformed):
    """这份答复已经是{code}类。"""


# Rating


class UnknownReply(Unknown):
    """本提案没有编号为“{id}”的答复。"""


class NotProposer(Malformed):
    """“{name}”不是本提案的提案人，提案人有：{known}。"""


class RatesForAnother(NotYours):
    """{proposer}的评价只能由本人作出，或由提案委员会代为登记。"""


class UnclearRating(Malformed):
    """评价不明，过程和结果请分别填写满意、基本满意或不满意。"""


class AlreadyRated(Refusal):
    """{proposer}已经评价过这份答复，每份答复每人评价一次。"""


class NotAskedToRate(Refusal):
    """提案委员会尚未就这份答复征询意见。"""


class AskedToRateAlready(Refusal):
    """提案委员会已经就这份答复征询意见。"""


class NotAccepted(Refusal):
    """这份答复尚未经交办机关审核，审核后再征询意见。"""


class EverybodyRated(Refusal):
    """提案人都已经评价，无须提醒。"""


class RatingStillRuns(Refusal):
    """{names}尚未评价，评价期限到{day}为止，过期后才能截止。"""


class NotRemindedYet(Refusal):
    """{names}尚未评价，须先提醒再截止。"""


class RatingIsClosed(Refusal):
    """这份答复的评价已经截止。"""


class NoMeetingOrdered(Refusal):
    """这份答复没有要求当面沟通；各轮办理后仍不满意的，才组织面商。"""


class AlreadyMet(Refusal):
    """这次面商已经登记。"""


class MetInTheFuture(Malformed):
    """面商日期{day}还没有到，请在面商之后登记。"""


# Disclosing


class UnknownLetter(Unknown):
    """本提案没有编号为“{id}”的答复或会办意见。"""


class NotYourLetter(NotYours):
    """这份文书由其他单位发出，只有发文单位可以办理。"""


class NeedsAttributeReason(Malformed):
    """依申请公开、不予公开的，须填写理由代码。"""


class NeedsReasonToDiffer(Refusal):
    """与提案人的意愿或承办单位拟定的公开属性不同，须说明理由。"""


class NotDecidedYet(Refusal):
    """这份文书的公开属性尚未审定。"""


class NotOpen(Refusal):
    """这份文书没有定为主动公开，不能公开。"""


class OtherForm(Refusal):
    """公开的形式（全文或摘要）与审定的不同。"""


class NoTextKept(Refusal):
    """这份文书没有留存全文，只能公开摘要。"""


class MaskingsUnconfirmed(Refusal):
    """还有{count}处疑似个人信息没有确认，第一处是“{first}”。"""


class WrongMasking(Malformed):
    """第{start}至{end}字不在公开文本之内。"""


class AlreadyReleased(Refusal):
    """这份文书已经公开；需要更改的，请先撤回公开。"""


class NothingReleased(Refusal):
    """这份文书目前没有公开。"""


# Keeping promises


class UnknownPromise(Unknown):
    """本提案没有编号为“{id}”的承诺事项。"""


class NotYourPromise(NotYours):
    """这项承诺由其他单位作出，只有作出承诺的单位可以登记落实。"""


class AlreadyKept(Refusal):
    """这项承诺已经登记落实。"""


class PromiseIsBroken(Refusal):
    """这项承诺已经认定为未兑现。"""


class PromiseIsVoid(Refusal):
    """作出这项承诺的答复已被退回，承诺随之作废。"""


class AlreadyReported(Refusal):
    """这项承诺已经申报兑现，正待交办机关核实。"""


class NotReported(Refusal):
    """承诺单位尚未申报兑现这项承诺。"""


class ChecksOwnPromise(NotYours):
    """承诺是否兑现由交办机关核实，请先申报。"""


class ChangedInThePast(Malformed):
    """变更后的完成日期{day}已经过去，请另定日期。"""


class ChangesNothing(Malformed):
    """变更后的承诺与原来相同。"""


class NoChangeAsked(Refusal):
    """没有待审定的变更申请。"""


class InheritsItself(Malformed):
    """承接单位就是现在的承诺单位。"""


# Looking back


class NothingToLookAt(Refusal):
    """{year}年没有需要回头看的承诺和答复。"""


class LookedBackAlready(Refusal):
    """{year}年的回头看已经开始。"""


class UnknownItem(Unknown):
    """这次回头看没有编号为“{id}”的事项。"""


class AlreadyLookedAt(Refusal):
    """这一事项已经登记回头看结果。"""


class NotInProgress(Refusal):
    """只有列明承诺、正在解决的答复才作再次答复。"""


class PromisesStillOpen(Refusal):
    """还有{count}项承诺没有核实兑现，不能转为已解决。"""
