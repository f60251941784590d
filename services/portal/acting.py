"""Acting: a form is shown, sent to the service whose act it is, and its answer shown.

Works without script; with it, drafts are kept in the browser and rows added in place.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import uuid4

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from services.portal.calling import Answer, callers_of
from services.portal.domain.branches import Branch, branch_of
from services.portal.domain.versions import Reading
from services.portal.forms.catalogue import FORMS, IDS, Offer, next_offers, offers
from services.portal.forms.crossing import OPENED, Crossed, cross, opened_of
from services.portal.forms.fields import (
    CASE_ID,
    Field,
    Unwritable,
    Written,
    papers,
    rows_written,
    written_of,
)
from services.portal.forms.form import ROOMS, About, Facts, Form, Standing, beside_fields
from services.portal.previewing import Draft, Preview, opinion_as_printed, reply_as_printed
from services.portal.signin.domain.refusals import SignInFirst
from services.portal.store import cases, ledger
from services.portal.store.rows import Row
from services.portal.viewing import View, Viewing
from shared.contracts.event import ProposalId, UnitCode
from shared.policy import Relation, relation_to
from shared.refusals import Unknown
from shared.web import backbone_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

BLANK_ROWS = 3
WAIT_SECONDS = 2.0
# How services say that what one wrote upon is not the newest any more.
CHANGED_MEANWHILE = ("draft-changed-meanwhile", "entry-changed-meanwhile")
Pairs = list[tuple[str, str]]


class NoSuchForm(Unknown):
    """没有名为“{code}”的办理事项。"""


class NotThere(Unknown):
    """没有找到要办理的对象；它可能刚刚改变，请回到提案页面再看。"""


@router.get("/do/{code}")
async def show_form(view: Viewing, code: str) -> Response:
    """办理：填写一件事所需的内容。"""
    form = _form(code)
    if form.needs_fresh_sign_in:
        view.must_be_fresh()
    about = view.request.query_params
    standing = await _informed(view, form, await standing_of(view, form, about), about)
    presets = await _presets(view, form, standing, about)
    return await _page(view, form, standing, presets)


@router.post("/do/{code}")
async def send_form(view: Viewing, code: str) -> Response:
    """提交：交给办理这件事的服务；没有办成的，内容原样还在，问题写在旁边。"""
    form = _form(code)
    if form.needs_fresh_sign_in:
        view.must_be_fresh()
    about = view.request.query_params
    standing = await standing_of(view, form, about)
    sent = await view.request.form()
    written = {name: value for name, value in sent.items() if isinstance(value, str)}
    if "more" in written:
        standing = await _informed(view, form, standing, about)
        return await _page(view, form, standing, written, blank=BLANK_ROWS)
    if form.previews and "preview" in written:
        standing = await _informed(view, form, standing, about)
        preview = await _preview(view, form, standing, written)
        return await _page(view, form, standing, written, preview=preview)
    brought = await _brought(view, form, sent)
    trouble = {} if form.sends == "file" else await _keep_papers(view, form, brought, written)
    meant, unknown = await _cases_meant(view, form, written)
    command, wrong = form.command(meant)
    wrong = {**wrong, **trouble, **unknown}
    if form.sends == "file" and any(brought.values()):
        wrong.pop("file", None)
    if wrong:
        standing = await _informed(view, form, standing, about)
        return await _page(view, form, standing, written, wrong=wrong, status=422)
    answer = await _send(view, form, meant, command, brought)
    if form.version and answer.body.get("code") in CHANGED_MEANWHILE:
        return await _crossed(view, form, about, written, says=str(answer.body["detail"]))
    if not answer.done:
        beside, above = beside_fields(answer.body, form.fields)
        standing = await _informed(view, form, standing, about)
        return await _page(
            view, form, standing, written, wrong=beside, above=above, status=answer.status
        )
    if form.answers or form.leads_to:
        return _answered(view, form, answer, {**about, **written})
    return RedirectResponse(await afterwards(view, form, standing.proposal, answer.positions), 303)


async def _crossed(
    view: View, form: Form, about: Mapping[str, str], written: Written, *, says: str
) -> Response:
    """Somebody else wrote meanwhile: both are shown, and merged in the fields to go on from."""
    standing = await _informed(view, form, await standing_of(view, form, about), about)
    theirs = await _presets(view, form, standing, about)
    crossing = cross(form.fields, theirs=theirs, mine=written)
    version = {form.version: theirs.get(form.version, "")}
    beside = {name: words for name, words in written.items() if not _is_in(form, name)}
    going_on = {**beside, **crossing.written, **version, OPENED: opened_of(form.fields, theirs)}
    return await _page(
        view, form, standing, going_on, above=[says], crossed=crossing.crossed, status=409
    )


def _is_in(form: Form, name: str) -> bool:
    """Whether this was written in a list of the form, whose rows are now others."""
    return any(one.kind == "rows" and name.startswith(f"{one.name}-") for one in form.fields)


async def _cases_meant(
    view: View, form: Form, written: Written
) -> tuple[dict[str, str], dict[str, str]]:
    """Proposals by their ids where they were written by their numbers or addresses.

    Gives what is wrong beside which field.
    """
    meant, wrong = dict(written), dict[str, str]()
    for field in form.fields:
        if field.kind not in ("case", "cases"):
            continue
        lines = [line.strip().lower() for line in written.get(field.name, "").splitlines()]
        known = await cases.ids_of(view.tx, lines, seen=view.seen)
        known |= {line: found[0] for line in lines if (found := CASE_ID.search(line))}
        unknown = [line for line in lines if line and line not in known]
        if unknown:
            wrong[field.name] = f"没有找到{'、'.join(unknown)}"
        meant[field.name] = "\n".join(known.get(line, "") for line in lines)
    return meant, wrong


async def _send(
    view: View,
    form: Form,
    written: Written,
    command: Mapping[str, Any],
    brought: Mapping[str, list[tuple[str, bytes]]],
) -> Answer:
    address = form.address(view.request.query_params, written)
    once = written.get("once") or None
    if form.sends == "file":
        [(name, content)] = brought["file"]
        kind = {key: str(value) for key, value in command.items() if key != "file"}
        return await ask(
            view, form, address, content=content, params={**kind, "name": name}, once=once
        )
    return await ask(view, form, address, command=command, once=once)


async def ask(view: View, form: Form, address: str, **more: Any) -> Answer:
    """Have the service of a form do something, in the caller's name and on the day shown."""
    return await callers_of(view.request).send(
        form.service,
        more.pop("method", form.method),
        address,
        token=view.must_be_signed_in(),
        today=view.today.isoformat() if view.is_demo else None,
        **more,
    )


async def _informed(
    view: View, form: Form, standing: Standing, about: Mapping[str, str]
) -> Standing:
    """With what the service says that has the thing; a service that is away says nothing."""
    try:
        address = form.asks.format(**about)
    except KeyError:
        return standing
    if not address:
        return standing
    answer = await ask(view, form, address, method="GET")
    if not answer.done:
        return standing
    informed = replace(standing, told=answer.body)
    return replace(informed, reading=await _reading(view, form, informed, about))


async def _reading(
    view: View, form: Form, standing: Standing, about: Mapping[str, str]
) -> Reading | None:
    """The text that the form is about, with what it answers to each point of the proposal."""
    found = form.reads(standing, about, view.name)
    if found is None or not found.answers_at:
        return found
    answer = await ask(view, form, found.answers_at, method="GET")
    points = answer.body.get("points", ()) if answer.done else ()
    return replace(found, answers=tuple((one["point"], one["answer"] or "") for one in points))


async def _preview(view: View, form: Form, standing: Standing, written: Written) -> Preview:
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


async def _brought(view: View, form: Form, sent: FormData) -> dict[str, list[tuple[str, bytes]]]:
    """The files that were chosen, by field."""
    return {
        field.name: [
            (one.filename, await one.read())
            for one in sent.getlist(f"{field.name}-chosen")
            if isinstance(one, UploadFile) and one.filename
        ]
        for field in form.fields
        if field.kind in ("file", "files")
    }


async def _keep_papers(
    view: View,
    form: Form,
    brought: Mapping[str, list[tuple[str, bytes]]],
    written: dict[str, str],
) -> dict[str, str]:
    """What was brought is told of in the form from now on, and kept by the service that keeps it.

    Gives what is wrong beside which field.
    """
    wrong: dict[str, str] = {}
    for field in form.fields:
        if field.kind not in ("file", "files"):
            continue
        try:
            told = papers(written.get(field.name, ""))
        except Unwritable as why:
            wrong[field.name] = str(why)
            continue
        told = [one for one in told if f"{field.name}-drop-{one.get('digest')}" not in written]
        for name, content in brought.get(field.name, ()):
            if not field.kept_by:
                told.append(
                    {
                        "name": name,
                        "kind": name.rpartition(".")[2].lower() or "file",
                        "size": len(content),
                        "digest": sha256(content).hexdigest(),
                    }
                )
                continue
            answer = await ask(
                view, form, "/attachments", method="POST", content=content, params={"name": name}
            )
            if answer.done:
                told.append(dict(answer.body))
            else:
                wrong[field.name] = f"{name}：{answer.body.get('detail', '没有收下')}"
        written[field.name] = json.dumps(told, ensure_ascii=False) if told else ""
    return wrong


def _answered(view: View, form: Form, answer: Answer, about: Mapping[str, str]) -> Response:
    """What the service answered, and what comes next."""
    return view.page(
        "forms/answered.html",
        form=form,
        answer={
            name: value
            for name, value in answer.body.items()
            if name != "events" and value not in (None, [], "")
        },
        offers=next_offers(form, {**about, **answer.body}),
    )


def _form(code: str) -> Form:
    if (form := FORMS.get(code)) is None:
        raise NoSuchForm(code=code)
    return form


async def standing_of(view: View, form: Form, about: Mapping[str, str]) -> Standing:
    """How the caller stands to what the form is about.

    Raises:
        SignInFirst: nobody is signed in.
        NotThere: the address names nothing that is there.
    """
    caller = view.caller
    if caller is None:
        raise SignInFirst
    if any(name not in about for name in IDS[form.about]):
        raise NotThere
    if form.about == "nothing":
        return Standing(caller, Relation.NONE, view.today, {}, {})
    proposal = await cases.proposal(view.tx, ProposalId(about["proposal_id"]), seen=view.seen)
    home = proposal["merged_into"] or proposal["proposal_id"]
    tasks = await cases.tasks_of(view.tx, home)
    thing = await _thing(view, form, about, tasks)
    return Standing(caller, relation_of(view, proposal, tasks, thing), view.today, proposal, thing)


async def _thing(
    view: View, form: Form, about: Mapping[str, str], tasks: list[Row]
) -> Mapping[str, Any]:
    proposal_id = about["proposal_id"]
    match form.about:
        case "task":
            found = tasks
        case "reply":
            found = await cases.replies_of(view.tx, proposal_id)
        case "promise":
            found = await cases.promises_of(view.tx, {proposal_id})
        case "matter":
            found = await cases.matters_of(view.tx, {proposal_id})
        case "proposal" | "nothing":
            return {}
        case _:
            found = await cases.things_of(view.tx, form.about, {proposal_id})
    names = [name for name in IDS[form.about] if found and name in found[0]]
    thing = next((one for one in found if all(one[name] == about[name] for name in names)), None)
    if thing is None:
        raise NotThere
    return thing


def relation_of(
    view: View, proposal: Mapping[str, Any], tasks: list[Row], thing: Mapping[str, Any]
) -> Relation:
    """How the caller stands to a thing of a case, or to the case itself."""
    caller = view.caller
    assert caller is not None
    persons = {one.get("person") for one in proposal["proposers"] or ()}
    if (caller.on_behalf_of or caller.person) in persons:
        return Relation.OWN
    live = [task for task in tasks if task["ended_on"] is None]
    unit = thing.get("unit")
    if unit is None:
        unit = next((task["unit"] for task in live if task["unit"] == caller.unit), "")
    return relation_to(
        UnitCode(unit),
        caller=caller,
        answering=[
            task["unit"]
            for task in live
            if task["role"] in ("lead", "split") and not task["parent"]
        ],
        taking_part=[task["unit"] for task in live],
        units=view.known,
    )


async def afterwards(
    view: View, form: Form, proposal: Facts, positions: list[tuple[str, str, int]]
) -> str:
    """The page to go to: it shows what was done, or says that it is on its way."""
    backbone = backbone_of(view.request)
    heard = all(
        [
            await backbone.heard_by_then(source, key, sequence, seconds=WAIT_SECONDS)
            for source, key, sequence in positions
            if source != "/huiban/registry"
        ]
    )
    word = "done" if heard else "under-way"
    if form.room in ROOMS:
        return f"/rooms/{form.room}?{word}={form.code}"
    keys = {key for _, key, _ in positions}
    proposal_id = proposal.get("proposal_id") or (keys.pop() if len(keys) == 1 else None)
    page = f"/proposals/{proposal_id}" if proposal_id else "/desk"
    return f"{page}?{word}={form.code}"


async def _page(
    view: View,
    form: Form,
    standing: Standing,
    written: Written,
    *,
    wrong: Mapping[str, str] | None = None,
    above: list[str] | None = None,
    status: int = 200,
    blank: int = 0,
    crossed: Sequence[Crossed] = (),
    preview: Preview | None = None,
) -> Response:
    opened = written.get(OPENED) or opened_of(form.fields, written)
    return view.page(
        "forms/form.html",
        status=status,
        form=form,
        proposal=standing.proposal,
        thing=standing.thing,
        hindrance=form.hindrance(standing),
        written=written,
        wrong=wrong or {},
        above=above or [],
        crossed=crossed,
        preview=preview,
        branch=await _branch(view, standing) if form.shows_branches else None,
        reading=standing.reading,
        about={name: view.request.query_params[name] for name in IDS[form.about]},
        opened=opened if form.version else "",
        kept_as=f"{form.code}?{view.request.url.query}",
        once=written.get("once") or str(uuid4()),
        choices={
            field.choices: await choices_of(view, field.choices, standing)
            for field in _all_fields(form)
            if isinstance(field.choices, str) and field.choices
        },
        shown=[one for one in form.shown(standing) if one[1]],
        rows={
            field.name: rows_written(field, written) + blank or BLANK_ROWS
            for field in form.fields
            if field.kind == "rows"
        },
        units=[unit.name for unit in view.known.units.values()],
        wants_units=any(field.kind in ("unit", "units") for field in _all_fields(form)),
    )


async def _branch(view: View, standing: Standing) -> Branch:
    """What was handed down of a task so far, at all levels."""
    home = standing.proposal["merged_into"] or standing.proposal["proposal_id"]
    tasks = await cases.tasks_of(view.tx, home)
    return branch_of(standing.thing, tasks, await cases.clocks_of(view.tx, {home}))


def _all_fields(form: Form) -> list[Field]:
    return [one for field in form.fields for one in (field, *field.rows)]


async def _presets(
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


def offers_here(view: View, proposal: Mapping[str, Any], tasks: list[Row]) -> list[Offer]:
    """What the reader may do with a proposal as a whole."""
    return _offers(view, "proposal", proposal, tasks, {})


def offers_of(
    view: View,
    proposal: Mapping[str, Any],
    tasks: list[Row],
    about: About,
    thing: Mapping[str, Any],
) -> list[Offer]:
    """What the reader may do with a task, a reply, a promise or a matter of a proposal."""
    of_main = thing.get("proposal_id") == proposal["merged_into"] is not None
    if of_main and not proposal["main_title"]:
        return []  # the main proposal of the group is another's
    return _offers(view, about, proposal, tasks, thing)


def _offers(
    view: View,
    about: About,
    proposal: Mapping[str, Any],
    tasks: list[Row],
    thing: Mapping[str, Any],
) -> list[Offer]:
    if view.caller is None:
        return []
    relation = relation_of(view, proposal, tasks, thing)
    standing = Standing(view.caller, relation, view.today, proposal, thing)
    return list(offers(about, standing))
