"""Rule sets, every edition of them."""

from datetime import date

from services.registry.domain.publishing_rules import without_source
from services.registry.domain.refusals import NoSuchEdition
from services.registry.views import RuleSets, RuleSetView
from shared.contracts.registry import RulesPublished
from shared.work import Tx


async def newest_rules(tx: Tx) -> list[RulesPublished]:
    """The newest edition of each rule set."""
    rows = await tx.fetch(
        "SELECT DISTINCT ON (rules) content FROM rule_sets ORDER BY rules, edition DESC"
    )
    return [RulesPublished.model_validate_json(row["content"]) for row in rows]


async def put_rules(tx: Tx, rules: RulesPublished) -> None:
    """The edition, beside those before it."""
    await tx.execute(
        "INSERT INTO rule_sets (rules, edition, effective_on, content) VALUES ($1, $2, $3, $4)",
        rules.rules,
        rules.edition,
        rules.effective_on,
        rules.model_dump_json(),
    )


async def rule_set(tx: Tx, rules: str, edition: int) -> RulesPublished:
    """One edition."""
    content = await tx.fetchval(
        "SELECT content FROM rule_sets WHERE rules = $1 AND edition = $2", rules, edition
    )
    if content is None:
        raise NoSuchEdition(rules=rules, edition=edition)
    return RulesPublished.model_validate_json(content)


async def rule_sets(
    tx: Tx, *, place: str | None, year: int | None, on: date | None, offset: int, limit: int
) -> RuleSets:
    """Editions of the rule sets, the newest effective one first; ``on`` leaves out later ones."""
    rows = await tx.fetch(
        """
        SELECT content
          FROM rule_sets
         WHERE ($3::text IS NULL OR content ->> 'place' = $3)
           AND ($4::int IS NULL OR (content ->> 'year')::int = $4)
           AND ($5::date IS NULL OR effective_on <= $5)
         ORDER BY effective_on DESC, rules, edition DESC
         LIMIT $1 OFFSET $2
        """,
        limit + 1,
        offset,
        place,
        year,
        on,
    )
    found = [RulesPublished.model_validate_json(row["content"]) for row in rows[:limit]]
    return RuleSets(
        rules=[RuleSetView(**dict(one), without_source=without_source(one)) for one in found],
        next=offset + limit if len(rows) > limit else None,
    )
