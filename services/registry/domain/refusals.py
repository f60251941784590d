"""How the registry says no."""

from shared.refusals import Malformed, NotYours, Refusal, Unknown


class UnknownUnit(Unknown):
    """没有名为“{text}”的单位。请按单位全称、规范简称或编码填写。"""


class UnknownPlace(Unknown):
    """没有为“{place}”准备的初始数据。现有：{known}。"""


class UnknownPerson(Unknown):
    """没有登记编号为“{person}”的人员。"""


class YearNotAnnounced(Unknown):
    """{year}年的工作日历尚未登记。"""


class NothingProposed(Unknown):
    """{year}年没有待确认的工作日历。"""


class NoSuchEdition(Unknown):
    """没有规则集{rules}的第{edition}版。"""


class NoSuchDelegation(Unknown):
    """没有这一项代办授权。"""


class NoSuchAccount(Unknown):
    """没有名为“{account}”的服务账户。"""


class NameTaken(Refusal):
    """名称“{name}”已属于{unit}（{code}），两个单位不能同名。"""


class LevelIsFixed(Refusal):
    """{unit}（{code}）的层级不能更改。升格、降格请登记为新单位，并登记机构承接关系。"""


class ParentOfWrongLevel(Refusal):
    """{parent}不能作{unit}的上级：层级不相当。"""


class ParentIsBelow(Refusal):
    """{parent}在{unit}之下，不能作它的上级。"""


class UnitIsGone(Refusal):
    """“{unit}”自{since}起已由{successors}承接，不再是现有单位。"""


class SameName(Refusal):
    """{unit}现在就叫这个名称，没有更名。"""


class NameStillInUse(Refusal):
    """“{old_name}”仍是现有单位（{code}）的名称，不能登记为已被承接的旧名。该单位如已撤并，请写明方式和生效日。"""


class RenameInstead(Refusal):
    """{unit}只是更名的，请按更名登记：单位编码不变，办理中的工作不必移交。"""


class OldNameTwice(Refusal):
    """旧名“{old_name}”已登记过另一次沿革（{year}年）。请在名称后注明年份以示区别。"""


class BeforeLastRenaming(Refusal):
    """{unit}在{since}已更过名，再次更名的生效日应在其后。"""


class NotYet(Refusal):
    """生效日{on}还没有到，届时再登记。"""


class UnitsBelow(Refusal):
    """{unit}之下还有{units}，请先改登它们的上级。"""


class WrongNumberOfSuccessors(Malformed):
    """{how}应有{wanted}承接单位。"""


class YearAndDayDiffer(Malformed):
    """生效日{on}不在{year}年内。"""


class DayOrYear(Malformed):
    """请写明生效日，至少写明年份。"""


class BackwardsDates(Malformed):
    """{what}的起始日{since}晚于截止日{until}。"""


class PostsOverlap(Refusal):
    """同一单位的“{post}”职务登记了两段重叠的任期。"""


class SeparatedPosts(Refusal):
    """系统管理员、安全管理员、审计管理员应由不同的人担任，不能同时任“{post}”和“{other}”。"""


class OwnPosts(NotYours):
    """不能登记自己的职务，请由另一位系统管理员办理。"""


class PostNotHeld(Refusal):
    """{name}在{on}没有担任该单位的“{post}”。"""


class PostEndedAlready(Refusal):
    """{name}担任该单位“{post}”已于{until}截止。"""


class ToOneself(Refusal):
    """不能委托自己代办。"""


class NotDelegable(Refusal):
    """“{post}”的职务不能委托他人代办，须由本人办理或者另行任命。"""


class OnlyOwnPost(NotYours):
    """只能委托他人代办自己的职务；代办人也不能再转委托。"""


class DelegationInThePast(Refusal):
    """代办从{since}开始，早于今天：代办不能追溯。"""


class DelegationTooLong(Refusal):
    """代办共{count}天，最长{limit}天（规则{rule}）。"""


class DelegationsOverlap(Refusal):
    """这一职务在{since}至{until}已委托{deputy}代办，两项代办不能重叠。"""


class DelegationOver(Refusal):
    """这一项代办已于{until}结束。"""


class AccountTaken(Refusal):
    """服务账户“{account}”已经登记；换密钥请用更换，账户名不重复使用。"""


class AccountEnded(Refusal):
    """服务账户“{account}”已于{until}停用。"""


class UnknownAct(Malformed):
    """没有名为“{act}”的事项。可授权的事项有：{known}。"""


class ActNotOfPost(Malformed):
    """“{post}”不能办理“{act}”，不能授权给以此身份登录的服务账户。"""


class NotForAccounts(Malformed):
    """“{post}”的身份只授予本人，不能授予服务账户。"""


class EditionNotNext(Refusal):
    """{what}的下一版应为第{next}版，不能登记第{edition}版。已登记的版次不可更改。"""


class AlreadyOfficial(Refusal):
    """{year}年的工作日历已正式公布，不能再改为暂定。"""


class NothingChanged(Refusal):
    """{year}年的工作日历本来就是这样，没有可以改动之处。"""


class SamePersonConfirms(Refusal):
    """工作日历由一人录入、另一人核对确认，录入人不能自己确认。"""


class ChangedMeanwhile(Refusal):
    """{year}年待确认的工作日历在您查看之后已有变动，请重新核对后再确认。"""


class EntryChangedMeanwhile(Refusal):
    """“{name}”的登记在您查看之后已由他人改过；您填写的没有保存，请与最新的登记合并以后再提交。"""


class DayOfAnotherYear(Malformed):
    """{day}不在{year}年内。"""


class DayTwice(Malformed):
    """{day}列了两次。"""


class DayLikeItsWeekday(Malformed):
    """{day}是周{weekday}，本来就{usually}，不必列出。"""


class DaysOrNotice(Malformed):
    """请粘贴通知原文，或者逐日列出，二者择一。"""


class NoticeNotUnderstood(Malformed):
    """通知中有{count}处未能读懂或与日历不符，请核对原文：{first}"""


class RulesIncomplete(Malformed):
    """规则集缺少{missing}。"""


class RulesTooLarge(Malformed):
    """规则集内容过多（{size}字节，最多{limit}字节）。"""


class CodeTwice(Malformed):
    """{what}“{code}”列了两次。"""


class SpecialWithoutClock(Malformed):
    """特别期限“{special}”没有对应的一般期限“{clock}”。"""


class UnknownLadderClock(Malformed):
    """催办阶梯“{clock}”没有对应的时限，应为：{known}。"""


class RungsOutOfOrder(Malformed):
    """催办阶梯“{clock}”的级次应从1起逐级排列，且一级比一级晚。"""


class SeriesWithoutNumber(Malformed):
    """文号“{series}”的格式“{pattern}”写法不对：应有一处{{n}}，另可有{{unit}}、{{year}}等。"""


class SessionsOverlap(Malformed):
    """会议“{session}”与“{other}”的提交时间重叠。"""


class SourceOfNothing(Malformed):
    """上限“{limit}”没有规定，却注明了依据。"""


class EffectiveTooEarly(Refusal):
    """第{edition}版的生效日{effective_on}早于上一版的{last}，会改变已经适用的规则。"""
