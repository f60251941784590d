"""What several endpoints make of what they were asked: units, files, proposers, the moment."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from services.intake import store
from services.intake.commands import NamedFile, NamedProposer
from services.intake.domain.proposal import acting_for
from services.intake.domain.submitting import Form
from shared.clock import OFFICE, epoch_seconds
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.intake import Attachment, Proposer
from shared.contracts.registry import Session
from shared.rules import session_on
from shared.web import Act, Call, Look
from shared.work import LONGEST_SECONDS


@asynccontextmanager
async def acting(call: Call, *, within: float = LONGEST_SECONDS) -> AsyncIterator[Act]:
    """An act whose answer is no receipt: what it keeps is nobody else's, or too much to repeat."""
    async with call.backbone.desk.transaction(within=within) as tx:
        yield Act(tx, call.caller, call.today, call.known)
    if tx.recorded:
        call.backbone.relay.wake()


def proposers(named: Sequence[NamedProposer]) -> tuple[Proposer, ...]:
    """Proposers as the contract has them."""
    return tuple(
        Proposer(name=one.name, person=PersonId(one.person) if one.person else None)
        for one in named
    )


def units(look: Look, names: Sequence[str]) -> tuple[UnitCode, ...]:
    """Units by code, name or alias, as codes."""
    return tuple(look.known.unit(name).code for name in names)


async def files(
    act: Act, named: Sequence[NamedFile], *, had: Sequence[Attachment] = ()
) -> tuple[Attachment, ...]:
    """Files that the caller has uploaded, or that were there before."""
    wanted = [(one.name, one.digest) for one in named]
    return await store.uploaded(act.tx, wanted, person=acting_for(act.caller), had=had)


def session(look: Look) -> Session | None:
    """The plenary session that this day belongs to, if it does to one."""
    return session_on(look.rules, look.today)


def form(look: Look) -> Form:
    """What the rules ask of a proposal's form today."""
    return Form.of(look.rules, in_session=session(look) is not None)


def moment(look: Look) -> datetime:
    """This moment, on the office's day: windows of hours end on it."""
    now = datetime.fromtimestamp(epoch_seconds(), OFFICE)
    return datetime.combine(look.today, now.timetz())
