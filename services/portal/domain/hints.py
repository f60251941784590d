"""First hints: what somebody in a post does here, and where it is explained."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.registry import Post


@dataclass(frozen=True, slots=True)
class Hints:
    """A few sentences for the first visit, and the book of the manual that says the rest."""

    says: tuple[str, ...]
    book: str


KEYS = "会用键盘的：j、k逐行，回车办理，按“?”看全部快捷键。"
OF_A_UNIT = (
    "“待签收”排在最前：属于本单位的，点“签收”；不属于的，在期限内点“退办”。",
    "每一行右边的按钮就是下一步；期限旁的“期限说明”写明这一天是怎样算出来的。",
    KEYS,
)
OF_A_DECIDER = (
    "这里是等您审核、审定或者签发的；先点案由看全文，再点右边的按钮。",
    "红灯是已经逾期的，黄灯是快到期的；没有灯号的不限期。",
    KEYS,
)
HINTS: Mapping[Post, Hints] = {
    Post.PROPOSER: Hints(
        (
            "点“提交提案”写一件新的；写到一半可以存成草稿，请别人联名。",
            "承办单位答复以后，“请您评价”会出现在最前，办理过程和办理结果分别表态。",
            "每件提案点开，可以看到办到哪一步、谁在办、哪天到期。",
        ),
        "proposer",
    ),
    Post.COMMITTEE: Hints(
        (
            "“待审查”里的提案，点“立案”编号，或者不予立案、并案、退回修改。",
            "答复经交办机关审核以后，在“待请评价”里请提案人评价。",
            KEYS,
        ),
        "committee",
    ),
    Post.OFFICE: Hints(
        (
            "“待交办”里的提案可以一份清单一次交办；系统会先核对单位，列出相似的旧案。",
            "退办、延期、异议各是一组，右边的按钮就是审定；没有要写的，可以选几行一并办理。",
            KEYS,
        ),
        "office",
    ),
    Post.SUPERVISION: Hints(
        (
            "“红灯”是已经逾期的任务，点“督办”要求单位限期反馈。",
            "单位反馈以后，在“督办待办结”里办结。",
            KEYS,
        ),
        "office",
    ),
    Post.LEADER: Hints(
        (
            "“待协调事项”等您决定：先看各方意见，再点“作出协调决定”。",
            "“红灯”和“重点提案”只供了解，点案由可以看全文和全过程。",
        ),
        "leader",
    ),
    Post.OPERATOR: Hints(
        (
            "单位、人员、日历、规则集都在“登记簿”里；改动从写明的那一天起生效。",
            "日历要两个人：一人录入，另一人确认。",
        ),
        "operator",
    ),
    Post.OFFICER: Hints(OF_A_UNIT, "unit"),
    Post.SECTION_HEAD: Hints(OF_A_DECIDER, "unit"),
    Post.DEPUTY: Hints(OF_A_DECIDER, "unit"),
    Post.HEAD: Hints(OF_A_DECIDER, "unit"),
}
