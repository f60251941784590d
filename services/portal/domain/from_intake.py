"""What intake's events write: the proposal, its review, its group, its being key."""

from typing import Any

from services.portal.domain.rows import Columns, Reading, Row, Told, proposal
from services.portal.domain.terms import plain, terms_of


def submitted(told: Told) -> tuple[Row, ...]:
    """A proposal was handed in."""
    data = told.data
    return (
        proposal(
            told,
            year=data["year"],
            title=data["title"],
            kind=data["kind"],
            category=data.get("category"),
            proposers=data["proposers"],
            suggested_units=data.get("suggested_units", ()),
            wants_publication=data.get("wants_publication", True),
            origin=data.get("origin", "real"),
            source=data.get("source"),
            submitted_on=told.data["on"],
            state="submitted",
            put_by=data.get("put_by", "member"),
            body=data.get("body"),
            session=data.get("session"),
            review_group=data.get("review_group"),
            attachments=data.get("attachments", ()),
        ),
        _text(told),
    )


def revised(told: Told) -> tuple[Row, ...]:
    """It was handed in again, in other words."""
    data = told.data
    return (
        proposal(
            told,
            title=data["title"],
            suggested_units=data.get("suggested_units", ()),
            wants_publication=data.get("wants_publication", True),
            attachments=data.get("attachments", ()),
            state="submitted",
        ),
        _text(told),
    )


def categorised(told: Told) -> tuple[Row, ...]:
    """It is before the group of its category."""
    return (proposal(told, category=told.data["category"], **_given(told, "review_group")),)


def sent_back(told: Told) -> tuple[Row, ...]:
    """Its proposers revise it."""
    return (proposal(told, state="sent_back"),)


def accepted(told: Told) -> tuple[Row, ...]:
    """It was filed under a number."""
    data = told.data
    return (
        proposal(
            told,
            number=data["number"],
            accepted_on=data["on"],
            state="accepted",
            **_given(told, "category", "session_serial", "category_serial"),
        ),
    )


def turned(told: Told) -> tuple[Row, ...]:
    """It goes on as something else."""
    data = told.data
    return (
        proposal(
            told,
            turned_into=data["says"],
            closed_on=data["on"],
            closed_because=data["why"],
            state="turned",
        ),
    )


def withdrawn(told: Told) -> tuple[Row, ...]:
    """Its proposers took it back."""
    data = told.data
    return (proposal(told, closed_on=data["on"], closed_because=data["why"], state="withdrawn"),)


def declined(told: Told) -> tuple[Row, ...]:
    """It was not filed."""
    return (
        proposal(
            told, declined_on=told.data["on"], decline_reason=told.data["reason"], state="declined"
        ),
    )


def merged(told: Told) -> tuple[Row, ...]:
    """It belongs to a group from now on; all but the main one are handled in the main one."""
    main = told.data["main"]
    if main == told.key:
        return (proposal(told, group_main=main),)
    return (proposal(told, group_main=main, merged_into=main, state="merged"),)


def separated(told: Told) -> tuple[Row, ...]:
    """It is on its own again; the mark tells the store to empty what only fills up otherwise."""
    state = "handling" if told.data.get("after_hand_over") else "accepted"
    return (proposal(told, group_main="", merged_into="", left_group=True, state=state),)


def linked(told: Told) -> tuple[Row, ...]:
    """Another proposal has to do with it."""
    other = told.data["linked"]
    return (
        (
            "links",
            (told.key, other),
            {"proposal_id": told.key, "linked": other, "why": told.data["why"]},
        ),
    )


def no_longer_key(told: Told) -> tuple[Row, ...]:
    """It is a key proposal no more."""
    return (proposal(told, is_key=False),)


def archived(told: Told) -> tuple[Row, ...]:
    """A proposal of an earlier year, closed: it is found, and counted in no year's figures."""
    data = told.data
    return (
        proposal(
            told,
            number=data["number"],
            year=data["year"],
            title=data["title"],
            kind=data.get("kind", "single"),
            category=data.get("category"),
            session=data.get("session"),
            proposers=data.get("proposers", ()),
            origin="real",
            source=data["source"],
            archive={
                "leads": data.get("leads", ()),
                "co_handlers": data.get("co_handlers", ()),
                "replies": data.get("replies", ()),
            },
            state="archived",
        ),
        _text(told),
    )


def _given(told: Told, *names: str) -> Columns:
    """These facts where they were told; what is not said here was said before, and stays."""
    return {name: told.data[name] for name in names if told.data.get(name) is not None}


def _text(told: Told) -> Row:
    data = told.data
    # The title stands in the first line: the public may look for it, and for nothing else here.
    title = plain(" ".join(data["title"].split()))
    names = plain(" ".join(one["name"] for one in data.get("proposers", ())))
    text = data.get("text", "")
    body = plain(text)
    return (
        "texts",
        (told.key,),
        {
            "proposal_id": told.key,
            **_given(told, "year"),
            "text": text,
            "words": f"{title}\n{names}\n{body}",
            "terms": terms_of(heading=f"{title}\n{names}", body=body),
        },
    )


def signature_asked(told: Told) -> tuple[Row, ...]:
    """Somebody would put a proposal together with others, who sign its draft until a moment."""
    data = told.data
    asked = {"title": data["title"], "author": data["by"]["name"], "until": data["until"]}
    return tuple(
        _signature(told, one["person"], answer="asked", **asked)
        for one in data["asked"]
        if one.get("person") is not None
    )


def signature_given(told: Told) -> tuple[Row, ...]:
    """One of them signed."""
    return _answered(told, "given")


def signature_declined(told: Told) -> tuple[Row, ...]:
    """One of them would rather not."""
    return _answered(told, "declined")


def _answered(told: Told, answer: str) -> tuple[Row, ...]:
    person = told.data["signer"].get("person")
    return () if person is None else (_signature(told, person, answer=answer),)


def _signature(told: Told, person: str, **columns: Any) -> Row:
    return "signatures", (told.key, person), {"proposal_id": told.key, "person": person, **columns}


def designated_key(told: Told) -> tuple[Row, ...]:
    """It is a key proposal."""
    data = told.data
    return (
        proposal(
            told,
            is_key=True,
            key_leader=data["leader"],
            key_supervisor=data["supervised_by"],
        ),
    )


READINGS: dict[str, Reading] = {
    "huiban.intake.JointSignatureAsked.v1": signature_asked,
    "huiban.intake.JointSignatureGiven.v1": signature_given,
    "huiban.intake.JointSignatureDeclined.v1": signature_declined,
    "huiban.intake.ProposalSubmitted.v1": submitted,
    "huiban.intake.ProposalAccepted.v1": accepted,
    "huiban.intake.ProposalDeclined.v1": declined,
    "huiban.intake.ProposalCategorised.v1": categorised,
    "huiban.intake.ProposalSentBack.v1": sent_back,
    "huiban.intake.ProposalRevised.v1": revised,
    "huiban.intake.ProposalTurned.v1": turned,
    "huiban.intake.ProposalWithdrawn.v1": withdrawn,
    "huiban.intake.ProposalsMerged.v1": merged,
    "huiban.intake.MergeUndone.v1": separated,
    "huiban.intake.ProposalsLinked.v1": linked,
    "huiban.intake.KeyDesignationTakenBack.v1": no_longer_key,
    "huiban.intake.ProposalArchived.v1": archived,
    "huiban.intake.ProposalDesignatedKey.v1": designated_key,
}
