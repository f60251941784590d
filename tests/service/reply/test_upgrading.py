"""Rounds that were open before the room was furnished go on in it, with all that was said."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from shared.postgres import migrate, migrations, open_pool
from tests.world import copy_of

OLD = "before"
LIVED_IN = """
    INSERT INTO proposals (proposal_id, title) VALUES ('p', '旧提案');
    INSERT INTO tasks (proposal_id, task_id, unit, role, answer_by, signed_on, ended_on) VALUES
        ('p', 'D09.1', 'D09', 'lead', '2023-04-22', '2023-01-22', NULL),
        ('p', 'D01.1', 'D01', 'co_handle', '2023-03-22', '2023-01-22', NULL),
        ('p', 'C019.1', 'C019', 'lead', '2023-04-22', '2023-01-22', '2023-02-01');
    INSERT INTO rounds (proposal_id, task_id, round, answer_by, redo, issued_on) VALUES
        ('p', 'D09.1', 1, '2023-04-22', false, '2023-03-01'),
        ('p', 'D09.1', 2, '2023-06-01', true, NULL),
        ('p', 'C019.1', 1, '2023-04-22', false, NULL);
    INSERT INTO contacts (proposal_id, task_id, unit, round, kind, people, summary, talked_on,
                          noted_by)
    VALUES ('p', 'D09.1', 'D09', 1, 'visit', '{王志毅}', '听取意见', '2023-02-01', '陈静'),
           ('p', 'D09.1', 'D09', 2, 'call', '{王志毅}', '再次沟通', '2023-03-20', '陈静');
    INSERT INTO opinions (proposal_id, task_id, unit, lead, opinion, days_late, given_on, given_by)
    VALUES ('p', 'D01.1', 'D01', 'D09', '同意', 0, '2023-02-10', '吴敏');
    INSERT INTO drafts (proposal_id, task_id, round, draft, unit, result_class, drafted_on,
                        drafted_by, drafter, approved_on, approver)
    VALUES ('p', 'D09.1', 1, 1, 'D09', 'B', '2023-02-20', 'p-陈静', '陈静', '2023-02-21', '林海'),
           ('p', 'D09.1', 1, 2, 'D09', 'B', '2023-02-22', 'p-陈静', '陈静', '2023-02-23', '林海');
    INSERT INTO letter_books (unit, year, last) VALUES ('D09', 2023, 7);
    INSERT INTO replies (proposal_id, reply_id, task_id, unit, round, document_number,
                         result_class, meaning, summary, handled_in, without_opinions, days_late,
                         rate_by, issued_on, issued_by)
    VALUES ('p', 'D09.r1', 'D09.1', 'D09', 1, '龙华区函〔2023〕7号', 'B', 'in_progress', '已答复',
            'p', '{}', 0, '2023-03-22', '2023-03-01', '林海');
    INSERT INTO promises (proposal_id, promise_id, reply_id, unit, text, due_on, made_on)
    VALUES ('p', 'D09.r1.p1', 'D09.r1', 'D09', '建成园区', '2023-12-31', '2023-03-01');
    INSERT INTO events (id, aggregatetype, aggregateid, aggregateseq, topic, type, payload)
    VALUES (gen_random_uuid(), 'reply', 'p', 1, 'proposals', 'huiban.reply.ReplyIssued.v1',
            convert_to('{"reply_id": "D09.r1", "task_id": "D09.1", "unit": "D09", "round": 1,
                         "rate": {"on": "2023-03-22", "calendar": "CN-2023@1+CN-2024@1"}}',
                       'UTF8')),
           (gen_random_uuid(), 'reply', 'p', 2, 'proposals', 'huiban.reply.RedoOrdered.v1',
            convert_to('{"reply_id": "D09.r1", "task_id": "D09.1", "unit": "D09", "round": 2,
                         "answer": {"on": "2023-06-01", "calendar": "CN-2023@1"}}', 'UTF8'));
    """


@pytest.fixture
async def upgraded(admin_url: str, template: str) -> AsyncIterator["asyncpg.Pool[asyncpg.Record]"]:
    """A room that was lived in before, brought up to date."""
    scripts = migrations("services.reply")
    async with copy_of(admin_url, template) as url, open_pool(url, schema=OLD, size=2) as pool:
        await pool.execute(f"CREATE SCHEMA {OLD}")
        await migrate(pool, [one for one in scripts if one[0] < "0002"], schema=OLD)
        await pool.execute(LIVED_IN)
        await migrate(pool, scripts, schema=OLD)
        yield pool


async def test_years_old_rounds_go_on(upgraded: "asyncpg.Pool[asyncpg.Record]") -> None:
    rounds = await upgraded.fetch(
        "SELECT task_id, round, because, counts_from, ended_on IS NOT NULL AS ended FROM rounds"
        " ORDER BY task_id, round"
    )
    books = await upgraded.fetch("SELECT unit, series, year, last FROM letter_books")

    assert [tuple(row) for row in rounds] == [
        ("C019.1", 1, "first", 1, True),
        ("D09.1", 1, "first", 1, False),
        ("D09.1", 2, "dissatisfied", 2, False),
    ]
    assert [tuple(row) for row in books] == [("D09", "reply", 2023, 7)]


async def test_what_was_said_and_sent_is_found_under_its_new_names(
    upgraded: "asyncpg.Pool[asyncpg.Record]",
) -> None:
    contacts = await upgraded.fetch("SELECT contact_id FROM standing_contacts ORDER BY contact")
    letters = await upgraded.fetch(
        "SELECT letter_id, kind, unit FROM publications ORDER BY letter_id"
    )
    reply = await upgraded.fetchrow("SELECT draft, closed_on FROM replies")
    promise = await upgraded.fetchrow("SELECT first_due_on::text, promised_by FROM promises")

    assert [row["contact_id"] for row in contacts] == ["D09.1.c1", "D09.1.c2"]
    assert [tuple(row) for row in letters] == [
        ("D01.1.o1", "opinion", "D01"),
        ("D09.r1", "reply", "D09"),
    ]
    assert reply is not None
    assert tuple(reply) == (2, None)
    assert promise is not None
    assert tuple(promise) == ("2023-12-31", "D09")


async def test_the_dates_that_earlier_letters_stamped_rest_on_their_calendars(
    upgraded: "asyncpg.Pool[asyncpg.Record]",
) -> None:
    dates = await upgraded.fetch(
        "SELECT reply_id, clock, round, due ->> 'on', rests_on FROM dates ORDER BY clock"
    )

    assert [tuple(row) for row in dates] == [
        ("D09.r1", "rate", 1, "2023-03-22", ["CN-2023@1", "CN-2024@1"]),
        ("D09.r1", "redo", 2, "2023-06-01", ["CN-2023@1"]),
    ]
