"""A unit's worklist: what needs it now, group by group, the most pressing first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.portal.domain.lights import Lamp

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Duties that ask for the same act."""

    code: str
    title: str
    hint: str
    duties: tuple[Row, ...]


GROUPS: tuple[tuple[str, str, str], ...] = (
    ("consent", "退办待同意", "经办人请示退办；负责人同意的，再申请退办，不同意的，签收办理。"),
    ("sign", "待签收", "签收后计入本单位任务；不属本单位职责的，在退办期限内退办。"),
    ("object", "可提出异议", "退办未获同意，仍认为不属本单位职责的，由负责人在期限内提出。"),
    ("contact", "待首次沟通", "先与提案人沟通，并记录沟通情况；提案人表示不需要的除外。"),
    ("opinion", "会办待报", "意见报主办单位，不直接答复提案人。"),
    ("opinion-check", "会办意见待核稿", "由起草人以外的人核稿。"),
    ("opinion-issue", "会办意见待签发", "由负责人签发，报主办单位。"),
    ("reply", "答复待办", "先与提案人沟通，会办意见齐备后答复。"),
    ("work", "分解任务待办", "上级单位分解的任务，按内部期限完成。"),
    ("countersign", "待会签", "主办单位的答复稿，同意的会签，不同意的退回并写明理由。"),
    ("approval", "待审签", "答复稿须由起草人以外的负责人审签。"),
    ("issue", "待签发", "已审签的答复稿，签发后送提案人。"),
    ("decide", "退办待审", "决定作出之前，原单位继续承担。"),
    ("decide_objection", "异议待裁定", "领导裁定之前，原单位继续承担；裁定有约束力。"),
    ("to_decide", "退办待本单位审定", "同意的改派他单位，不同意的由原单位继续办理。"),
    ("rate", "待提案人评价", "逾期未反馈的记为“未反馈”，不视为满意。"),
    ("publish", "待公开", "拟定公开属性，经审定、脱敏后公开。"),
    ("meet", "待与提案人面商", "多轮答复后仍不满意的，当面商定，由组织方记录结果。"),
    ("promise", "承诺待兑现", "兑现后附证明材料。"),
    ("supervise", "督办待反馈", "按督办通知的要求，在规定日期前反馈。"),
    ("finding", "督查问题待整改", "说明整改情况。"),
    ("position", "待表明意见", "涉及本单位的协调事项，说明意见，供协调参考。"),
    ("matter", "协调事项待决定", "组织协调，报请市领导决定。"),
    ("carry_out", "协调决定待落实", "按市领导的决定办理。"),
    ("below", "下属单位在办", "本单位分解、尚未办结的任务。"),
)
GROUP_OF_KIND = {
    **{code: code for code, _, _ in GROUPS},
    "redo": "reply",
}
GROUP_OF_DESK = {"endorsed": "issue"}


def worklist(
    duties: Iterable[Row],
    *,
    desks: Iterable[Row],
    to_decide: Iterable[Row],
    below: Iterable[Row],
    asked: Iterable[Row] = (),
) -> tuple[Group, ...]:
    """The groups that hold something. Each list comes in order of its due dates."""
    items: dict[str, list[Row]] = {code: [] for code, _, _ in GROUPS}
    for duty in (*duties, *asked):
        items[GROUP_OF_KIND[duty["kind"]]].append(duty)
    for draft in desks:
        desk = str(draft["desk"])
        items[GROUP_OF_DESK.get(desk, desk)].append(draft)
    items["to_decide"].extend(to_decide)
    items["below"].extend(below)
    return tuple(
        Group(code, title, hint, tuple(items[code])) for code, title, hint in GROUPS if items[code]
    )


def narrowed(groups: Iterable[Group], *, to: str, lamp: Lamp) -> tuple[Group, ...]:
    """The groups with only the duties that show one light; an empty word leaves all."""
    if not to:
        return tuple(groups)
    lit = (
        replace(group, duties=tuple(duty for duty in group.duties if _shows(duty, to, lamp)))
        for group in groups
    )
    return tuple(group for group in lit if group.duties)


def lights_in(groups: Iterable[Group], *, lamp: Lamp) -> Counter[str]:
    """How many duties show which light."""
    return Counter(
        lamp.of(duty).code for group in groups for duty in group.duties if duty["due_on"]
    )


def held_in(groups: Iterable[Group]) -> Counter[str]:
    """In how many proposals something is open for the unit, by its role in them."""
    held = {(duty["proposal_id"], duty.get("role")) for group in groups for duty in group.duties}
    return Counter(role for _, role in held if role is not None)


def _shows(duty: Row, code: str, lamp: Lamp) -> bool:
    return duty["due_on"] is not None and lamp.of(duty).code == code
