"""What reply's events write: talks, opinions, drafts on a desk, letters, ratings and promises."""

from typing import Any

from services.portal.domain.rows import (
    Reading,
    Row,
    Told,
    clock,
    clock_starts,
    clock_stops,
    date_of,
    task,
)
from services.portal.domain.terms import plain, terms_of

FIRST_ROUND = 1


def contacted(told: Told) -> tuple[Row, ...]:
    """A unit talked with the proposer."""
    data = told.data
    talked = (
        task(told, data["task_id"], contacted_on=data["on"]),
        clock_stops(told, f"{data['task_id']}/contact"),
    )
    if data.get("contact_id") is None:
        return talked
    contact = {
        "proposal_id": told.key,
        "contact_id": data["contact_id"],
        "task_id": data["task_id"],
        "unit": data["unit"],
        "kind": data["kind"],
        "stage": data.get("stage", "unknown"),
        "people": data["people"],
        "summary": data["summary"],
        "talked_on": data.get("talked_on") or data["on"],
        "attachments": data.get("attachments", ()),
    }
    return (*talked, ("contacts", (told.key, data["contact_id"]), contact))


def contact_waived(told: Told) -> tuple[Row, ...]:
    """The proposer needs no talk; the unit's clock for it stops."""
    return (clock_stops(told, f"{told.data['task_id']}/contact"),)


def contact_confirmed(told: Told) -> tuple[Row, ...]:
    """A proposer says that a talk took place."""
    return (_word(told, denies=False),)


def contact_denied(told: Told) -> tuple[Row, ...]:
    """A proposer says that it did not."""
    return (_word(told, denies=True),)


def _word(told: Told, *, denies: bool) -> Row:
    data = told.data
    key = (told.key, data["contact_id"], data["proposer"])
    said = {
        "proposal_id": told.key,
        "contact_id": data["contact_id"],
        "proposer": data["proposer"],
        "denies": denies,
        "says": data.get("says", ""),
        "said_on": data["on"],
    }
    return "contact_words", key, said


def opinion_given(told: Told) -> tuple[Row, ...]:
    """A co-handler gave its opinion."""
    data = told.data
    given = {"answered_on": data["on"], "answer": data["opinion"], "desk": ""}
    rows = (
        task(told, data["task_id"], **given, days_late=data.get("days_late", 0)),
        clock_stops(told, f"{data['task_id']}/answer"),
    )
    if data.get("letter_id") is None:
        return rows
    return (*rows, _letter(told, data["letter_id"], kind="opinion", unit=data["unit"]))


def opinion_withdrawn(told: Told) -> tuple[Row, ...]:
    """A co-handler owes its opinion again, by the same date."""
    task_id, on = told.data["task_id"], told.data["on"]
    return (
        task(
            told,
            task_id,
            unanswered=True,
            answered_on=None,
            days_late=None,
            answer="",
            opinion_withdrawn_on=on,
        ),
        clock(told, f"{task_id}/answer", reopened=True, done_on=None, paused=False),
    )


def disagreement(told: Told) -> tuple[Row, ...]:
    """A disagreement was opened, or goes one level up."""
    data = told.data
    known = {what: data[what] for what in ("unit", "lead", "level")}
    if "about" in data:
        known |= {"about": data["about"], "opened_on": data["on"]}
    return (_disagreement(told, **known),)


def disagreement_settled(told: Told) -> tuple[Row, ...]:
    """It is settled."""
    return (_disagreement(told, settled_on=told.data["on"], outcome=told.data["outcome"]),)


def _disagreement(told: Told, **columns: Any) -> Row:
    columns["proposal_id"] = told.key
    columns["disagreement_id"] = told.data["disagreement_id"]
    return "disagreements", (told.key, told.data["disagreement_id"]), columns


def drafted(told: Told) -> tuple[Row, ...]:
    """A draft waits for approval."""
    data = told.data
    return (task(told, data["task_id"], unit=data["unit"], desk="approval"),)


def approved(told: Told) -> tuple[Row, ...]:
    """An approved draft waits to be issued."""
    data = told.data
    which = {"draft": data["draft"], "draft_round": data["round"]}
    return (task(told, data["task_id"], unit=data["unit"], desk="issue", **which),)


def countersign_asked(told: Told) -> tuple[Row, ...]:
    """The lead asked others to put their names to a draft."""
    data = told.data
    return tuple(_countersign(told, unit, asked_on=data["on"]) for unit in data["asked"])


def countersigned(told: Told) -> tuple[Row, ...]:
    """One of them did."""
    return (_countersign(told, told.data["unit"], answered_on=told.data["on"]),)


def countersign_refused(told: Told) -> tuple[Row, ...]:
    """One of them sent it back: it waits for nobody but its writer."""
    return (*countersigned(told), *sent_to_the_desk(told))


def _countersign(told: Told, unit: str, **columns: Any) -> Row:
    data = told.data
    version = {"round": data["round"], "draft": data["draft"]}
    key = (told.key, data["task_id"], *map(str, version.values()), unit)
    columns |= {"proposal_id": told.key, "task_id": data["task_id"], "unit": unit, **version}
    return "countersigns", key, columns


def sent_to_the_desk(told: Told) -> tuple[Row, ...]:
    """A draft went back: nobody but its writer has to do with it."""
    data = told.data
    return (task(told, data["task_id"], unit=data.get("lead", data["unit"]), desk=""),)


def endorsed(told: Told) -> tuple[Row, ...]:
    """The leaders of a district agreed: its draft can be issued."""
    return (task(told, told.data["task_id"], unit=told.data["unit"], desk="endorsed"),)


def opinion_drafted(told: Told) -> tuple[Row, ...]:
    """A co-handler's opinion waits for a second person."""
    return (task(told, told.data["task_id"], unit=told.data["unit"], desk="opinion-check"),)


def opinion_checked(told: Told) -> tuple[Row, ...]:
    """A checked opinion waits to be given."""
    return (task(told, told.data["task_id"], unit=told.data["unit"], desk="opinion-issue"),)


def issued(told: Told) -> tuple[Row, ...]:
    """A reply went out; its rating is waited for, and its publication.

    In a merged group the task belongs to the main proposal, and only there the reply ends it.
    """
    data = told.data
    task_id, unit, reply_id = data["task_id"], data["unit"], data["reply_id"]
    rows = [
        _issued_reply(told),
        clock_starts(
            told, f"{reply_id}/rate", kind="rate", unit=unit, due=data["rate"], task_id=task_id
        ),
        _letter(told, reply_id, kind="reply", unit=unit),
    ]
    if (publish := data.get("publish")) is not None:
        rows.append(
            clock_starts(told, f"{reply_id}/publish", kind="publish", unit=unit, due=publish)
        )
    if data["round"] > FIRST_ROUND:
        return (
            *rows,
            clock_stops(told, _redo_clock(task_id, data["round"])),
            task(told, task_id, unit=unit, desk=""),
        )
    if data["handled_in"] != told.key:
        return tuple(rows)
    given = {"answered_on": data["on"], "days_late": data.get("days_late", 0)}
    return (
        *rows,
        clock_stops(told, f"{task_id}/answer"),
        task(told, task_id, unit=unit, desk="", **given),
    )


def accepted(told: Told) -> tuple[Row, ...]:
    """The office checked a reply and took it."""
    return (_reply(told, accepted_on=told.data["on"]),)


def sent_back(told: Told) -> tuple[Row, ...]:
    """A reply is void: nobody rates or publishes it, and what it promised does not hold."""
    data = told.data
    reply_id = data["reply_id"]
    promises = data.get("promises", ())
    return (
        _reply(told, void_on=data["on"], void_why=data["why"]),
        clock_stops(told, f"{reply_id}/publish"),
        _letter(told, reply_id, state="void"),
        *(_promise_of(told, promise, state="void") for promise in promises),
        *(clock_stops(told, f"{promise}/promise") for promise in promises),
    )


def class_changed(told: Told) -> tuple[Row, ...]:
    """The office gave a reply another class."""
    data = told.data
    return (
        _reply(
            told,
            result_class=data["result_class"],
            meaning=data["meaning"],
            class_before=data["before"],
            class_why=data["why"],
        ),
    )


def rating_asked(told: Told) -> tuple[Row, ...]:
    """The committee asked for ratings, by a day of its own."""
    data = told.data
    return (
        _reply(told, asked_on=data["on"]),
        clock(
            told,
            f"{data['reply_id']}/rate",
            kind="rate",
            unit=data["unit"],
            **date_of(data["rate"]),
        ),
    )


def rating_reminded(told: Told) -> tuple[Row, ...]:
    """The committee reminded those who are silent."""
    return (_reply(told, reminded_on=told.data["on"]),)


def rated(told: Told) -> tuple[Row, ...]:
    """A proposer rated a reply."""
    data = told.data
    rating = {
        "proposal_id": told.key,
        "reply_id": data["reply_id"],
        "proposer": data["proposer"],
        "process": data["process"],
        "result": data["result"],
        "comment": data.get("comment", ""),
        "rated_on": data["on"],
        "paper": data.get("paper"),
    }
    return (("ratings", (told.key, data["reply_id"], data["proposer"]), rating),)


def rating_closed(told: Told) -> tuple[Row, ...]:
    """The rating is over; the units that handle the proposal may see it."""
    data = told.data
    return (_reply(told, closed_on=data["on"], silent=data.get("unanswered", ())),)


def redo_ordered(told: Told) -> tuple[Row, ...]:
    """The next round begins, with a clock of its own."""
    data = told.data
    return (
        clock_starts(
            told,
            _redo_clock(data["task_id"], data["round"]),
            kind="redo",
            unit=data["unit"],
            due=data["answer"],
            task_id=data["task_id"],
        ),
    )


def meeting_ordered(told: Told) -> tuple[Row, ...]:
    """Unit and proposers have to meet, where a rule says so by a day."""
    data = told.data
    ordered = _reply(told, meeting_ordered_on=data["on"])
    if (meet := data.get("meet")) is None:
        return (ordered,)
    clock_id = f"{data['reply_id']}/meet"
    return ordered, clock_starts(told, clock_id, kind="meet", unit=data["unit"], due=meet)


def meeting_held(told: Told) -> tuple[Row, ...]:
    """They met."""
    data = told.data
    return (
        _reply(
            told,
            met_on=data["held_on"],
            meeting_result=data["result"],
            meeting_outcome=data["outcome"],
        ),
        clock_stops(told, f"{data['reply_id']}/meet"),
    )


def dates_moved(told: Told) -> tuple[Row, ...]:
    """A new edition of the calendar moved dates."""
    return tuple(
        clock(
            told,
            _redo_clock(one["task_id"], one["round"])
            if one["clock"] == "redo"
            else f"{one['reply_id']}/{one['clock']}",
            **date_of(one["due"]),
        )
        for one in told.data["moved"]
    )


def publication_proposed(told: Told) -> tuple[Row, ...]:
    """A unit says how it would have its letter published."""
    data = told.data
    return (
        _letter(
            told,
            data["reply_id"],
            unit=data["unit"],
            state="proposed",
            proposed=data["attribute"],
            reason=data.get("reason"),
        ),
    )


def publication_decided(told: Told) -> tuple[Row, ...]:
    """The office decided; what is not open is not waited for."""
    data = told.data
    decided = _letter(
        told,
        data["reply_id"],
        unit=data["unit"],
        state="decided",
        decided=data["attribute"],
        form=data.get("form", "full"),
        reason=data.get("reason"),
    )
    if data["attribute"] == "open":
        return (decided,)
    return decided, clock_stops(told, f"{data['reply_id']}/publish")


def released(told: Told) -> tuple[Row, ...]:
    """A letter is public."""
    data = told.data
    title, text = plain(data["title"]), plain(data["text"])
    letter = _letter(
        told,
        data["reply_id"],
        kind=data["kind"],
        unit=data["unit"],
        state="released",
        form=data["form"],
        title=data["title"],
        text=data["text"],
        words=f"{title}\n{text}",
        terms=terms_of(heading=title, body=text),
        released_on=data["on"],
    )
    return letter, clock_stops(told, f"{data['reply_id']}/publish")


def release_withdrawn(told: Told) -> tuple[Row, ...]:
    """A letter is public no more."""
    return (
        _letter(
            told,
            told.data["reply_id"],
            state="withdrawn",
            title="",
            text="",
            words="",
            terms=[],
            reason=told.data["why"],
        ),
    )


def promised(told: Told) -> tuple[Row, ...]:
    """A reply promised something by a day."""
    data = told.data
    return (
        _promise(
            told,
            reply_id=data["reply_id"],
            unit=data["unit"],
            promised_by=data["unit"],
            text=data["text"],
            due_on=data["due_on"],
            first_due_on=data["due_on"],
            made_on=data["on"],
            owner=data.get("owner", ""),
            shown_by=data.get("shown_by", ""),
            state="open",
        ),
        clock_starts(
            told,
            f"{data['promise_id']}/promise",
            kind="promise",
            unit=data["unit"],
            due={"on": data["due_on"]},
        ),
    )


def promise_progressed(told: Told) -> tuple[Row, ...]:
    """A unit says how far a promise has come."""
    return (_promise(told, progress=told.data["progress"]),)


def promise_reported(told: Told) -> tuple[Row, ...]:
    """A unit says that a promise is kept; the office has yet to check it."""
    data = told.data
    return (_promise(told, state="reported", reported_on=data["on"], reported=data["evidence"]),)


def promise_still_open(told: Told) -> tuple[Row, ...]:
    """The office did not find it kept, or lets it stay as it is."""
    return (_promise(told, state="open", why=told.data["why"]),)


def promise_change_asked(told: Told) -> tuple[Row, ...]:
    """A unit asks to change a promise."""
    return (_promise(told, state="change_asked", why=told.data["why"]),)


def promise_changed(told: Told) -> tuple[Row, ...]:
    """A promise is another one now, by another day."""
    data = told.data
    return (
        _promise(told, state="open", text=data["text"], due_on=data["due_on"], why=data["why"]),
        clock(
            told,
            f"{data['promise_id']}/promise",
            due_on=data["due_on"],
            due={"on": data["due_on"]},
            done_on=None,
            reopened=True,
        ),
    )


def promise_kept(told: Told) -> tuple[Row, ...]:
    """A promise was found kept."""
    data = told.data
    return (
        _promise(told, state="kept", kept_on=data["on"], evidence=data["evidence"]),
        clock_stops(told, f"{data['promise_id']}/promise"),
    )


def promise_broken(told: Told) -> tuple[Row, ...]:
    """A promise will not be kept: nobody waits for it any more."""
    data = told.data
    return (
        _promise(told, state="broken", why=data["why"]),
        clock_stops(told, f"{data['promise_id']}/promise"),
    )


def promise_inherited(told: Told) -> tuple[Row, ...]:
    """Another unit keeps it from now on."""
    data = told.data
    return (
        _promise(told, unit=data["unit"], why=data["why"]),
        clock(told, f"{data['promise_id']}/promise", unit=data["unit"]),
    )


def look_back_opened(told: Told) -> tuple[Row, ...]:
    """A look-back takes an item up."""
    data = told.data
    return (_item(told, kind=data["kind"], unit=data["unit"], opened_on=data["on"]),)


def looked_back(told: Told) -> tuple[Row, ...]:
    """The office looked at it."""
    data = told.data
    return (_item(told, found=data["found"], says=data["says"], found_on=data["on"]),)


def answered_again(told: Told) -> tuple[Row, ...]:
    """What a reply had promised is solved."""
    data = told.data
    return (
        _reply(
            told,
            result_class=data["result_class"],
            meaning=data["meaning"],
            second_on=data["on"],
            second_number=data["document_number"],
            second_summary=data["summary"],
        ),
    )


def nothing(told: Told) -> tuple[Row, ...]:
    """Only the timeline shows it."""
    return ()


def _issued_reply(told: Told) -> Row:
    data = told.data
    return _reply(
        told,
        task_id=data["task_id"],
        unit=data["unit"],
        round=data["round"],
        document_number=data["document_number"],
        result_class=data["result_class"],
        meaning=data["meaning"],
        summary=data["summary"],
        reason=data.get("reason"),
        without_opinions=data.get("without_opinions", ()),
        because=data.get("without_opinions_because"),
        days_late=data.get("days_late", 0),
        issued_on=data["on"],
        publish_by=(data.get("publish") or {}).get("on"),
        evidence=data.get("evidence"),
        unanswered=data.get("unanswered", ()),
        unanswered_because=data.get("unanswered_because"),
        paper=data.get("paper"),
        attachments=data.get("attachments", ()),
    )


def _reply(told: Told, **columns: Any) -> Row:
    columns["proposal_id"], columns["reply_id"] = told.key, told.data["reply_id"]
    return "replies", (told.key, told.data["reply_id"]), columns


def _letter(told: Told, letter_id: str, **columns: Any) -> Row:
    columns["proposal_id"], columns["letter_id"] = told.key, letter_id
    return "publications", (told.key, letter_id), columns


def _promise(told: Told, **columns: Any) -> Row:
    return _promise_of(told, told.data["promise_id"], **columns)


def _promise_of(told: Told, promise_id: str, **columns: Any) -> Row:
    columns["proposal_id"], columns["promise_id"] = told.key, promise_id
    return "promises", (told.key, promise_id), columns


def _item(told: Told, **columns: Any) -> Row:
    look_back, item = told.data["look_back"], told.data["item"]
    columns |= {"proposal_id": told.key, "look_back": look_back, "item": item}
    return "look_backs", (told.key, look_back, item), columns


def _redo_clock(task_id: str, round_: int) -> str:
    return f"{task_id}/answer.r{round_}"


READINGS: dict[str, Reading] = {
    "huiban.reply.ContactRecorded.v1": contacted,
    "huiban.reply.ContactWaived.v1": contact_waived,
    "huiban.reply.ContactConfirmed.v1": contact_confirmed,
    "huiban.reply.ContactDenied.v1": contact_denied,
    "huiban.reply.OpinionDrafted.v1": opinion_drafted,
    "huiban.reply.OpinionChecked.v1": opinion_checked,
    "huiban.reply.OpinionSentBack.v1": sent_to_the_desk,
    "huiban.reply.OpinionGiven.v1": opinion_given,
    "huiban.reply.OpinionWithdrawn.v1": opinion_withdrawn,
    "huiban.reply.DisagreementOpened.v1": disagreement,
    "huiban.reply.DisagreementRaised.v1": disagreement,
    "huiban.reply.DisagreementSettled.v1": disagreement_settled,
    "huiban.reply.PointsListed.v1": nothing,
    "huiban.reply.ReplyDrafted.v1": drafted,
    "huiban.reply.ReplyApproved.v1": approved,
    "huiban.reply.DraftSentBack.v1": sent_to_the_desk,
    "huiban.reply.CountersignAsked.v1": countersign_asked,
    "huiban.reply.ReplyCountersigned.v1": countersigned,
    "huiban.reply.CountersignRefused.v1": countersign_refused,
    "huiban.reply.ReplyEndorsed.v1": endorsed,
    "huiban.reply.ReplyIssued.v1": issued,
    "huiban.reply.ReplyAccepted.v1": accepted,
    "huiban.reply.ReplySentBack.v1": sent_back,
    "huiban.reply.ClassChanged.v1": class_changed,
    "huiban.reply.RatingAsked.v1": rating_asked,
    "huiban.reply.RatingReminded.v1": rating_reminded,
    "huiban.reply.ReplyRated.v1": rated,
    "huiban.reply.RatingClosed.v1": rating_closed,
    "huiban.reply.RedoOrdered.v1": redo_ordered,
    "huiban.reply.FaceToFaceOrdered.v1": meeting_ordered,
    "huiban.reply.FaceToFaceHeld.v1": meeting_held,
    "huiban.reply.DatesMoved.v1": dates_moved,
    "huiban.reply.PublicationProposed.v1": publication_proposed,
    "huiban.reply.PublicationDecided.v1": publication_decided,
    "huiban.reply.ReplyReleased.v1": released,
    "huiban.reply.ReleaseWithdrawn.v1": release_withdrawn,
    "huiban.reply.PromiseMade.v1": promised,
    "huiban.reply.PromiseProgressed.v1": promise_progressed,
    "huiban.reply.PromiseReported.v1": promise_reported,
    "huiban.reply.PromiseReportRefused.v1": promise_still_open,
    "huiban.reply.PromiseChangeAsked.v1": promise_change_asked,
    "huiban.reply.PromiseChangeRefused.v1": promise_still_open,
    "huiban.reply.PromiseChanged.v1": promise_changed,
    "huiban.reply.PromiseKept.v1": promise_kept,
    "huiban.reply.PromiseBroken.v1": promise_broken,
    "huiban.reply.PromiseInherited.v1": promise_inherited,
    "huiban.reply.LookBackOpened.v1": look_back_opened,
    "huiban.reply.LookedBack.v1": looked_back,
    "huiban.reply.SecondAnswerIssued.v1": answered_again,
}
