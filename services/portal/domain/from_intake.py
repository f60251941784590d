"""What intake's events write: the proposal, its filing, its group, its being key."""

from services.portal.domain.rows import Reading, Row, Told, proposal
from services.portal.domain.terms import plain, terms_of


def submitted(told: Told) -> tuple[Row, ...]:
    """A proposal was handed in."""
    data = told.data
    words = plain("\n".join((data["title"], *(one["name"] for one in data["proposers"]))))
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
        ),
        (
            "texts",
            (told.key,),
            {
                "proposal_id": told.key,
                "text": data["text"],
                "words": words,
                "terms": terms_of(words),
            },
        ),
    )


def accepted(told: Told) -> tuple[Row, ...]:
    """It was filed under a number."""
    return (
        proposal(told, number=told.data["number"], accepted_on=told.data["on"], state="accepted"),
    )


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
    "huiban.intake.ProposalSubmitted.v1": submitted,
    "huiban.intake.ProposalAccepted.v1": accepted,
    "huiban.intake.ProposalDeclined.v1": declined,
    "huiban.intake.ProposalsMerged.v1": merged,
    "huiban.intake.ProposalDesignatedKey.v1": designated_key,
}
