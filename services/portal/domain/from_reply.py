"""What reply's events write: opinions, drafts on a desk, replies, ratings and promises."""

from services.portal.domain.rows import Reading, Row, Told, clock_starts, clock_stops, task

FIRST_ROUND = 1


def contacted(told: Told) -> tuple[Row, ...]:
    """A unit talked with the proposer."""
    data = told.data
    return (task(told, data["task_id"], contacted_on=data["on"]),)


def opinion_given(told: Told) -> tuple[Row, ...]:
    """A co-handler gave its opinion."""
    data = told.data
    given = {"answered_on": data["on"], "answer": data["opinion"]}
    return (
        task(told, data["task_id"], **given, days_late=data.get("days_late", 0)),
        clock_stops(told, f"{data['task_id']}/answer"),
    )


def drafted(told: Told) -> tuple[Row, ...]:
    """A draft waits for approval."""
    data = told.data
    return (task(told, data["task_id"], unit=data["unit"], desk="approval"),)


def approved(told: Told) -> tuple[Row, ...]:
    """An approved draft waits to be issued."""
    data = told.data
    return (task(told, data["task_id"], unit=data["unit"], desk="issue"),)


def issued(told: Told) -> tuple[Row, ...]:
    """A reply went out; its rating is waited for.

    In a merged group the task belongs to the main proposal, and only there the reply ends it.
    """
    data = told.data
    task_id, unit = data["task_id"], data["unit"]
    rating = clock_starts(
        told,
        f"{data['reply_id']}/rate",
        kind="rate",
        unit=unit,
        due=data["rate"],
        task_id=task_id,
    )
    if data["round"] > FIRST_ROUND:
        return (
            _reply(told),
            rating,
            clock_stops(told, _redo_clock(task_id, data["round"])),
            task(told, task_id, unit=unit, desk=""),
        )
    if data["handled_in"] != told.key:
        return _reply(told), rating
    given = {"answered_on": data["on"], "days_late": data.get("days_late", 0)}
    return (
        _reply(told),
        rating,
        clock_stops(told, f"{task_id}/answer"),
        task(told, task_id, unit=unit, desk="", **given),
    )


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
    }
    return (
        ("ratings", (told.key, data["reply_id"], data["proposer"]), rating),
        clock_stops(told, f"{data['reply_id']}/rate"),
    )


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


def promised(told: Told) -> tuple[Row, ...]:
    """A reply promised something by a day."""
    data = told.data
    promise = {
        "proposal_id": told.key,
        "promise_id": data["promise_id"],
        "reply_id": data["reply_id"],
        "unit": data["unit"],
        "text": data["text"],
        "due_on": data["due_on"],
        "made_on": data["on"],
    }
    return (
        ("promises", (told.key, data["promise_id"]), promise),
        clock_starts(
            told,
            f"{data['promise_id']}/promise",
            kind="promise",
            unit=data["unit"],
            due={"on": data["due_on"]},
        ),
    )


def promise_kept(told: Told) -> tuple[Row, ...]:
    """A promise was found kept."""
    data = told.data
    promise = {
        "proposal_id": told.key,
        "promise_id": data["promise_id"],
        "kept_on": data["on"],
        "evidence": data["evidence"],
    }
    return (
        ("promises", (told.key, data["promise_id"]), promise),
        clock_stops(told, f"{data['promise_id']}/promise"),
    )


def _reply(told: Told) -> Row:
    data = told.data
    reply = {
        "proposal_id": told.key,
        "reply_id": data["reply_id"],
        "task_id": data["task_id"],
        "unit": data["unit"],
        "round": data["round"],
        "document_number": data["document_number"],
        "result_class": data["result_class"],
        "meaning": data["meaning"],
        "summary": data["summary"],
        "reason": data.get("reason"),
        "without_opinions": data.get("without_opinions", ()),
        "because": data.get("without_opinions_because"),
        "days_late": data.get("days_late", 0),
        "issued_on": data["on"],
    }
    return "replies", (told.key, data["reply_id"]), reply


def _redo_clock(task_id: str, round_: int) -> str:
    return f"{task_id}/answer.r{round_}"


READINGS: dict[str, Reading] = {
    "huiban.reply.ContactRecorded.v1": contacted,
    "huiban.reply.OpinionGiven.v1": opinion_given,
    "huiban.reply.ReplyDrafted.v1": drafted,
    "huiban.reply.ReplyApproved.v1": approved,
    "huiban.reply.ReplyIssued.v1": issued,
    "huiban.reply.ReplyRated.v1": rated,
    "huiban.reply.RedoOrdered.v1": redo_ordered,
    "huiban.reply.PromiseMade.v1": promised,
    "huiban.reply.PromiseKept.v1": promise_kept,
}
