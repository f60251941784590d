"""Standing: how the reader stands to a case or a thing of it, and what they may do with it."""

from collections.abc import Mapping
from typing import Any

from services.portal.forms.catalogue import IDS, Offer, offers
from services.portal.forms.form import About, Form, Standing
from services.portal.signin.domain.refusals import SignInFirst
from services.portal.store import cases
from services.portal.store.rows import Row
from services.portal.viewing import View
from shared.contracts.event import ProposalId, UnitCode
from shared.policy import Relation, relation_to
from shared.refusals import Unknown


class NotThere(Unknown):
    """没有找到要办理的对象；它可能刚刚改变，请回到提案页面再看。"""


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
