"""Acting: a form is shown, sent to the service whose act it is, and its answer shown.

Works without script; with it, drafts are kept in the browser and rows added in place.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import uuid4

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from services.portal.calling import Answer, ask
from services.portal.filling import (
    choices_of,
    handed_down_of,
    informed,
    presets_of,
    preview_of,
)
from services.portal.forms.catalogue import FORMS, IDS, next_offers
from services.portal.forms.crossing import OPENED, Crossed, cross, opened_of
from services.portal.forms.fields import CASE_ID, Unwritable, Written, papers, rows_written
from services.portal.forms.form import ROOMS, Facts, Form, Standing, beside_fields
from services.portal.naming import colleagues_of, members_of, people_meant
from services.portal.previewing import Preview
from services.portal.standing import standing_of
from services.portal.store import cases
from services.portal.viewing import View, Viewing
from shared.refusals import Unknown
from shared.web import backbone_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

BLANK_ROWS = 3
WAIT_SECONDS = 2.0
# How services say that what one wrote upon is not the newest any more.
CHANGED_MEANWHILE = (
    "draft-changed-meanwhile",
    "entry-changed-meanwhile",
    "points-changed-meanwhile",
)


class NoSuchForm(Unknown):
    """没有名为“{code}”的办理事项。"""


@router.get("/do/{code}")
async def show_form(view: Viewing, code: str) -> Response:
    """办理：填写一件事所需的内容。"""
    form = _form(code)
    if form.needs_fresh_sign_in:
        view.must_be_fresh()
    about = view.request.query_params
    standing = await informed(view, form, await standing_of(view, form, about), about)
    presets = await presets_of(view, form, standing, about)
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
        standing = await informed(view, form, standing, about)
        return await _page(view, form, standing, written, blank=BLANK_ROWS)
    if form.previews and "preview" in written:
        standing = await informed(view, form, standing, about)
        preview = await preview_of(view, form, standing, written)
        return await _page(view, form, standing, written, preview=preview)
    brought = await _brought(view, form, sent)
    trouble = {} if form.sends == "file" else await _keep_papers(view, form, brought, written)
    meant, unknown = await _meant(view, form, written)
    command, wrong = form.command(meant)
    wrong = {**wrong, **trouble, **unknown}
    if form.sends == "file" and any(brought.values()):
        wrong.pop("file", None)
    if wrong:
        standing = await informed(view, form, standing, about)
        return await _page(view, form, standing, written, wrong=wrong, status=422)
    answer = await _send(view, form, meant, command, brought)
    if form.version and answer.body.get("code") in CHANGED_MEANWHILE:
        return await _crossed(view, form, about, written, says=str(answer.body["detail"]))
    if not answer.done:
        beside, above = beside_fields(answer.body, form.fields)
        standing = await informed(view, form, standing, about)
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
    standing = await informed(view, form, await standing_of(view, form, about), about)
    theirs = await presets_of(view, form, standing, about)
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


async def _meant(view: View, form: Form, written: Written) -> tuple[dict[str, str], dict[str, str]]:
    """Proposals by their ids where they were written by their numbers or addresses, people by
    theirs where they were written by name.

    Gives what is wrong beside which field.
    """
    meant, wrong = people_meant(view, form, written)
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
        what = {"content": content, "params": {**kind, "name": name}}
    else:
        what = {"command": command}
    return await ask(view, form.service, address, method=form.method, once=once, **what)


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
                view,
                form.service,
                "/attachments",
                method="POST",
                content=content,
                params={"name": name},
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
        branch=await handed_down_of(view, standing) if form.shows_branches else None,
        reading=standing.reading,
        about={name: view.request.query_params[name] for name in IDS[form.about]},
        opened=opened if form.version else "",
        kept_as=f"{form.code}?{view.request.url.query}",
        once=written.get("once") or str(uuid4()),
        choices={
            field.choices: await choices_of(view, field.choices, standing)
            for field in form.all_fields
            if isinstance(field.choices, str) and field.choices
        },
        shown=[one for one in form.shown(standing) if one[1]],
        rows={
            field.name: rows_written(field, written) + blank or BLANK_ROWS
            for field in form.fields
            if field.kind == "rows"
        },
        units=[unit.name for unit in view.known.units.values()],
        colleagues=colleagues_of(view) if form.asks_for("person") else [],
        members=members_of(view) if form.asks_for("member") else [],
    )
