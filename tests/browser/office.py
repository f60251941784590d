"""A busy year: some proposals at every stage, for the pages to show."""

from collections.abc import Iterator

from shared.contracts.assignment import Role
from shared.contracts.event import Event, ProposalId
from shared.contracts.intake import Origin
from shared.contracts.registry import Post
from shared.contracts.reply import Rating, ReplyReleased
from tests.service.portal.lives import (
    CITY,
    EDUCATION,
    HEALTH,
    LONGHUA,
    OFFICE,
    TRANSPORT,
    Life,
    day,
    filed,
    someone,
    task,
    whole_life,
)
from tests.service.portal.signin.people import person

LEADER = person("he.lingdao", "何领导", (Post.LEADER, CITY))
READER = person("xu.jiaoban", "徐交办", (Post.OFFICE, OFFICE))


def life(nth: int) -> Life:
    """The n-th proposal."""
    return Life(ProposalId(f"00000000-0000-4000-8000-{nth:012d}"))


WHOLE, LATE, RETURNED, MAIN, MEMBER, FRESH, REDONE = (life(nth) for nth in range(1, 8))


def a_year() -> Iterator[Event]:
    """What was told until the last of August, when the first one's promise was kept."""
    yield from whole_life(WHOLE)
    yield ReplyReleased(
        proposal_id=WHOLE.proposal_id,
        by=someone(OFFICE, "office"),
        on=day("08-30"),
        reply_id="D07.r2",
        unit=LONGHUA,
        kind="reply",
        form="full",
        title="对市政协第20240001号提案《关于加装电梯的提案》的答复",
        text="李娜等委员：\n您提出的加装电梯的提案收悉，现答复如下。\n"
        "一、今年开工10部，已经完成底数调查。\n二、明年起由街道按月公布进度。\n"
        "感谢您对老旧小区的关心。",
    )
    yield from filed(LATE, "20240002", title="关于推动区域发展规划衔接的提案")
    yield LATE.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE))
    yield LATE.signed(LONGHUA)
    yield LATE.handed_down(LONGHUA, task(EDUCATION, Role.LEAD, parent="D07.1"))
    yield LATE.missed(TRANSPORT)
    yield LATE.reminded(TRANSPORT)
    yield LATE.flagged(LONGHUA, TRANSPORT)
    yield from filed(RETURNED, "20240003", title="关于完善社区卫生服务的提案")
    yield RETURNED.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE))
    yield RETURNED.returned(TRANSPORT, to=HEALTH)
    yield from filed(MAIN, "20240004", title="关于配套幼儿园移交的提案")
    yield from filed(MEMBER, "20240005", title="关于幼儿园尽早投入使用的提案")
    members = (MAIN.proposal_id, MEMBER.proposal_id)
    yield MAIN.merged(MAIN.proposal_id, *members)
    yield MEMBER.merged(MAIN.proposal_id, *members)
    yield MAIN.assigned(task(LONGHUA, Role.LEAD))
    yield MAIN.drafted(LONGHUA)
    yield FRESH.submitted("关于口袋公园的提案", origin=Origin.REAL)
    yield from filed(REDONE, "20240007", title="关于学校周边交通的提案")
    yield REDONE.assigned(task(LONGHUA, Role.LEAD))
    yield REDONE.issued(LONGHUA, on="02-20")
    yield REDONE.rated(LONGHUA, Rating.DISSATISFIED)
    yield REDONE.redo(LONGHUA)
