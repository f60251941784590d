"""All forms by their code, and which of them somebody is offered at a case."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from services.portal.forms import (
    of_assignment,
    of_contact,
    of_draft,
    of_escalation,
    of_import,
    of_intake,
    of_merging,
    of_opinion,
    of_promise,
    of_rating,
    of_registry,
    of_reply,
)
from services.portal.forms.form import About, Form, Standing
from shared.contracts.event import Actor

FORMS: Mapping[str, Form] = {
    form.code: form
    for form in (
        *of_draft.FORMS,
        *of_intake.FORMS,
        *of_merging.FORMS,
        *of_import.FORMS,
        *of_assignment.FORMS,
        *of_contact.FORMS,
        *of_opinion.FORMS,
        *of_reply.FORMS,
        *of_rating.FORMS,
        *of_promise.FORMS,
        *of_escalation.FORMS,
        *of_registry.FORMS,
    )
}
IDS: Mapping[About, tuple[str, ...]] = {
    "nothing": (),
    "proposal": ("proposal_id",),
    "task": ("proposal_id", "task_id"),
    "contact": ("proposal_id", "contact_id"),
    "disagreement": ("proposal_id", "disagreement_id"),
    "item": ("proposal_id", "item_id"),
    "reply": ("proposal_id", "reply_id"),
    "letter": ("proposal_id", "letter_id"),
    "promise": ("proposal_id", "promise_id"),
    "look_back": ("proposal_id", "year", "item"),
    "matter": ("proposal_id", "matter_id"),
    "supervision": ("proposal_id", "supervision_id"),
    "finding": ("proposal_id", "inspection_id", "finding_id"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A form at a case: where it is, and why it cannot be done now, if it cannot."""

    form: Form
    address: str
    hindrance: str | None


def address_of(form: Form, facts: Mapping[str, Any]) -> str:
    """The page of a form for one thing."""
    names = ("proposal_id",) if form.page else IDS[form.about]
    about = {name: facts[name] for name in names if name in facts or not form.page}
    return form.door + (f"?{urlencode(about)}" if about else "")


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
    looked_for = STAGES_OF_STATE.get(standing.proposal.get("state") or "", ())
    yield from sorted(
        (one for one in found if one.hindrance is None or one.form.stage in looked_for),
        key=lambda one: (one.hindrance is not None, WEIGHTS.index(one.form.weight)),
    )


STAGES: Mapping[str, str] = {
    "filing": "受理审查",
    "handing": "交办签收",
    "handling": "办理",
    "answering": "审签答复",
    "rating": "评价公开",
    "keeping": "承诺落实",
    "watching": "督办协调",
}
# In which stages one looks for acts, by the state of the proposal; others only if possible.
STAGES_OF_STATE: Mapping[str, tuple[str, ...]] = {
    "submitted": ("filing",),
    "sent_back": ("filing",),
    "accepted": ("filing", "handing"),
    "handling": ("handing", "handling", "answering"),
    "merged": ("handing", "handling", "answering"),
    "redo": ("handling", "answering", "rating"),
    "replied": ("rating", "keeping"),
    "rated": ("rating", "keeping"),
    "unrated": ("rating", "keeping"),
}
WEIGHTS = ("main", "more", "grave")


def next_offers(form: Form, facts: Mapping[str, Any]) -> list[Offer]:
    """What comes after a form, for what the service answered."""
    found = []
    for code in form.leads_to:
        following = FORMS[code]
        names = [one.name for one in following.fields if one.kind == "kept" and one.name in facts]
        about = {name: facts[name] for name in names if name in following.places}
        found.append(Offer(following, f"/do/{code}?{urlencode(about)}", None))
    return found


# What a row of a worklist asks for, by its group: the one button that it gets.
FORM_OF_GROUP = {
    "sign": "sign",
    "consent": "consent-to-return",
    "object": "object",
    "contact": "contact",
    "opinion": "draft-opinion",
    "opinion-check": "check-opinion",
    "opinion-issue": "issue-opinion",
    "countersign": "countersign",
    "reply": "draft",
    "work": "complete",
    "approval": "approve",
    "issue": "issue",
    "to_decide": "decide-return",
    "publish": "propose-publication",
    "promise": "report-kept",
    "supervise": "answer-supervision",
    "finding": "answer-finding",
    "position": "state-position",
}
# What a clock is called after, where it is no task.
NAMED_BY_CLOCK = {
    "promise": "promise_id",
    "supervision": "supervision_id",
    "letter": "letter_id",
    "finding": "finding_id",
}


def button_of(group: str, duty: Mapping[str, Any], *, caller: Actor | None) -> Offer | None:
    """The act that a duty asks for, if it is the reader's to do."""
    if (code := FORM_OF_GROUP.get(group)) is None:
        return None
    if group == "publish" and duty["publication"] is not None:
        return None  # it is the office's turn
    return _offered(code, duty, caller=caller)


def other_way(
    group: str, duty: Mapping[str, Any], *, caller: Actor | None, today: date
) -> Offer | None:
    """What one does instead of signing: one asks the head, who lets it be returned; then it is."""
    if group != "sign" or duty["binding"] or (duty["return_by"] or date.min) < today:
        return None
    if duty["consented_on"] is not None:
        return _offered("return", duty, caller=caller)
    as_head = _offered("consent-to-return", duty, caller=caller)
    if as_head is not None or duty["consent_asked_on"] is not None:
        return as_head
    return _offered("ask-consent-to-return", duty, caller=caller)


def _offered(code: str, duty: Mapping[str, Any], *, caller: Actor | None) -> Offer | None:
    form, facts = FORMS[code], dict(duty)
    if (name := NAMED_BY_CLOCK.get(form.about)) is not None:
        facts[name] = str(duty["clock_id"]).rpartition("/")[0]
    if caller is None or not form.is_for(caller):
        return None
    if any(facts.get(name) is None for name in IDS[form.about]):
        return None
    return Offer(form, address_of(form, facts), None)


def may_be_done_together(form: Form) -> bool:
    """Whether several can be done at once: nothing is written, and nobody proves who they are."""
    return not form.fields and not form.needs_fresh_sign_in and form.weight != "grave"


def without_object(caller: Actor) -> Iterable[Form]:
    """The forms that are about nothing that is there yet."""
    return [
        form
        for form in FORMS.values()
        if form.stands_alone and form.room in ("cases", "imports") and form.is_for(caller)
    ]
