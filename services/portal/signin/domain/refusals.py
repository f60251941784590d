"""How sign-in says no. What would tell a stranger who has an account is not said."""

from shared.refusals import Malformed, NotYours, Refusal, Unknown


class SignInFirst(NotYours):
    """请先登录再办理。"""

    status = 401


class NotRecognised(NotYours):
    """账号或口令不对，请核对后重试。"""

    status = 401


class CodeNotRight(NotYours):
    """验证码不对，或者已经用过；请等下一个验证码再填。"""

    status = 401


class ProveYourself(NotYours):
    """这件事要再次确认是您本人。"""

    status = 401


class TooManyFailures(NotYours):
    """连续多次没有通过，请{minutes}分钟后再试，或联系安全管理员。"""

    status = 429


class TooManyFromHere(NotYours):
    """从您的网络地址登录失败的次数过多，请稍后再试。"""

    status = 429


class AccountLocked(NotYours):
    """这个账号已被安全管理员停用，请与安全管理员联系。"""


class FirstPasswordOver(NotYours):
    """一次性口令已过期，请联系安全管理员重新设置。"""


class ForeignOrigin(NotYours):
    """这个请求不是从会办的页面发出的，没有办理。请回到页面重新提交。"""


class FormTooOld(NotYours):
    """这张表单已经过期，没有办理。请刷新页面后重新提交。"""


class NotSafeHere(NotYours):
    """这里的连接没有加密，不能登录；请改用 https 打开。"""


class NoSigningKey(Refusal):
    """门户没有得到签名私钥，暂时不能登录；请运维人员设置 HUIBAN_SIGNING_KEY 后重启门户。"""

    status = 503


class NotADemo(Unknown):
    """本系统没有以演示方式启动，没有演示账户。"""


class NobodyReady(Unknown):
    """演示账户中没有这个人，或此人不担任这一职务。"""


class NotYourSeat(NotYours):
    """这不是您担任或受托代办的职务，请重新选择。"""


class NotYourSession(Unknown):
    """没有找到这次登录，它可能已经结束。"""


class PasswordsDiffer(Malformed):
    """两次填写的新口令不一致。"""


class PasswordTooShort(Malformed):
    """口令至少要有{least}个字符。"""


class PasswordTooLong(Malformed):
    """口令最多{most}个字符。"""


class PasswordTooPlain(Malformed):
    """口令要包含大写字母、小写字母、数字、其他字符中的至少{kinds}种。"""


class PasswordNamesYou(Malformed):
    """口令里不能有账号、姓名或单位编码。"""


class PasswordUsedBefore(Malformed):
    """不能使用最近{last}次用过的口令。"""


class NoPassword(Refusal):
    """这个账号没有本系统的口令，请通过统一身份认证修改。"""


class SecondFactorNeeded(NotYours):
    """您的职务必须使用动态验证码，不能停用。"""


class NotEnrolling(Refusal):
    """没有正在进行的绑定，请重新开始。"""


class NotYourself(NotYours):
    """不能管理自己的账号，请由另一位安全管理员办理。"""


class NotRegistered(Unknown):
    """登记簿中没有编号为“{person}”的人员，请系统管理员先登记。"""


class NoAccount(Unknown):
    """“{person}”还没有账号。"""


class AccountIsOpen(Refusal):
    """“{person}”已经有账号。"""


class AlreadySo(Refusal):
    """账号已经是这个状态，没有改动。"""


class AdministratorsAreApart(Refusal):
    """系统、安全、审计三种管理员不能由同一人担任，请系统管理员先调整其职务。"""


class ReasonMissing(Malformed):
    """请写明事由，最多{most}字。"""


class SubjectUnfit(Malformed):
    """统一身份编号过长，或含有不能识别的字符。"""


class SubjectTaken(Refusal):
    """这个统一身份编号已属于另一个账号。"""


class NoProvider(Unknown):
    """本系统没有接入统一身份认证。"""


class ProviderAway(Refusal):
    """统一身份认证暂时没有应答，请稍后再试，或使用账号和口令登录。"""

    status = 503


class ProviderSaysNo(NotYours):
    """统一身份认证没有确认您的身份，请重新登录。"""


class NoAccountForSubject(NotYours):
    """统一身份认证确认了您的身份，但您在本系统还没有账号，请联系安全管理员开通。"""
