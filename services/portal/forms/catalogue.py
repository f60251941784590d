"""All forms by their code, and which of them somebody is offered at a case."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from services.portal.forms import of_assignment, of_escalation, of_intake, of_reply
from services.portal.forms.form import About, Form, Standing
from shared.contracts.event import Actor

FORMS: Mapping[str, Form] = {
    form.code: form
    for form in (
        *of_intake.FORMS,
        *of_assignment.FORMS,
        *of_reply.FORMS,
        *of_escalation.FORMS,
    )
}
IDS: Mapping[About, tuple[str, ...]] = {
    "nothing": (),
    "proposal": ("proposal_id",),
    "task": ("proposal_id", "task_id"),
    "reply": ("proposal_id", "reply_id"),
    "promise": ("proposal_id", "promise_id"),
    "matter": ("proposal_id", "matter_id"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A form at a case: where it is, and why it cannot be done now, if it cannot."""

    form: Form
    address: str
    hindrance: str | None


def address_of(form: Form, facts: Mapping[str, Any]) -> str:
    """The page of a form for one thing."""
    about = {name: facts[name] for name in IDS[form.about]}
    return f"/do/{form.code}" + (f"?{urlencode(about)}" if about else "")


def offers(about: About, standing: Standing) -> Iterator[Offer]:
    """What somebody may do with a thing, possible acts first; what is never theirs is left out."""
    found = [
        Offer(
            form,
            address_of(form, {**standing.proposal, **standing.thing}),
            form.hindrance(standing),
        )
        for form in FORMS.values()
        if form.about == about and form.is_for(standing.caller, standing.relation)
    ]
    yield from sorted(found, key=lambda offer: offer.hindrance is not None)


# What a row of a worklist asks for, by its group: the one button that it gets.
FORM_OF_GROUP = {
    "sign": "sign",
    "opinion": "opinion",
    "reply": "draft",
    "work": "complete",
    "approval": "approve",
    "issue": "issue",
    "to_decide": "decide-return",
    "promise": "keep",
}


def button_of(group: str, duty: Mapping[str, Any], *, caller: Actor | None) -> Offer | None:
    """The act that a duty asks for, if it is the reader's to do."""
    code = FORM_OF_GROUP.get(group)
    if code is None or caller is None:
        return None
    form = FORMS[code]
    facts = dict(duty)
    if form.about == "promise":
        facts["promise_id"] = str(duty["clock_id"]).removesuffix("/promise")
    if not form.is_for(caller) or any(facts.get(name) is None for name in IDS[form.about]):
        return None
    return Offer(form, address_of(form, facts), None)


def without_object(caller: Actor) -> Iterable[Form]:
    """The forms that are about nothing that is there yet."""
    return [form for form in FORMS.values() if form.about == "nothing" and form.is_for(caller)]
