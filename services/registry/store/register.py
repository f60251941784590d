"""The register as it stands, locked; and what is told of it, written down in its tables."""

from datetime import date
from typing import assert_never

from services.registry.domain.register import Fact, Register
from services.registry.store.accounts import every_account, put_account
from services.registry.store.calendars import (
    drop_proposal,
    every_proposal,
    every_year,
    put_proposal,
    put_year,
)
from services.registry.store.people import (
    every_delegation,
    every_person,
    put_delegation,
    put_person,
)
from services.registry.store.rules import newest_rules, put_rules
from services.registry.store.units import every_succession, every_unit, put_succession, put_unit
from shared.contracts.event import Actor
from shared.contracts.registry import (
    CalendarProposalDropped,
    CalendarYearAnnounced,
    CalendarYearProposed,
    DelegationGiven,
    PersonRegistered,
    RulesPublished,
    ServiceAccountRegistered,
    UnitRegistered,
    UnitSucceeded,
)
from shared.work import Tx

THE_REGISTER = "register"


async def lock_register(tx: Tx) -> Register:
    """The register as it stands, locked until the transaction ends.

    A name may belong to one unit only, whichever that is: so the whole register is one book, and
    every act of this service locks it first.
    """
    await tx.lock(THE_REGISTER)
    return Register(
        units={one.code: one for one in await every_unit(tx)},
        successions={one.old_name: one for one in await every_succession(tx)},
        people={one.person: one for one in await every_person(tx)},
        delegations={one.delegation: one for one in await every_delegation(tx)},
        accounts={one.account: one for one in await every_account(tx)},
        calendars={one.year: one for one in await every_year(tx)},
        proposals={one.year: one for one in await every_proposal(tx)},
        rules={one.rules: one for one in await newest_rules(tx)},
    )


async def record(tx: Tx, *facts: Fact, by: Actor, on: date) -> None:
    """Tell these facts, with who entered them on which day, and let the tables say the same."""
    for fact in facts:
        await tx.lock(fact.key)  # free for us: whoever records has locked the register before
        tx.record(fact.model_copy(update={"by": by, "entered_on": on}))
        await _apply(tx, fact)


async def _apply(tx: Tx, fact: Fact) -> None:
    match fact:
        case UnitRegistered():
            await put_unit(tx, fact)
        case UnitSucceeded():
            await put_succession(tx, fact)
        case PersonRegistered():
            await put_person(tx, fact)
        case DelegationGiven():
            await put_delegation(tx, fact)
        case ServiceAccountRegistered():
            await put_account(tx, fact)
        case CalendarYearProposed():
            await put_proposal(tx, fact)
        case CalendarProposalDropped():
            await drop_proposal(tx, fact.year)
        case CalendarYearAnnounced():
            await put_year(tx, fact)
        case RulesPublished():
            await put_rules(tx, fact)
        case _:
            assert_never(fact)
