"""How the registry says no."""

from shared.refusals import Malformed, Refusal, Unknown


class UnknownUnit(Unknown):
    """没有名为“{text}”的单位。请按单位全称、规范简称或编码填写。"""


class UnknownPlace(Unknown):
    """没有为“{place}”准备的初始数据。现有：{known}。"""


class YearNotAnnounced(Unknown):
    """{year}年的工作日历尚未登记。"""


class NameTaken(Refusal):
    """名称“{name}”已属于{unit}（{code}），两个单位不能同名。"""


class LevelIsFixed(Refusal):
    """{unit}（{code}）的层级不能更改。升格、降格请登记为新单位，并登记机构承接关系。"""


class ParentOfWrongLevel(Refusal):
    """{parent}不能作{unit}的上级：层级不相当。"""


class ParentIsBelow(Refusal):
    """{parent}在{unit}之下，不能作它的上级。"""


class NameStillInUse(Refusal):
    """“{old_name}”仍是现有单位（{code}）的名称，不能登记为已被承接的旧名。"""


class EditionNotNext(Refusal):
    """{what}的下一版应为第{next}版，不能登记第{edition}版。已登记的版次不可更改。"""


class AlreadyOfficial(Refusal):
    """{year}年的工作日历已正式公布，不能再改为暂定。"""


class DayOfAnotherYear(Malformed):
    """{day}不在{year}年内。"""


class DayTwice(Malformed):
    """{day}列了两次。"""


class DayLikeItsWeekday(Malformed):
    """{day}是周{weekday}，本来就{usually}，不必列出。"""


class RulesIncomplete(Malformed):
    """规则集缺少{missing}。"""


class CodeTwice(Malformed):
    """{what}“{code}”列了两次。"""


class UnknownLadderClock(Malformed):
    """催办阶梯“{clock}”没有对应的时限，应为：{known}。"""


class RungsOutOfOrder(Malformed):
    """催办阶梯“{clock}”的级次应从1起逐级排列，且一级比一级晚。"""


class EffectiveTooEarly(Refusal):
    """第{edition}版的生效日{effective_on}早于上一版的{last}，会改变已经适用的规则。"""
