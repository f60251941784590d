"""Papers that press: a reminder, a supervision, the minutes of a coordination meeting."""

from dataclasses import dataclass
from datetime import date

from services.portal.papers.paper import (
    Attendance,
    Block,
    Letterhead,
    Level,
    MinutesHead,
    Paper,
    Paragraph,
    Signature,
    facts_form,
)
from services.portal.papers.proposal import Contact, Proposal, by_day, remark_of
from services.portal.papers.wording import joined, numeral, paragraphs, title_lines


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of what is due (催办单). ``nth`` counts the reminders of this clock."""

    office: str
    number: str
    on: date | None
    unit: str
    proposal: Proposal
    role: str
    owes: str
    due_on: date | None
    state: str
    nth: int = 1
    demand: str = ""
    contact: Contact | None = None
    copies: tuple[str, ...] = ()


def reminder_paper(reminder: Reminder) -> Paper:
    """The sheet: what is owed, since when, what is asked."""
    proposal = reminder.proposal
    return Paper(
        Letterhead(reminder.office, reminder.number),
        title_lines("政协提案催办单"),
        (
            Paragraph("你单位承办的下列提案事项，请抓紧办理："),
            facts_form(
                (("提案", f"{proposal.cited}，{proposal.put_by}提出"),),
                (("承办方式", reminder.role), ("催办次数", f"第{numeral(reminder.nth)}次")),
                (("应办事项", reminder.owes),),
                (("办理期限", by_day(reminder.due_on)), ("目前状态", reminder.state)),
            ),
            *paragraphs(
                reminder.demand or "请立即核查办理进度，抓紧完成；确有困难的，应当书面说明原因。"
            ),
        ),
        to=reminder.unit,
        signature=Signature(reminder.office, reminder.on),
        remarks=remark_of(reminder.contact),
        copies=reminder.copies,
    )


@dataclass(frozen=True, slots=True)
class Supervision:
    """A demand that must be answered by a day (督办单). ``leader_says`` is a leader's note."""

    office: str
    number: str
    on: date | None
    unit: str
    proposal: Proposal
    demand: str
    answer_by: date
    background: str = ""
    leader_says: str = ""
    contact: Contact | None = None
    copies: tuple[str, ...] = ()


def supervision_paper(supervision: Supervision) -> Paper:
    """The sheet: why, what a leader says, what is demanded, by when."""
    proposal = supervision.proposal
    facts = (
        ("督办事项", f"{proposal.cited}，{proposal.put_by}提出"),
        ("领导批示", supervision.leader_says),
        ("督办要求", supervision.demand),
        ("反馈期限", f"{by_day(supervision.answer_by)}前"),
    )
    return Paper(
        Letterhead(supervision.office, supervision.number),
        title_lines("政协提案督办单"),
        (
            *paragraphs(supervision.background or "下列提案的办理情况，现予立项督办："),
            facts_form(*((fact,) for fact in facts if fact[1])),
            *paragraphs("请将办理结果经单位主要负责人审核后书面反馈。"),
        ),
        to=supervision.unit,
        signature=Signature(supervision.office, supervision.on),
        remarks=remark_of(supervision.contact),
        copies=supervision.copies,
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """One thing that a meeting settled: what, who sees to it, by when."""

    text: str
    units: tuple[str, ...] = ()
    due_on: date | None = None

    @property
    def sentence(self) -> str:
        """It as the minutes say it."""
        by = f"由{'、'.join(self.units)}负责" if self.units else ""
        when = f"{by_day(self.due_on)}前完成" if self.due_on else ""
        duty = joined((by, when), by="，")
        text = self.text.rstrip("。")
        return f"{text}（{duty}）。" if duty else f"{text}。"


@dataclass(frozen=True, slots=True)
class Minutes:
    """What a meeting at city level settled between units (协调会议纪要)."""

    issuer: str
    number: str
    on: date | None
    held_on: date
    place: str
    chair: str
    proposal: Proposal
    matter: str
    settled: tuple[Settled, ...]
    present: tuple[str, ...]
    sitting_in: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    views: str = ""
    copies: tuple[str, ...] = ()
    series: str = "政协提案办理协调会议纪要"
    title: str = ""


def minutes_paper(minutes: Minutes) -> Paper:
    """The minutes: who met about what, what was said, what binds, who was there."""
    where = f"在{minutes.place}" if minutes.place else ""
    opening = (
        f"{by_day(minutes.held_on)}，{minutes.chair}{where}主持召开会议，"
        f"协调{minutes.proposal.cited}办理中的有关事项。纪要如下："
    )
    settled = tuple(
        Paragraph(f"{nth}. {each.sentence}", Level.THIRD)
        for nth, each in enumerate(minutes.settled, start=1)
    )
    parts: list[tuple[str, tuple[Block, ...]]] = [
        ("会议背景", paragraphs(minutes.matter)),
        ("各方意见", paragraphs(minutes.views)),
        ("议定事项", settled),
    ]
    told = [(title, blocks) for title, blocks in parts if blocks]
    attending = (
        ("出席", minutes.present),
        ("列席", minutes.sitting_in),
        ("请假", minutes.excused),
    )
    return Paper(
        MinutesHead(minutes.series, minutes.number, minutes.issuer, minutes.on),
        title_lines(minutes.title or f"关于协调{minutes.proposal.named}办理事项的会议纪要"),
        (
            *paragraphs(opening),
            *(
                one
                for nth, (title, blocks) in enumerate(told, start=1)
                for one in (*paragraphs(f"{numeral(nth)}、{title}"), *blocks)
            ),
            *(Attendance(capacity, people) for capacity, people in attending if people),
        ),
        copies=minutes.copies,
    )
