"""Everything that the registry keeps: one register, changed by one act at a time."""

from typing import assert_never

import asyncpg

from services.registry.domain.publishing_rules import without_source
from services.registry.domain.refusals import YearNotAnnounced
from services.registry.domain.register import Fact, Register, names_of
from services.registry.views import People, RuleSets, RuleSetView, Successions, Units
from shared.contracts.registry import (
    CalendarDay,
    CalendarYearAnnounced,
    HeldPost,
    PersonRegistered,
    Post,
    RulesPublished,
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
    units = [
        UnitRegistered(**row)
        for row in await tx.fetch(
            "SELECT code, name, short_name, aliases, level, parent, source FROM units"
        )
    ]
    successions = [
        UnitSucceeded(**row)
        for row in await tx.fetch("SELECT old_name, successors, year, source FROM successions")
    ]
    people = [_person(row) for row in await tx.fetch("SELECT * FROM people_with_posts")]
    years = [_year(row) for row in await tx.fetch("SELECT * FROM years_with_days")]
    rules = [
        RulesPublished.model_validate_json(row["content"])
        for row in await tx.fetch(
            "SELECT DISTINCT ON (rules) content FROM rule_sets ORDER BY rules, edition DESC"
        )
    ]
    return Register(
        units={unit.code: unit for unit in units},
        successions={one.old_name: one for one in successions},
        people={person.person: person for person in people},
        calendars={year.year: year for year in years},
        rules={one.rules: one for one in rules},
    )


async def record(tx: Tx, *facts: Fact) -> None:
    """Tell these facts, and let the tables say the same."""
    for fact in facts:
        await tx.lock(fact.key)  # free for us: whoever records has locked the register before
        tx.record(fact)
        await _apply(tx, fact)


async def _apply(tx: Tx, fact: Fact) -> None:
    match fact:
        case UnitRegistered():
            await _put_unit(tx, fact)
        case UnitSucceeded():
            await tx.execute(
                """
                INSERT INTO successions (old_name, successors, year, source)
                VALUES ($1, $2, $3, $4)
                    ON CONFLICT (old_name) DO UPDATE
                   SET successors = excluded.successors, year = excluded.year,
                       source = excluded.source, recorded_at = now()
                """,
                fact.old_name,
                fact.successors,
                fact.year,
                fact.source,
            )
        case PersonRegistered():
            await _put_person(tx, fact)
        case CalendarYearAnnounced():
            await _put_year(tx, fact)
        case RulesPublished():
            await tx.execute(
                "INSERT INTO rule_sets (rules, edition, effective_on, content)"
                " VALUES ($1, $2, $3, $4)",
                fact.rules,
                fact.edition,
                fact.effective_on,
                fact.model_dump_json(),
            )
        case _:
            assert_never(fact)


async def _put_unit(tx: Tx, unit: UnitRegistered) -> None:
    await tx.execute(
        """
        INSERT INTO units (code, name, short_name, aliases, level, parent, source)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (code) DO UPDATE
           SET name = excluded.name, short_name = excluded.short_name, aliases = excluded.aliases,
               level = excluded.level, parent = excluded.parent, source = excluded.source,
               recorded_at = now()
        """,
        unit.code,
        unit.name,
        unit.short_name,
        unit.aliases,
        unit.level,
        unit.parent,
        unit.source,
    )
    await tx.execute("DELETE FROM unit_names WHERE unit = $1", unit.code)
    await tx.execute(
        "INSERT INTO unit_names (name, unit) SELECT name, $1 FROM unnest($2::text[]) AS of (name)",
        unit.code,
        names_of(unit),
    )


async def _put_person(tx: Tx, person: PersonRegistered) -> None:
    await tx.execute(
        "INSERT INTO people (person, name) VALUES ($1, $2)"
        " ON CONFLICT (person) DO UPDATE SET name = excluded.name, recorded_at = now()",
        person.person,
        person.name,
    )
    await tx.execute("DELETE FROM held_posts WHERE person = $1", person.person)
    await tx.execute(
        """
        INSERT INTO held_posts (person, ordinal, post, unit)
        SELECT $1, ordinal, post, unit
          FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS held (post, unit, ordinal)
        """,
        person.person,
        [held.post for held in person.posts],
        [held.unit for held in person.posts],
    )


async def _put_year(tx: Tx, year: CalendarYearAnnounced) -> None:
    await tx.execute(
        """
        INSERT INTO calendar_years (year, edition, source, provisional) VALUES ($1, $2, $3, $4)
            ON CONFLICT (year) DO UPDATE
           SET edition = excluded.edition, source = excluded.source,
               provisional = excluded.provisional, recorded_at = now()
        """,
        year.year,
        year.edition,
        year.source,
        year.provisional,
    )
    await tx.execute("DELETE FROM calendar_days WHERE year = $1", year.year)
    await tx.execute(
        """
        INSERT INTO calendar_days (day, year, works, name)
        SELECT day, $1, works, name
          FROM unnest($2::date[], $3::boolean[], $4::text[]) AS differing (day, works, name)
        """,
        year.year,
        [day.day for day in year.days],
        [day.works for day in year.days],
        [day.name for day in year.days],
    )


async def units(
    tx: Tx,
    *,
    level: str | None,
    parent: str | None,
    named: str | None,
    after: str | None,
    limit: int,
) -> Units:
    """Units in the order of their codes, those that follow ``after``."""
    rows = await tx.fetch(
        """
        SELECT code, name, short_name, aliases, level, parent, source
          FROM units
         WHERE ($1::text IS NULL OR level = $1)
           AND ($2::text IS NULL OR parent = (SELECT unit FROM unit_names WHERE name = $2))
           AND ($3::text IS NULL OR code = (SELECT unit FROM unit_names WHERE name = $3))
           AND ($4::text IS NULL OR code > $4)
         ORDER BY code
         LIMIT $5
        """,
        level,
        parent,
        named,
        after,
        limit + 1,
    )
    found = [UnitRegistered(**row) for row in rows[:limit]]
    return Units(units=found, next=found[-1].code if len(rows) > limit else None)


async def successions(tx: Tx, *, after: str | None, limit: int) -> Successions:
    """Successions in the order of the old names, those that follow ``after``."""
    rows = await tx.fetch(
        "SELECT old_name, successors, year, source FROM successions"
        " WHERE $1::text IS NULL OR old_name > $1 ORDER BY old_name LIMIT $2",
        after,
        limit + 1,
    )
    found = [UnitSucceeded(**row) for row in rows[:limit]]
    return Successions(successions=found, next=found[-1].old_name if len(rows) > limit else None)


async def people(
    tx: Tx, *, unit: str | None, post: str | None, after: str | None, limit: int
) -> People:
    """People in the order of their ids, those that follow ``after``."""
    rows = await tx.fetch(
        """
        SELECT person, name, posts, units
          FROM people_with_posts AS people
         WHERE ($1::text IS NULL OR person > $1)
           AND (($2::text IS NULL AND $3::text IS NULL) OR EXISTS (
                SELECT FROM held_posts AS held
                 WHERE held.person = people.person
                   AND ($2::text IS NULL
                        OR held.unit = (SELECT unit FROM unit_names WHERE name = $2))
                   AND ($3::text IS NULL OR held.post = $3)))
         ORDER BY person
         LIMIT $4
        """,
        after,
        unit,
        post,
        limit + 1,
    )
    found = [_person(row) for row in rows[:limit]]
    return People(people=found, next=found[-1].person if len(rows) > limit else None)


async def calendar_year(tx: Tx, year: int) -> CalendarYearAnnounced:
    """The newest edition of a year."""
    row = await tx.fetchrow("SELECT * FROM years_with_days WHERE year = $1", year)
    if row is None:
        raise YearNotAnnounced(year=year)
    return _year(row)


async def rule_sets(tx: Tx, *, offset: int, limit: int) -> RuleSets:
    """Every edition of the rule sets, the newest effective one first."""
    rows = await tx.fetch(
        "SELECT content FROM rule_sets ORDER BY effective_on DESC, rules, edition DESC"
        " LIMIT $1 OFFSET $2",
        limit + 1,
        offset,
    )
    found = [RulesPublished.model_validate_json(row["content"]) for row in rows[:limit]]
    return RuleSets(
        rules=[RuleSetView(**dict(one), without_source=without_source(one)) for one in found],
        next=offset + limit if len(rows) > limit else None,
    )


def _person(row: asyncpg.Record) -> PersonRegistered:
    held = zip(row["posts"], row["units"], strict=True)
    return PersonRegistered(
        person=row["person"],
        name=row["name"],
        posts=tuple(HeldPost(post=Post(post), unit=unit) for post, unit in held),
    )


def _year(row: asyncpg.Record) -> CalendarYearAnnounced:
    differing = zip(row["days"], row["works"], row["names"], strict=True)
    return CalendarYearAnnounced(
        year=row["year"],
        edition=row["edition"],
        source=row["source"],
        provisional=row["provisional"],
        days=tuple(CalendarDay(day=day, works=works, name=name) for day, works, name in differing),
    )
