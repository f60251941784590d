"""Which letters a case has, and all that they are filled with: from what was told about it.

A letter is an act of the timeline that goes from one body to another. Nothing is kept of it but
the facts of the act, so that it is printed today as it was told then, under the names of its day.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.portal.papers.kinds import Kind
from services.portal.papers.proposal import Contact, Proposal

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
    def parts(self) -> Row:
        """What its act said."""
        parts: Row = self.act["parts"]
        return parts

    @property
    def number(self) -> str:
        """Its document number, where its act was given one."""
        return str(self.parts.get("document_number") or self.parts.get("number") or "")

    @property
    def on(self) -> date:
        """The day on which it went out."""
        day: date = self.act["on_day"]
        return day

    @property
    def contact(self) -> Contact | None:
        """Whoever did it can be asked about it; where the system did, nobody."""
        act = self.act
        return None if act["by_post"] == "system" or not act["by_name"] else Contact(act["by_name"])


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
    def told(self) -> tuple[Row, ...]:
        """All that was told of it, what it shares with others first."""
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

    # What several letters need.

    def office(self, on: date) -> str:
        """Who hands proposals over: whoever handed this one over, or last did."""
        codes = [
            act["by_unit"]
            for act in self.told
            if act["type"] == "huiban.assignment.HandlersAssigned.v1"
        ]
        return self.names(codes[-1], on) if codes else ""

    def committee(self, on: date) -> str:
        """Who took it up."""
        codes = [
            act["by_unit"]
            for act in self.told
            if act["type"] == "huiban.intake.ProposalAccepted.v1" and act["by_post"] == "committee"
        ]
        return self.names(codes[-1], on) if codes else ""

    def task_of(self, parts: Row) -> Row:
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

    def units(self, *roles: str, but: str = "") -> list[str]:
        """Who handles it in these roles now, from the city's view."""
        return [
            task["unit"]
            for task in self.tasks
            if task["role"] in roles
            and task["ended_on"] is None
            and not task["parent"]
            and task["unit"] != but
        ]

    def consulted(self, unit: str, on: date, *, without: Sequence[str]) -> tuple[str, ...]:
        """The co-handlers whose opinions a reply takes up."""
        return tuple(
            self.names(one, on) for one in self.units("co_handle", but=unit) if one not in without
        )

    def copies_of_reply(self, unit: str, on: date) -> tuple[str, ...]:
        """Who is sent a unit's answer too: committee, office, and whoever handles it beside it."""
        others = self.units("lead", "split", "co_handle", but=unit)
        named = (self.committee(on), self.office(on), *(self.names(one, on) for one in others))
        return tuple(dict.fromkeys(one for one in named if one))

    def copies(self, on: date) -> tuple[str, ...]:
        """Who is sent what units and offices write to one another too: the committee."""
        committee = self.committee(on)
        return (committee,) if committee else ()

    def contact_in(self, unit: str, drafts: str) -> Contact | None:
        """Whom to call in a unit: its officer, else whoever wrote there last."""
        officers = [task["officer"] for task in self.tasks if task["unit"] == unit]
        written = [
            act["by_name"]
            for act in self.told
            if act["type"] == DRAFTED[drafts] and act["by_unit"] == unit
        ]
        name = next((one for one in (*officers, *reversed(written)) if one), None)
        return Contact(name) if name else None

    def reply_of(self, reply_id: str | None) -> Row:
        """The reply of this name as it stands now, else nothing."""
        return next((one for one in self.replies if one["reply_id"] == reply_id), {})

    def publication_of(self, letter_id: str | None) -> Row:
        """How the reply or opinion of this name stands in public, else nothing."""
        return next((one for one in self.publications if one["letter_id"] == letter_id), {})


def session_says(session: str | None, *, year: int | None) -> str:
    """The session to which a proposal was handed in, as papers write it."""
    if session is None:
        return f"市政协{year}年" if year else "市政协"
    said = session if session.startswith("市政协") else f"市政协{session}"
    return said if said.endswith("会议") else f"{said}会议"


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
