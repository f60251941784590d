"""Every "no" of intake, in the sentence that the clerk or the proposer reads."""

from shared.refusals import Malformed, NotYours, Refusal


class AlreadySubmitted(Refusal):
    """编号“{proposal_id}”的提案已经提交过，不能再次提交。"""


class NotAmongProposers(NotYours):
    """您不在所填的提案人之列，只能提交您本人参与提出的提案。"""


class ProposerNamedTwice(Malformed):
    """提案人“{name}”填写了两次。"""


class SingleHasOneProposer(Malformed):
    """个人提案只能有一名提案人，现填写了{count}名；多人共同提出的请选择“联名提案”。"""


class JointNeedsTwo(Malformed):
    """联名提案至少需要两名提案人，现只填写了{count}名。"""


class CollectiveIsOneBody(Malformed):
    """集体提案以一个党派、团体或专门委员会的名义提出，现填写了{count}个。"""


class UnknownKind(Malformed):
    """提案形式只能是个人提案、联名提案或集体提案。"""


class TitleMissing(Malformed):
    """案由没有填写。"""


class TextMissing(Malformed):
    """提案正文没有填写。"""


class TitleTooLong(Malformed):
    """案由有{count}字，超过了{limit}字的上限。"""


class TextTooLong(Malformed):
    """提案正文有{count}字，超过了{limit}字的上限。"""


class TooManySuggestedUnits(Malformed):
    """建议的承办单位有{count}个，最多可建议{limit}个。"""


class UnitSuggestedTwice(Malformed):
    """建议的承办单位有重复，每个单位只需填写一次。"""


class AlreadyReviewed(Refusal):
    """{proposal}{state}，不能再次审查。"""


class NumberMalformed(Malformed):
    """案号“{number}”有误：{year}年的案号应为{year}加四位数字，从{year}0001起。"""


class NumberTaken(Refusal):
    """案号{number}已经编给另一件提案，请换一个案号，或不填案号由系统顺次编号。"""


class YearFull(Refusal):
    """{year}年的案号已经用完（{year}0001至{year}9999）。"""


class UnknownDeclineReason(Malformed):
    """不予立案的理由“{code}”不在现行规则之内，可选的理由有：{known}。"""


class NotFiled(Refusal):
    """{proposal}{state}，只有已立案的提案可以这样办理。"""


class TooFewToMerge(Malformed):
    """并案至少需要两件不同的提案，现只有{count}件。"""


class MainNotMember(Malformed):
    """主提案必须是并案的提案之一。"""


class NotOfOneYear(Refusal):
    """{proposal}属于{year}年，主提案属于{main_year}年，不同年度的提案不能并案。"""


class AlreadyMerged(Refusal):
    """{proposal}已经并案办理，不能再次并案。"""


class AlreadyKey(Refusal):
    """{proposal}已经是重点提案。"""
