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


class NotSignedYet(Refusal):
    """本单位尚未签收这项任务，请先签收再办理。"""


class HandledWithMain(Refusal):
    """本提案已经并案，请在主提案《{title}》下办理；答复发出时本提案会单独得到一份。"""


# Talking and giving opinions


class OnlyTakesNote(Refusal):
    """参阅单位只作了解，不承担本提案的办理。"""


class UnclearContact(Malformed):
    """沟通方式不明，请填写走访、电话、会议、信函或信息中的一种。"""


class NotCoHandler(Refusal):
    """只有会办单位向主办单位提会办意见；主办、分办单位直接答复提案人。"""


class NoLeadYet(Refusal):
    """本提案目前没有主办或分办单位，待确定后再提会办意见。"""


class AlreadyGaveOpinion(Refusal):
    """本单位已经提出会办意见，每次交办只提一次。"""


# Writing and approving


class TooLong(Malformed):
    """{what}有{count}字，超过了{limit}字的上限。"""


class DoesNotReply(Refusal):
    """会办、参阅单位不直接答复提案人，只有主办、分办单位可以拟稿和答复。"""


class AlreadyReplied(Refusal):
    """第{round}轮答复已经发出；提案人不满意而重新办理时，才能再次拟稿和答复。"""


class UnknownClass(Malformed):
    """没有“{code}”这一办理结果类别，现行规则的类别有：{known}。"""


class UnknownDraft(Unknown):
    """本轮没有第{draft}稿。"""


class SupersededDraft(Refusal):
    """第{draft}稿之后已有第{newest}稿，只能审签和发出最新一稿。"""


class AlreadyApproved(Refusal):
    """第{draft}稿已经审签。"""


class ApprovesOwnDraft(Refusal):
    """拟稿人不能审签自己的稿件，请由另一位负责人审签。"""


# Sending


class NotApproved(Refusal):
    """第{draft}稿尚未审签，审签后才能发出。"""


class NoContactYet(Refusal):
    """第{round}轮办理还没有与提案人沟通的记录，须先沟通再答复。"""


class OpinionsStillDue(Refusal):
    """{units}的会办意见尚未提出，最迟{day}提出；过期仍未提出的，说明理由后方可先行答复。"""


class OpinionsMissing(Refusal):
    """{units}逾期未提会办意见，先行答复须说明理由。"""


class NeedsPromise(Refusal):
    """{code}类（{says}）答复须至少列明一项承诺事项及完成日期。"""


class NeedsReason(Refusal):
    """{code}类（{says}）答复须说明理由。"""


class PromisedInThePast(Refusal):
    """承诺的完成日期{day}已经过去，请另定日期。"""


# Rating and keeping


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


class UnknownPromise(Unknown):
    """本提案没有编号为“{id}”的承诺事项。"""


class NotYourPromise(NotYours):
    """这项承诺由其他单位作出，只有作出承诺的单位可以登记落实。"""


class AlreadyKept(Refusal):
    """这项承诺已经登记落实。"""
