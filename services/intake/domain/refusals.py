"""Every "no" of intake, in the sentence that the clerk or the proposer reads."""

from shared.refusals import Malformed, NotYours, Refusal


class AlreadySubmitted(Refusal):
    """编号“{proposal_id}”的提案已经提交过，不能再次提交。"""


class NotAmongProposers(NotYours):
    """您不在所填的提案人之列，只能提交您本人参与提出的提案。"""


class NotYourProposal(NotYours):
    """您不是这件提案的提案人，不能办理此事。"""


class ProposerNamedTwice(Malformed):
    """提案人“{name}”填写了两次。"""


class SingleHasOneProposer(Malformed):
    """个人提案只能有一名提案人，现填写了{count}名；多人共同提出的请选择“联名提案”。"""


class JointNeedsTwo(Malformed):
    """联名提案至少需要两名提案人，现只有{count}名；只有一人的请改为“个人提案”。"""


class JointSignsOnline(Refusal):
    """联名提案须由各提案人本人签署：请先保存草稿并邀请联名；已在纸上签名的，请交提案委代录。"""


class CollectiveIsOneBody(Malformed):
    """集体提案以一个党派、团体或专门委员会的名义提出，现填写了{count}个。"""


class CollectiveNeedsBody(Malformed):
    """集体提案须写明以哪个党派、团体、专门委员会、界别或委员小组的名义提出。"""


class PutByBody(Malformed):
    """集体提案须选择由党派、人民团体、专门委员会、界别还是委员小组提出。"""


class PutByMembers(Malformed):
    """个人提案和联名提案由委员提出；以集体名义提出的请选择“集体提案”。"""


class OnlyInSession(Refusal):
    """{who}提案只能在全体会议期间提出，现在是闭会期间。"""


class ConvenorMissing(Malformed):
    """{who}提案由召集人签名，请填写召集人姓名。"""


class SealMissing(Malformed):
    """{who}提案须署名并加盖公章，请确认已经盖章。"""


class UnknownKind(Malformed):
    """提案形式只能是个人提案、联名提案或集体提案。"""


class UnknownCategory(Malformed):
    """没有“{category}”这一类别，可选的有：{known}。"""


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


class TooManyAttachments(Malformed):
    """附件有{count}个，最多可附{limit}个。"""


class AttachedTwice(Malformed):
    """同一个附件附了两次。"""


class NotUploaded(Malformed):
    """附件“{name}”还没有上传，请先上传再附上。"""


class DraftChangedMeanwhile(Refusal):
    """这份草稿在别处保存过（您看到的是第{version}稿，现在是第{found}稿），请刷新后再改。"""


class DraftNotJoint(Refusal):
    """只有联名提案才邀请他人签署，请先把提案形式改为“联名提案”并填写联名人。"""


class SignerUnknown(Malformed):
    """联名人“{name}”没有登录账号，不能在网上签署，请将纸质提案交提案委代录。"""


class NobodyLeftToAsk(Refusal):
    """联名人都已邀请过，没有需要再邀请的人。"""


class NotAskedToSign(NotYours):
    """没有人邀请您在这份草稿上签署。"""


class SigningClosed(Refusal):
    """联名签署已于{until}截止。"""


class WordingChanged(Refusal):
    """这份草稿在邀请您之后改过，原来的邀请不再有效，请等提案人重新邀请。"""


class SignatureAnswered(Refusal):
    """您已经答复过这份草稿的联名邀请。"""


class SignaturesUnasked(Refusal):
    """联名人{names}还没有被邀请签署现在的文字，请先邀请，或从联名人中删去。"""


class SignaturesOpen(Refusal):
    """联名人{names}还可以签署，请等截止后再提交；不等的，请从联名人中删去。"""


class AlreadyReviewed(Refusal):
    """{proposal}{state}，不能再次审查。"""


class UnknownReviewGroup(Malformed):
    """没有“{group}”这一审查小组，可选的有：{known}。"""


class NotOneMatter(Refusal):
    """{proposal}不是一事一案，不能立案；请退回修改或者不予立案。"""


class NumberMalformed(Malformed):
    """案号“{number}”有误：{year}年的案号应为{year}加四位数字，从{year}0001起。"""


class NumberTaken(Refusal):
    """案号{number}已经编给另一件提案，请换一个案号，或不填案号由系统顺次编号。"""


class YearFull(Refusal):
    """{year}年的案号已经用完（{year}0001至{year}9999）。"""


class SerialPatternBroken(Refusal):
    """规则集中的编号格式“{pattern}”不能使用，请修改规则集后再立案。"""


class UnknownDeclineReason(Malformed):
    """不予立案的理由“{code}”不在现行规则之内，可选的理由有：{known}。"""


class UnknownTurn(Malformed):
    """提案不能转为“{into}”，可以转为：{known}。"""


class NotSentBack(Refusal):
    """{proposal}没有退回修改，不能重新提交。"""


class OnlyFirstProposer(NotYours):
    """撤案由第一提案人{first}办理。"""


class AskCommitteeToWithdraw(NotYours):
    """{proposal}已经立案，撤案请向提案委提出，由提案委办理。"""


class CannotWithdraw(Refusal):
    """{proposal}{state}，不能撤案。"""


class MergedCannotWithdraw(Refusal):
    """{proposal}已经并案，请先拆分再撤案。"""


class AnsweredAlready(Refusal):
    """{proposal}已经答复，不能再并案、拆分或撤案。"""


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


class OnlyOfficeAfterHandOver(NotYours):
    """{proposal}已经交办，此后的并案和拆分由交办机关办理。"""


class OnlyCommitteeBeforeHandOver(NotYours):
    """这些提案还没有交办，并案和拆分由提案委办理。"""


class MainNotHandedOver(Refusal):
    """主提案{proposal}还没有交办，请以已经交办的提案为主提案。"""


class NotMerged(Refusal):
    """这件提案没有并案。"""


class NotMergedHere(Refusal):
    """提案“{id}”没有并入{main}。"""


class MainStays(Refusal):
    """{proposal}是主提案，不能单独拆出；请拆出其他提案，或解散整组。"""


class PolicyMissing(Malformed):
    """已经交办的提案拆分时，须说明期限重新计算（restart）还是不变（keep）。"""


class TooLateToObject(Refusal):
    """对并案提出异议的期限是{until}，已经过了。"""


class ObjectedAlready(Refusal):
    """您已经对这次并案提出过异议。"""


class NoObjection(Refusal):
    """没有尚未答复的异议。"""


class NotWithItself(Malformed):
    """一件提案不能与它自己关联。"""


class LinkedAlready(Refusal):
    """{one}和{other}已经关联。"""


class AlreadyKey(Refusal):
    """{proposal}已经是重点提案。"""


class NotKey(Refusal):
    """{proposal}不是重点提案。"""


class NoSheet(Malformed):
    """文件“{name}”不是可以读取的Excel表格（.xlsx、.xls）。"""


class ColumnsMissing(Malformed):
    """清单中没有找到“{missing}”一栏，请核对表头。"""


class ListEmpty(Malformed):
    """清单中没有提案。"""


class ListTooLong(Malformed):
    """清单有{count}行，一次最多导入{most}行，请分成几张。"""


class ListNotChecked(Refusal):
    """清单还有{left}行没有检查完，不能确认。"""


class ListConfirmed(Refusal):
    """这张清单已经确认导入，不能再次导入。"""


class AnotherFile(Refusal):
    """要确认的文件与检查过的不是同一份，请重新检查。"""


class ListChanged(Refusal):
    """检查之后情况有变，没有导入任何一行，请重新检查：{says}"""


class FaultyList(Malformed):
    """清单中有{count}处错误，没有导入任何一行。"""


class TooManyToExport(Refusal):
    """符合条件的提案有{count}件以上，一次最多导出{most}件，请缩小范围。"""
