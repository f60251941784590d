"""What people write in the demo: notes, opinions, letters; made from each case's own words."""

from deploy.demo.portfolio import DistrictWork, Proposal, Reply

MADE_UP = "（演示文本）"
CHECKED = "按会签意见核对了所涉数据"


def proposers_of(proposal: Proposal) -> str:
    """王志毅等6位委员, or the one there is."""
    first = proposal.proposers[0]
    several = len(proposal.proposers)
    return f"{first}等{several}位提案人" if several > 1 else first


def first_talk(proposal: Proposal) -> str:
    return f"与提案人当面沟通，听取其对“{proposal.asks[0]}”的具体想法，商定办理思路。{MADE_UP}"


def second_talk(proposal: Proposal) -> str:
    return f"就答复要点征求提案人意见，重点说明“{proposal.asks[-1]}”的办理安排。{MADE_UP}"


def real_talk(proposal: Proposal) -> str:
    return f"由分管负责人上门，与提案人当面沟通“{proposal.asks[0]}”，双方签字确认。{MADE_UP}"


def talk_again(proposal: Proposal) -> str:
    return f"登门向提案人说明首轮答复的不足，商定先易后难、分步落实“{proposal.asks[0]}”。{MADE_UP}"


WORD_OF = {
    "A": "已经办理落实，具体情况见本函",
    "B": "已列入工作计划，按本函所列承诺事项推进",
    "C": "目前条件尚不具备，原因见本函",
    "D": "已作为工作参考",
}


def point(ask: str, *, reply: Reply, version: int) -> dict[str, str]:
    """One of the points of the proposal, and what is answered to it."""
    more = f"，并{CHECKED}" if version > 1 else ""
    return {"point": ask, "answer": f"关于{ask}，{WORD_OF[reply.result]}{more}。"}


def evidence(proposal: Proposal) -> str:
    return f"“{proposal.asks[0]}”“{proposal.asks[-1]}”的办理材料已归档备查。{MADE_UP}"


def opinion(proposal: Proposal, *, unit: str, work: tuple[DistrictWork, ...]) -> str:
    """A co-handler's opinion; a district builds on what its own units found."""
    basis = "".join(f"我区由{one.unit}{one.duty}。" for one in work)
    return (
        f"{basis}{unit}原则同意提案所提“{proposal.asks[0]}”，"
        f"建议主办单位结合实际推进，并将“{proposal.asks[-1]}”一并纳入答复。{MADE_UP}"
    )


def finished(work: DistrictWork) -> str:
    return f"已完成：{work.duty}，材料已报区政府。{MADE_UP}"


def letter(proposal: Proposal, *, unit: str, version: int, reply: Reply) -> str:
    """The text of a reply: what was asked, point by point, and what comes of it."""
    points = "".join(
        f"\n（{'一二三四五'[n]}）{point(ask, reply=reply, version=version)['answer']}"
        for n, ask in enumerate(proposal.points_of(unit) or proposal.asks)
    )
    return (
        f"关于市政协{proposal.called}答复的函\n"
        f"{proposers_of(proposal)}：\n"
        f"您提出的《{proposal.title}》收悉。感谢您对本单位工作的关心，现答复如下：{points}\n"
        f"{reply.answer}\n{unit}\n{MADE_UP}"
    )
