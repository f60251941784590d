"""Telling: what happened at the door, in words for whoever reads the trail."""

from collections.abc import Mapping
from typing import Any

WHAT = {
    "signed-in": "登录",
    "refused": "登录被拒",
    "held-up": "连续失败，暂停登录",
    "second-factor": "通过动态验证码",
    "recovery-code": "使用恢复码",
    "proved": "再次确认身份",
    "seat-taken": "选择身份",
    "signed-out": "退出",
    "timed-out": "登录超时",
    "session-ended": "结束登录",
    "password-changed": "修改口令",
    "enrolled": "绑定动态验证码",
    "unenrolled": "停用动态验证码",
    "recovery-renewed": "更换恢复码",
    "account-opened": "开通账号",
    "password-set": "设置一次性口令",
    "account-locked": "停用账号",
    "account-unlocked": "恢复账号",
    "subject-named": "登记统一身份编号",
}
WHY = {
    "password": "口令不对",
    "code": "验证码不对",
    "nobody": "没有此账号",
    "locked": "账号已停用",
    "first-password-over": "一次性口令过期",
    "no-account": "统一身份未开通账号",
    "idle": "长时间没有操作",
    "too-long": "超过最长登录时间",
    "no-demo": "演示已结束",
}
BY = {"terminal": "终端"}
POSTS = {
    "proposer": "政协委员",
    "committee": "工作人员",
    "office": "交办人员",
    "supervision": "督查人员",
    "officer": "经办人",
    "section_head": "科室负责人",
    "deputy": "分管负责人",
    "head": "主要负责人",
    "leader": "领导",
    "operator": "系统管理员",
    "security": "安全管理员",
    "auditor": "审计管理员",
}
BROWSERS = (
    ("Edg/", "Edge"),
    ("Qaxbrowser", "奇安信浏览器"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
WAYS = {"password": "账号口令", "oidc": "统一身份认证", "demo": "演示账户"}


def detail(facts: Mapping[str, Any]) -> str:
    """What an entry says besides who, when and what."""
    said = []
    if way := facts.get("way"):
        said.append(WAYS.get(way, way))
    if why := facts.get("why"):
        said.append(WHY.get(why, why))
    if seat := facts.get("seat"):
        said.append(seat)
    if (ended := facts.get("sessions")) is not None:
        said.append(f"{ended}处登录")
    return "，".join(said)


def browser_says(said: str) -> str:
    """A browser as people call it, from what it says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in said), "其他浏览器")
    system = next((name for mark, name in SYSTEMS if mark in said), "")
    return f"{browser}（{system}）" if system else browser
