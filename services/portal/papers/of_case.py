"""Which letters a case has, and each of them as a paper: from what was told to what is printed.

A letter is an act of the timeline that goes from one body to another. Nothing is kept of it but
the facts of the act, so that it is printed today as it was told then, under the names of its day.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, assert_never

from services.portal.domain import words
from services.portal.domain.words import word
from services.portal.papers.answering import (
    AskedForOpinion,
    Disclosure,
    Opinion,
    Promised,
    Reply,
    disclosure_paper,
    opinion_form,
    opinion_paper,
    reply_paper,
)
from services.portal.papers.handing_over import (
    ExtensionDecision,
    ExtensionWish,
    HandedOver,
    HandOver,
    Return,
    extension_decision_paper,
    extension_wish_paper,
    hand_over_paper,
    return_paper,
)
from services.portal.papers.kinds import Kind
from services.portal.papers.paper import Letterhead, Paper
from services.portal.papers.proposal import Contact, Proposal
from services.portal.papers.supervising import (
    Minutes,
    Reminder,
    Settled,
    Supervision,
    minutes_paper,
    reminder_paper,
    supervision_paper,
)
from services.portal.papers.wording import stopped

Row = Mapping[str, Any]

ACTS: dict[str, tuple[Kind, ...]] = {
    "huiban.assignment.HandlersAssigned.v1": (Kind.HAND_OVER,),
    "huiban.assignment.HandlersReassigned.v1": (Kind.HAND_OVER,),
    "huiban.assignment.AssignmentReturned.v1": (Kind.RETURN,),
    "huiban.assignment.ExtensionAsked.v1": (Kind.EXTENSION_WISH,),
    "huiban.assignment.ExtensionGranted.v1": (Kind.EXTENSION_DECISION,),
    "huiban.assignment.ExtensionRefused.v1": (Kind.EXTENSION_DECISION,),
    "huiban.assignment.ObjectionMeetingHeld.v1": (Kind.MINUTES,),
    "huiban.reply.OpinionGiven.v1": (Kind.OPINION,),
    "huiban.reply.ReplyIssued.v1": (Kind.REPLY, Kind.OPINION_FORM),
    "huiban.reply.SecondAnswerIssued.v1": (Kind.SECOND_REPLY,),
    "huiban.reply.PublicationDecided.v1": (Kind.DISCLOSURE,),
    "huiban.escalation.ReminderSent.v1": (Kind.REMINDER,),
    "huiban.escalation.SupervisionOpened.v1": (Kind.SUPERVISION,),
    "huiban.escalation.CoordinationMeetingHeld.v1": (Kind.MEETING_MINUTES,),
}
ANSWERING = ("lead", "split")
DRAFTED = {
    "reply": "huiban.reply.ReplyDrafted.v1",
    "opinion": "huiban.reply.OpinionDrafted.v1",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a case: the act by which it went out, and how lists name it."""

    kind: Kind
    act: Row

    @property
    def code(self) -> str:
        """What it is called in addresses: its kind and its act's place among its teller's."""
        return f"{self.kind}-{self.act['sequence']}"

    @property
    def number(self) -> str:
        """Its document number, where its act was given one."""
        parts = self.act["parts"]
        return str(parts.get("document_number") or parts.get("number") or "")

    @property
    def on(self) -> date:
        """The day on which it went out."""
        day: date = self.act["on_day"]
        return day


@dataclass(frozen=True, slots=True)
class Case:
    """All that the letters of a case are filled with, as the read side has it.

    ``timeline`` is in the order in which things happened; ``shared`` is that of the proposal with
    which this one is handled, where it is merged into another. ``names`` gives a unit's name on a
    day, ``reasons`` the words of the coded reasons for a return.
    """

    proposal: Row
    timeline: Sequence[Row]
    tasks: Sequence[Row]
    clocks: Sequence[Row]
    replies: Sequence[Row]
    promises: Sequence[Row]
    matters: Sequence[Row]
    positions: Sequence[Row]
    publications: Sequence[Row]
    names: Callable[[str, date], str]
    reasons: Mapping[str, str]
    shared: Sequence[Row] = ()

    @property
    def _told(self) -> tuple[Row, ...]:
        return (*self.shared, *self.timeline)

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The letters of this case, in the order in which they went out."""
        return tuple(
            Letter(kind, act)
            for act in self.timeline
            for kind in ACTS.get(act["type"], ())
            if _is_sent(act)
        )

    def letter(self, code: str) -> Letter | None:
        """The letter of this name."""
        return next((one for one in self.letters if one.code == code), None)

    def about(self) -> Proposal:
        """The proposal as papers name it."""
        said = self.proposal
        return Proposal(
            said["number"] or "",
            said["title"] or "",
            session_says(said["session"], year=said["year"]),
            tuple(one["name"] for one in said["proposers"] or ()) or ("提案人",),
            is_collective=said["kind"] == "collective",
        )

    def paper(self, letter: Letter, *, text: str | None = None) -> Paper:
        """A letter, printed. ``text`` are the words of a reply, which no act carries."""
        match letter.kind:
            case Kind.HAND_OVER:
                return _hand_over(self, letter)
            case Kind.RETURN:
                return _return(self, letter)
            case Kind.EXTENSION_WISH:
                return _extension_wish(self, letter)
            case Kind.EXTENSION_DECISION:
                return _extension_decision(self, letter)
            case Kind.MINUTES | Kind.MEETING_MINUTES:
                return _minutes(self, letter)
            case Kind.OPINION:
                return _opinion(self, letter)
            case Kind.REPLY:
                return _reply(self, letter, text)
            case Kind.SECOND_REPLY:
                return _second_reply(self, letter)
            case Kind.OPINION_FORM:
                return _opinion_form(self, letter)
            case Kind.DISCLOSURE:
                return _disclosure(self, letter)
            case Kind.REMINDER:
                return _reminder(self, letter)
            case Kind.SUPERVISION:
                return _supervision(self, letter)
            case _:
                assert_never(letter.kind)

    def draft(self, *, unit: str, round: int, draft: int, result_class: str, text: str) -> Paper:
        """A draft of a reply as it would go out: without number and day, and said to be a draft."""
        today = self._told[-1]["on_day"]
        paper = reply_paper(
            Reply(
                self.names(unit, today),
                "",
                None,
                self.about(),
                result_class,
                text,
                consulted=self._consulted(unit, today, without=()),
                contact=self._contact_in(unit, "reply"),
                copies=self._copies_of_reply(unit, today),
                round=round,
                opening=_opening(text),
                closing=_closing(text),
            )
        )
        return marked_as_draft(paper, draft)

    def opinion_draft(self, *, unit: str, lead: str, draft: int, text: str) -> Paper:
        """A draft of an opinion as it would go out, said to be a draft like that of a reply."""
        today = self._told[-1]["on_day"]
        office = self._office(today)
        paper = opinion_paper(
            Opinion(
                self.names(unit, today),
                "",
                None,
                self.names(lead, today) if lead else "",
                self.about(),
                text,
                contact=self._contact_in(unit, "opinion"),
                copies=(office,) if office else (),
            )
        )
        return marked_as_draft(paper, draft)

    # What several letters need.

    def _office(self, on: date) -> str:
        """Who hands proposals over: whoever handed this one over, or last did."""
        codes = [
            act["by_unit"]
            for act in self._told
            if act["type"] == "huiban.assignment.HandlersAssigned.v1"
        ]
        return self.names(codes[-1], on) if codes else ""

    def _committee(self, on: date) -> str:
        """Who took it up."""
        codes = [
            act["by_unit"]
            for act in self._told
            if act["type"] == "huiban.intake.ProposalAccepted.v1" and act["by_post"] == "committee"
        ]
        return self.names(codes[-1], on) if codes else ""

    def _task(self, parts: Row) -> Row:
        """The task that an act is about; of acts that were told before, the unit's first one."""
        named = parts.get("task_id")
        return next(
            (
                task
                for task in self.tasks
                if (task["task_id"] == named if named else task["unit"] == parts["unit"])
            ),
            {},
        )

    def _units(self, *roles: str, but: str = "") -> list[str]:
        """Who handles it in these roles now, from the city's view."""
        return [
            task["unit"]
            for task in self.tasks
            if task["role"] in roles
            and task["ended_on"] is None
            and not task["parent"]
            and task["unit"] != but
        ]

    def _consulted(self, unit: str, on: date, *, without: Sequence[str]) -> tuple[str, ...]:
        """The co-handlers whose opinions a reply takes up."""
        return tuple(
            self.names(one, on) for one in self._units("co_handle", but=unit) if one not in without
        )

    def _copies_of_reply(self, unit: str, on: date) -> tuple[str, ...]:
        others = self._units("lead", "split", "co_handle", but=unit)
        named = (self._committee(on), self._office(on), *(self.names(one, on) for one in others))
        return tuple(dict.fromkeys(one for one in named if one))

    def _copies(self, on: date) -> tuple[str, ...]:
        committee = self._committee(on)
        return (committee,) if committee else ()

    def _contact_in(self, unit: str, drafts: str) -> Contact | None:
        """Whom to call in a unit: its officer, else whoever wrote there last."""
        officers = [task["officer"] for task in self.tasks if task["unit"] == unit]
        written = [
            act["by_name"]
            for act in self._told
            if act["type"] == DRAFTED[drafts] and act["by_unit"] == unit
        ]
        name = next((one for one in (*officers, *reversed(written)) if one), None)
        return Contact(name) if name else None

    def _reply_of(self, reply_id: str | None) -> Row:
        return next((one for one in self.replies if one["reply_id"] == reply_id), {})

    def _publication_of(self, letter_id: str | None) -> Row:
        return next((one for one in self.publications if one["letter_id"] == letter_id), {})


def session_says(session: str | None, *, year: int | None) -> str:
    """The session to which a proposal was handed in, as papers write it."""
    if session is None:
        return f"市政协{year}年" if year else "市政协"
    said = session if session.startswith("市政协") else f"市政协{session}"
    return said if said.endswith("会议") else f"{said}会议"


def marked_as_draft(paper: Paper, draft: int) -> Paper:
    """A paper that says on every page, and at the top of the first, that it is a draft."""
    head = paper.head
    if isinstance(head, Letterhead):
        head = replace(head, marks=(f"草稿（第{draft}稿）", *head.marks))
    return replace(paper, head=head, is_draft=True)


def _is_sent(act: Row) -> bool:
    """Whether this act was a letter: parts that end without another taking over hand nothing over,
    and a leader's decision on a matter is no answer to a wish."""
    parts = act["parts"]
    match act["type"]:
        case "huiban.assignment.HandlersReassigned.v1":
            return bool(parts.get("tasks"))
        case "huiban.assignment.ExtensionGranted.v1":
            return not parts.get("matter_id")
        case _:
            return True


def _by(act: Row) -> Contact | None:
    """Whoever did it can be asked about it; where the system did, nobody."""
    return None if act["by_post"] == "system" or not act["by_name"] else Contact(act["by_name"])


def _hand_over(case: Case, letter: Letter) -> Paper:
    act, on = letter.act, letter.on
    parts, about = act["parts"], case.about()
    tasks = parts["tasks"]

    def units(*roles: str) -> tuple[str, ...]:
        return tuple(case.names(one["unit"], on) for one in tasks if one["role"] in roles)

    def first_day(name: str) -> date | None:
        days = sorted(one[name] for one in tasks if one.get(name) and one["role"] in ANSWERING)
        days = days or sorted(one[name] for one in tasks if one.get(name))
        return date.fromisoformat(days[0]) if days else None

    office = case.names(act["by_unit"], on)
    leads = units(*ANSWERING) or tuple(case.names(one, on) for one in case._units(*ANSWERING))
    return hand_over_paper(
        HandOver(
            office,
            letter.number,
            on,
            tuple(dict.fromkeys(units("lead", "split", "co_handle", "reference"))),
            about.session,
            (
                HandedOver(
                    about,
                    leads,
                    units("co_handle"),
                    first_day("sign_by"),
                    first_day("answer_by"),
                    is_split=any(one["role"] == "split" for one in tasks),
                ),
            ),
            meeting=parts.get("meeting") or "",
            contact=_by(act),
            copies=case._copies(on),
        )
    )


def _return(case: Case, letter: Letter) -> Paper:
    act, on = letter.act, letter.on
    parts = act["parts"]
    return return_paper(
        Return(
            case.names(parts["unit"], on),
            letter.number,
            on,
            case._office(on),
            case.about(),
            word(words.ROLES, case._task(parts).get("role") or "lead"),
            case.reasons.get(parts.get("reason_code") or "", "不属于本单位职责"),
            stopped(parts["reason"]),
            case.names(parts["proposed_unit"], on),
            contact=_by(act),
            copies=case._copies(on),
        )
    )


def _extension_wish(case: Case, letter: Letter) -> Paper:
    act, on = letter.act, letter.on
    parts = act["parts"]
    task = case._task(parts)
    return extension_wish_paper(
        ExtensionWish(
            case.names(parts["unit"], on),
            letter.number,
            on,
            case._office(on),
            case.about(),
            _due_before(case, letter),
            date.fromisoformat(parts["until"]),
            stopped(parts["reason"]),
            progress=stopped(task.get("progress") or ""),
            contact=_by(act),
            copies=case._copies(on),
        )
    )


def _extension_decision(case: Case, letter: Letter) -> Paper:
    act, on = letter.act, letter.on
    parts = act["parts"]
    granted = next(
        (
            one
            for one in parts.get("moved", ())
            if one["clock"] == "answer" and parts.get("unit") in (None, one["unit"])
        ),
        None,
    )
    unit = parts.get("unit") or (granted or {}).get("unit", "")
    return extension_decision_paper(
        ExtensionDecision(
            case.names(act["by_unit"], on),
            letter.number,
            on,
            case.names(unit, on),
            case.about(),
            "",
            date.fromisoformat(granted["before"]) if granted else _due_before(case, letter),
            date.fromisoformat(granted["due"]["on"]) if granted else None,
            stopped(parts["why"]),
            contact=_by(act),
            copies=case._copies(on),
        )
    )


def _due_before(case: Case, letter: Letter) -> date:
    """The day by which a unit's answer was due when this letter was written: that before the first
    move that came later, else the day as it stands."""
    parts = letter.act["parts"]
    later = case.timeline[case.timeline.index(letter.act) :]
    moved = next(
        (
            one
            for act in later
            for one in act["parts"].get("moved") or ()
            if one["clock"] == "answer" and one["unit"] == parts["unit"]
        ),
        None,
    )
    if moved is not None:
        return date.fromisoformat(moved["before"])
    task = case._task(parts).get("task_id")
    days = [
        clock["due_on"]
        for clock in case.clocks
        if clock["task_id"] == task and clock["clock_id"].startswith(f"{task}/answer")
    ]
    return days[-1] if days else letter.on


def _minutes(case: Case, letter: Letter) -> Paper:
    act, on = letter.act, letter.on
    parts = act["parts"]
    office = case.names(act["by_unit"], on)
    matter = next(
        (one for one in case.matters if one["matter_id"] == parts.get("matter_id", object())), None
    )
    views = [
        f"{case.names(one['unit'], on)}：{stopped(one['position'])}"
        for one in case.positions
        if matter is not None and one["matter_id"] == matter["matter_id"] and one["stated_on"] <= on
    ]
    present = tuple(case.names(one, on) for one in parts["present"])
    return minutes_paper(
        Minutes(
            office,
            letter.number,
            on,
            date.fromisoformat(parts["held_on"]),
            "",
            office,
            case.about(),
            stopped(matter["evidence"] if matter is not None else _objection(case, parts)),
            tuple(Settled(line.strip()) for line in parts["minutes"].splitlines() if line.strip()),
            present,
            views="\n".join(views),
            copies=tuple(dict.fromkeys((*present, *case._copies(on)))),
        )
    )


def _objection(case: Case, parts: Row) -> str:
    """What a unit objects to, as the minutes begin."""
    task = case._task({"unit": "", **parts}) if parts.get("task_id") else {}
    if not task.get("objection"):
        return ""
    return f"{case.names(task['unit'], task['objected_on'])}对承办职责提出异议：{task['objection']}"


def _opinion(case: Case, letter: Letter) -> Paper:
    act, on = letter.act, letter.on
    parts = act["parts"]
    publication = case._publication_of(parts.get("letter_id"))
    proposed = publication.get("proposed")
    return opinion_paper(
        Opinion(
            case.names(parts["unit"], on),
            letter.number,
            on,
            case.names(parts["lead"], on),
            case.about(),
            parts["opinion"],
            may_be_published=None if proposed is None else proposed == "open",
            attachments=tuple(one["name"] for one in parts.get("attachments") or ()),
            contact=case._contact_in(parts["unit"], "opinion"),
            copies=(case._office(on),) if case._office(on) else (),
        )
    )


def _reply(case: Case, letter: Letter, text: str | None) -> Paper:
    act, on = letter.act, letter.on
    parts = act["parts"]
    unit = parts["unit"]
    reply = case._reply_of(parts.get("reply_id"))
    proposed = case._publication_of(parts.get("reply_id")).get("proposed")
    body = text or "\n".join(one for one in (parts["summary"], reply.get("reason") or "") if one)
    return reply_paper(
        Reply(
            case.names(unit, on),
            letter.number,
            on,
            case.about(),
            parts["result_class"],
            body,
            consulted=case._consulted(unit, on, without=reply.get("without_opinions") or ()),
            disclosure=word(words.OPENNESS, proposed) if proposed else "",
            promises=tuple(_promises(case, parts.get("reply_id"))),
            attachments=tuple(one["name"] for one in reply.get("attachments") or ()),
            contact=case._contact_in(unit, "reply"),
            copies=case._copies_of_reply(unit, on),
            round=parts["round"],
            opening=_opening(body),
            closing=_closing(body),
        )
    )


def _promises(case: Case, reply_id: str | None) -> Iterator[Promised]:
    """What a reply promised, as it stood in the letter as far as that is kept."""
    for one in case.promises:
        if one["reply_id"] == reply_id:
            yield Promised(one["text"], one["first_due_on"] or one["due_on"])


def _opening(text: str) -> str | None:
    """The usual sentence, unless the drafter wrote one."""
    first = text.strip().partition("\n")[0]
    return "" if "收悉" in first else None


def _closing(text: str) -> str | None:
    last = text.strip().rpartition("\n")[2]
    return "" if "函复" in last or "感谢" in last else None


def _second_reply(case: Case, letter: Letter) -> Paper:
    act, on = letter.act, letter.on
    parts = act["parts"]
    unit = parts["unit"]
    first = case._reply_of(parts.get("reply_id")).get("document_number")
    cited = f"（{first}）" if first else ""
    about = case.about()
    return reply_paper(
        Reply(
            case.names(unit, on),
            letter.number,
            on,
            about,
            parts["result_class"],
            parts["summary"],
            contact=case._contact_in(unit, "reply"),
            copies=case._copies_of_reply(unit, on),
            round=2,
            opening=f"{about.you}提出的{about.cited}，我单位已答复{cited}。"
            "答复中承诺的事项现已办结，再次答复如下：",
            closing=_closing(parts["summary"]),
        )
    )


def _opinion_form(case: Case, letter: Letter) -> Paper:
    parts, on = letter.act["parts"], letter.on
    rate = next(
        (
            one["due_on"]
            for one in case.clocks
            if one["clock_id"] == f"{parts.get('reply_id')}/rate"
        ),
        None,
    )
    return opinion_form(
        AskedForOpinion(
            case.about(),
            case.names(parts["unit"], on),
            letter.number,
            on,
            case._committee(on) or "提案委员会",
            rate,
        )
    )


def _disclosure(case: Case, letter: Letter) -> Paper:
    act, on = letter.act, letter.on
    parts = act["parts"]
    unit, letter_id = parts["unit"], parts.get("reply_id")
    answer = next(
        (
            one
            for one in case.letters
            if one.kind in (Kind.REPLY, Kind.OPINION)
            and letter_id in (one.act["parts"].get("reply_id"), one.act["parts"].get("letter_id"))
        ),
        None,
    )
    proposed = case._publication_of(letter_id).get("proposed")
    is_open = parts["attribute"] == "open"
    return disclosure_paper(
        Disclosure(
            case.names(act["by_unit"], on),
            letter.number,
            on,
            case.names(unit, on),
            case.about(),
            answer.number if answer is not None else "",
            case.paper(answer).name if answer is not None else "答复",
            word(words.OPENNESS, parts["attribute"]),
            form=f"{word(words.FORMS, parts.get('form') or 'full')}公开" if is_open else "",
            reason=parts.get("reason") or "",
            unit_says=f"建议{word(words.OPENNESS, proposed)}" if proposed else "",
            publish_by=case._reply_of(letter_id).get("publish_by") if is_open else None,
            contact=_by(act),
            copies=case._copies(on),
        )
    )


def _reminder(case: Case, letter: Letter) -> Paper:
    act, on = letter.act, letter.on
    parts = act["parts"]
    unit, clock = parts["unit"], parts.get("clock") or ""

    def is_of_this_clock(one: Row) -> bool:
        said = one["parts"]
        if parts.get("clock_id"):
            return bool(said.get("clock_id") == parts["clock_id"])
        return bool(said.get("unit") == unit)

    before = case.timeline[: case.timeline.index(act) + 1]
    nth = sum(one["type"] == act["type"] and is_of_this_clock(one) for one in before)
    due = next(
        (
            date.fromisoformat(one["parts"]["due_on"])
            for one in reversed(before)
            if one["type"].startswith("huiban.escalation.Deadline")
            and one["parts"].get("unit") == unit
            and one["parts"].get("clock") == clock
        ),
        None,
    ) or next(
        (
            one["due_on"]
            for one in reversed(case.clocks)
            if one["unit"] == unit and one["kind"] == clock
        ),
        None,
    )
    task = next((one for one in case.tasks if one["unit"] == unit), {})
    return reminder_paper(
        Reminder(
            case._office(on),
            letter.number,
            on,
            case.names(unit, on),
            case.about(),
            word(words.ROLES, task["role"]) if task else "承办",
            word(words.ALARM_CLOCKS, clock) if clock else "办理",
            due,
            "已逾期" if due is not None and due < on else "尚未完成",
            nth=max(1, nth),
            demand=parts["says"],
            copies=case._copies(on),
        )
    )


def _supervision(case: Case, letter: Letter) -> Paper:
    act, on = letter.act, letter.on
    parts = act["parts"]
    leader = parts.get("leader")
    return supervision_paper(
        Supervision(
            case.names(act["by_unit"], on),
            letter.number,
            on,
            case.names(parts["unit"], on),
            case.about(),
            parts["demand"],
            date.fromisoformat(parts["answer"]["on"]),
            background=f"按照{leader}的要求，下列提案的办理情况现予立项督办：" if leader else "",
            contact=_by(act),
            copies=tuple(one for one in (*case._copies(on), case._office(on)) if one),
        )
    )
