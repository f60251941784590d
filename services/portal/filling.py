"""Filling: what a form tells, what stands in its fields at first and what may be chosen in them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.portal.calling import ask
from services.portal.domain.branches import Branch, branch_of
from services.portal.domain.versions import Reading
from services.portal.forms.fields import Written, written_of
from services.portal.forms.form import Form, Standing
from services.portal.previewing import Draft, Preview, opinion_as_printed, reply_as_printed
from services.portal.store import cases, ledger
from services.portal.viewing import View
from shared.contracts.event import UnitCode

Pairs = list[tuple[str, str]]


async def informed(
    view: View, form: Form, standing: Standing, about: Mapping[str, str]
) -> Standing:
    """With what the service says that has the thing; a service that is away says nothing."""
    try:
        address = form.asks.format(**about)
    except KeyError:
        return standing
    if not address:
        return standing
    answer = await ask(view, form.service, address)
    if not answer.done:
        return standing
    heard = replace(standing, told=answer.body)
    return replace(heard, reading=await _reading(view, form, heard, about))


async def _reading(
    view: View, form: Form, standing: Standing, about: Mapping[str, str]
) -> Reading | None:
    """The text that the form is about, with what it answers to each point of the proposal."""
    found = form.reads(standing, about, view.name)
    if found is None or not found.answers_at:
        return found
    answer = await ask(view, form.service, found.answers_at)
    points = answer.body.get("points", ()) if answer.done else ()
    return replace(found, answers=tuple((one["point"], one["answer"] or "") for one in points))


async def preview_of(view: View, form: Form, standing: Standing, written: Written) -> Preview:
    """What is being written, as it would be printed."""
    after = written.get("after", "")
    number = int(after) + 1 if after.isdecimal() else 1
    unit = standing.thing["unit"]
    if form.previews == "opinion":
        text = written.get("opinion", "")
        return await opinion_as_printed(view, standing.proposal, Draft(unit, number, text))
    draft = Draft(
        unit,
        number,
        written.get("text", ""),
        standing.reading.versions[0].round if standing.reading else 1,
        written.get("result_class", ""),
    )
    return await reply_as_printed(view, standing.proposal, draft)


async def handed_down_of(view: View, standing: Standing) -> Branch:
    """What was handed down of a task so far, at all levels."""
    home = standing.proposal["merged_into"] or standing.proposal["proposal_id"]
    tasks = await cases.tasks_of(view.tx, home)
    return branch_of(standing.thing, tasks, await cases.clocks_of(view.tx, {home}))


async def presets_of(
    view: View, form: Form, standing: Standing, about: Mapping[str, str]
) -> dict[str, str]:
    """What stands in the fields at first: what is known, told by the service, or asked for."""
    names = [one["name"] for one in standing.proposal.get("proposers") or ()]
    person = standing.caller.on_behalf_of or standing.caller.person
    own = [
        one["name"]
        for one in standing.proposal.get("proposers") or ()
        if one.get("person") == person
    ]
    known: dict[str, Any] = {
        **standing.proposal,
        **standing.thing,
        "year": view.today.year,
        "next_year": view.today.year + 1,
        "today": view.today.isoformat(),
        "yes": "yes",
        "proposer_names": "\n".join(names),
        "one_proposer": own[0] if own else names[0] if len(names) == 1 else None,
        "text_of_promise": standing.thing.get("text"),
        "my_post": standing.caller.post,
        "my_unit": view.name(standing.caller.unit),
    }
    if any(field.preset == "draft" for field in form.fields) and not standing.told:
        known["draft"] = await cases.newest_draft(
            view.tx, standing.proposal["proposal_id"], standing.thing["unit"]
        )
    presets = {
        field.name: str(known[field.preset])
        for field in form.fields
        if field.preset and known.get(field.preset) is not None
    }
    stands = {**(standing.told if form.method == "PUT" or form.code == "confirm-import" else {})}
    return {
        **presets,
        **written_of(form.fields, {**stands, **form.preset(standing)}, named=view.known_name),
        **{field.name: about[field.name] for field in form.fields if field.name in about},
    }


async def choices_of(view: View, name: str, standing: Standing) -> Pairs:
    """What may be chosen: a coded list of the rules, or things of the case."""
    rules = view.known.rules_on(view.today)
    match name:
        case "categories":
            named = [one.code for one in rules.reasons.get("categories", ())]
            used = await ledger.categories(view.tx)
            return [(one, one) for one in dict.fromkeys([*named, *used])]
        case "decline_reasons":
            return [(one.code, one.says) for one in rules.decline_reasons]
        case "return_reasons":
            return [(one.code, one.says) for one in rules.return_reasons]
        case "classes":
            return [(one.code, f"{one.code}类：{one.says}") for one in rules.classes]
        case "proposers":
            return [(one["name"], one["name"]) for one in standing.proposal["proposers"] or ()]
        case "all_categories":
            return [(one.code, one.says) for one in rules.reasons.get("categories", ())]
        case "to_hand_over":
            return [
                (row["proposal_id"], f"{row['number']} {row['title']}")
                for row in await cases.to_hand_over(view.tx, seen=view.seen)
            ]
        case "units_below":
            return _in_a_tree(view, UnitCode(standing.thing["unit"]))
        case _:
            listed = rules.reasons.get(name, ())
            return [(one.code, one.says) for one in listed]


def _in_a_tree(view: View, top: UnitCode, *, depth: int = 0) -> Pairs:
    """The units below one, each under its own, set in by how deep it stands."""
    children = [one for one in view.known.units.values() if one.parent == top]
    return [
        pair
        for child in children
        for pair in (
            (str(child.code), "　" * depth + child.name),
            *_in_a_tree(view, child.code, depth=depth + 1),
        )
    ]
