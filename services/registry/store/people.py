"""People, the posts that they hold and held, and who acts for whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.registry.domain.refusals import UnknownPerson
from services.registry.views import Delegations, People
from shared.contracts.event import PersonId
from shared.contracts.registry import DelegationGiven, HeldPost, PersonRegistered, Post
from shared.work import Tx

DELEGATION = "delegation, giver, deputy, post, unit, since, until, why"


async def every_person(tx: Tx) -> list[PersonRegistered]:
    """Everybody who is registered."""
    return [_person(row) for row in await tx.fetch("SELECT * FROM people_with_posts")]


async def every_delegation(tx: Tx) -> list[DelegationGiven]:
    """All delegations, those that are over too."""
    rows = await tx.fetch(f"SELECT {DELEGATION} FROM delegations")  # noqa: S608
    return [DelegationGiven(**row) for row in rows]


async def put_person(tx: Tx, person: PersonRegistered) -> None:
    """The person, with all posts in their order."""
    await tx.execute(
        "INSERT INTO people (person, name, mail) VALUES ($1, $2, $3)"
        " ON CONFLICT (person) DO UPDATE"
        " SET name = excluded.name, mail = excluded.mail, recorded_at = now()",
        person.person,
        person.name,
        person.mail,
    )
    await tx.execute("DELETE FROM held_posts WHERE person = $1", person.person)
    await tx.execute(
        """
        INSERT INTO held_posts (person, ordinal, post, unit, since, until)
        SELECT $1, ordinal, post, unit, since, until
          FROM unnest($2::text[], $3::text[], $4::date[], $5::date[])
               WITH ORDINALITY AS held (post, unit, since, until, ordinal)
        """,
        person.person,
        [held.post for held in person.posts],
        [held.unit for held in person.posts],
        [held.since for held in person.posts],
        [held.until for held in person.posts],
    )


async def put_delegation(tx: Tx, one: DelegationGiven) -> None:
    """The delegation; of one that was given before only its end may change."""
    await tx.execute(
        """
        INSERT INTO delegations (delegation, giver, deputy, post, unit, since, until, why)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (delegation) DO UPDATE SET until = excluded.until, recorded_at = now()
        """,
        one.delegation,
        one.giver,
        one.deputy,
        one.post,
        one.unit,
        one.since,
        one.until,
        one.why,
    )


async def people(
    tx: Tx,
    *,
    unit: str | None,
    post: str | None,
    on: date | None,
    after: str | None,
    limit: int,
) -> People:
    """People in the order of their ids, those that follow ``after``."""
    rows = await tx.fetch(
        """
        SELECT *
          FROM people_with_posts AS people
         WHERE ($1::text IS NULL OR person > $1)
           AND (($2::text IS NULL AND $3::text IS NULL AND $5::date IS NULL) OR EXISTS (
                SELECT FROM held_posts AS held
                 WHERE held.person = people.person
                   AND ($2::text IS NULL
                        OR held.unit = (SELECT unit FROM unit_names WHERE name = $2))
                   AND ($3::text IS NULL OR held.post = $3)
                   AND ($5::date IS NULL OR (coalesce(held.since <= $5, true)
                                             AND coalesce($5 <= held.until, true)))))
         ORDER BY person
         LIMIT $4
        """,
        after,
        unit,
        post,
        limit + 1,
        on,
    )
    found = [_person(row) for row in rows[:limit]]
    return People(people=found, next=found[-1].person if len(rows) > limit else None)


async def person(tx: Tx, person: PersonId) -> PersonRegistered:
    """One person."""
    row = await tx.fetchrow("SELECT * FROM people_with_posts WHERE person = $1", person)
    if row is None:
        raise UnknownPerson(person=person)
    return _person(row)


async def delegations(
    tx: Tx, *, of: PersonId | None, on: date | None, after: str | None, limit: int
) -> Delegations:
    """Delegations by or to somebody, or all, in the order of their ids."""
    rows = await tx.fetch(
        f"""
        SELECT {DELEGATION}
          FROM delegations
         WHERE ($1::text IS NULL OR giver = $1 OR deputy = $1)
           AND ($2::date IS NULL OR $2 BETWEEN since AND until)
           AND ($3::text IS NULL OR delegation > $3)
         ORDER BY delegation
         LIMIT $4
        """,  # noqa: S608
        of,
        on,
        after,
        limit + 1,
    )
    found = [DelegationGiven(**row) for row in rows[:limit]]
    return Delegations(delegations=found, next=found[-1].delegation if len(rows) > limit else None)


def _person(row: Mapping[str, Any]) -> PersonRegistered:
    held = zip(row["posts"], row["units"], row["sinces"], row["untils"], strict=True)
    return PersonRegistered(
        person=row["person"],
        name=row["name"],
        mail=row["mail"],
        posts=tuple(
            HeldPost(post=Post(post), unit=unit, since=since, until=until)
            for post, unit, since, until in held
        ),
    )
