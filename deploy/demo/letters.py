"""What people write in the demo: notes, opinions, letters; made from each case's own words."""

from deploy.demo.portfolio import DistrictWork, Proposal

MADE_UP = "（演示文本）"


def proposers_of(proposal: Proposal) -> str:
    """王志毅等6位委员, or the one there is."""
    first = proposal.proposers[0]
    several = len(proposal.proposers)
    return f"{first}等{several}位提案人" if several > 1 else first


def first_talk(proposal: Proposal) -> str:
    return f"与提案人当面沟通，听取其对“{proposal.asks[0]}”的具体想法，商定办理思路。{MADE_UP}"


def second_talk(proposal: Proposal) -> str:
    return f"就答复要点征求提案人意见，重点说明“{proposal.asks[-1]}”的办理安排。{MADE_UP}"


def talk_again(proposal: Proposal) -> str:
    return f"登门向提案人说明首轮答复的不足，商定先易后难、分步落实“{proposal.asks[0]}”。{MADE_UP}"


def opinion(proposal: Proposal, *, unit: str, work: tuple[DistrictWork, ...]) -> str:
    """A co-handler's opinion; a district builds on what its own units found."""
    basis = "".join(f"我区由{one.unit}{one.duty}。" for one in work)
    return (
        f"{basis}{unit}原则同意提案所提“{proposal.asks[0]}”，"
        f"建议主办单位结合实际推进，并将“{proposal.asks[-1]}”一并纳入答复。{MADE_UP}"
    )


def finished(work: DistrictWork) -> str:
    return f"已完成：{work.duty}，材料已报区政府。{MADE_UP}"


def point_by_point(proposal: Proposal) -> dict[str, str]:
    """To each suggestion that the text numbers, what comes of it."""
    return {
        ask: f"关于{ask}，已纳入本单位年度工作安排，由责任部门牵头落实，年内办理。{MADE_UP}"
        for ask in proposal.asks
    }


def evidence(answer: str) -> str:
    """What shows that a matter is solved."""
    return f"见“{answer[:40]}”所述落实情况及现场照片。{MADE_UP}"


def letter(proposal: Proposal, *, unit: str, version: int, answer: str) -> str:
    """The text of a reply: what was asked, point by point, and what comes of it."""
    points = "".join(
        f"\n（{'一二三四五'[n]}）关于{ask}。您提出的建议已纳入本单位工作安排。"
        for n, ask in enumerate(proposal.asks)
    )
    return (
        f"关于市政协{proposal.called}答复的函（第{version}稿）\n"
        f"{proposers_of(proposal)}：\n"
        f"您提出的《{proposal.title}》收悉。感谢您对本单位工作的关心，现答复如下：{points}\n"
        f"{answer}\n{unit}\n{MADE_UP}"
    )
