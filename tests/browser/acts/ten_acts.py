"""The ten acts that are done most, one after the other."""

from tests.browser.acts.conftest import Coming
from tests.browser.acts.town import (
    CLERK,
    CO_CLERK,
    CO_HEAD,
    HANDING,
    HEAD,
    MEMBER,
    NAMES,
    SECTION_HEAD,
    answered,
    filed,
    handed_over,
    only_row,
)
from tests.story.answering import opine
from tests.story.assigning import by_unit
from tests.story.office import LONGHUA, TRANSPORT, sign
from tests.world import World

LEAD, CO = f"{LONGHUA}.1", f"{TRANSPORT}.1"


async def ten_acts(comes: Coming, world: World, *, street: str) -> None:
    """Hand over, sign, return, talk, opine, draft, approve, issue, rate, report a promise."""
    clerk, co_clerk = await comes(CLERK), await comes(CO_CLERK)
    case = await filed(world, f"关于改造{street}路口的提案")
    await (await comes(HANDING)).does("hand-over", case, {"主办": "龙华区", "会办": "市交通运输局"})
    await clerk.does("sign", case, task_id=LEAD)

    returned = await handed_over(world, f"关于延长{street}绿道的提案", TRANSPORT)
    await by_unit(world, returned, TRANSPORT, "consent-to-return", post=CO_HEAD.post)
    await co_clerk.does(
        "return",
        returned,
        {"理由": "not-our-duty", "说明": "不属本局职责", "建议的承办单位": "南山区"},
        task_id=CO,
    )

    await sign(world, case, TRANSPORT)
    await co_clerk.does("draft-opinion", case, {"会办意见": "建议设左转待行区。"}, task_id=CO)
    await opine(world, case, TRANSPORT)
    await clerk.does("contact", case, {"方式": "电话", "内容": "说明改造安排"}, task_id=LEAD)
    await clerk.does(
        "draft",
        case,
        {
            "答复正文": "路口改造完成。",
            "结果类别": "A",
            "第1行回应": "已接驳。",
            "第2行回应": "已增设。",
            "第3行回应": "已公示。",
        },
        task_id=LEAD,
    )
    await (await comes(SECTION_HEAD)).does("approve", case, task_id=LEAD)
    await (await comes(HEAD)).does(
        "issue", case, {"摘要": "路口改造完成", "办结依据": "竣工验收单"}, task_id=LEAD
    )
    reply = await only_row(world, "replies", case)
    await (await comes(MEMBER)).does(
        "rate",
        case,
        {"提案人": NAMES[MEMBER.id], "办理过程": "满意", "办理结果": "满意"},
        reply_id=reply["reply_id"],
    )

    lines = {"text": "改造三处", "due_on": "2024-12-20"}
    promised = await answered(world, f"关于整治{street}边坡的提案", promises=[lines])
    await clerk.does("report-kept", promised, {"依据": "竣工"}, promise_id=f"{LONGHUA}.r1.p1")
