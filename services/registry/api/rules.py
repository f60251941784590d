"""Rule sets, edition by edition, and what differs between two of them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.registry import store
from services.registry.api.asking import Limit, Offset, OnDay, Text
from services.registry.commands import Edition, PublishRules, Year
from services.registry.domain.comparing_rules import changes
from services.registry.domain.publishing_rules import publish_rules, without_source
from services.registry.views import UNSIGNED, Changes, RuleSets, RuleSetView, each_unsigned
from shared.contracts.registry import RulesPublished
from shared.rules import name_of
from shared.web import Act, Reading, Receipt, may

router = APIRouter()

Rules = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$")]
InEdition = Annotated[Edition, Path()]


@router.put("/rules/{rules}")
async def put_rules(
    rules: Rules, command: PublishRules, act: Annotated[Act, may("registry.rules")]
) -> Receipt:
    """Publish the next edition of a rule set."""
    published = RulesPublished.model_validate({"rules": rules, **command.model_dump()})
    register = await store.lock_register(act.tx)
    told = publish_rules(register, rules=published)
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.get("/rules", response_model_exclude=each_unsigned("rules"))
async def get_rules(
    look: Reading,
    place: Text | None = None,
    year: Annotated[Year, Query()] | None = None,
    on: OnDay | None = None,
    offset: Offset = 0,
    limit: Limit = 20,
) -> RuleSets:
    """Editions of the rule sets, the one in force on a day first; each names what has no source."""
    return await store.rule_sets(look.tx, place=place, year=year, on=on, offset=offset, limit=limit)


@router.get("/rules/{rules}/{edition}", response_model_exclude=UNSIGNED)
async def get_edition(rules: Rules, edition: InEdition, look: Reading) -> RuleSetView:
    """One edition of a rule set."""
    found = await store.rule_set(look.tx, rules, edition)
    return RuleSetView(**dict(found), without_source=without_source(found))


@router.get("/rules/{rules}/{edition}/changes")
async def get_changes(
    rules: Rules,
    edition: InEdition,
    look: Reading,
    since_rules: Annotated[str, Query(pattern=r"^[a-z0-9-]{1,60}$")] | None = None,
    since_edition: Annotated[Edition, Query()] | None = None,
) -> Changes:
    """What differs from the edition before, or from another one of this or another rule set."""
    after = await store.rule_set(look.tx, rules, edition)
    before = await store.rule_set(look.tx, since_rules or rules, since_edition or edition - 1)
    return Changes(before=name_of(before), after=name_of(after), changes=changes(before, after))
