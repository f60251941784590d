"""Upgrading: tables of the kernel that an earlier version made become today's."""

from shared.postgres import migrate, migrations
from tests.backbone.conftest import Lab

COLUMNS = """
    SELECT column_name, data_type, is_nullable, column_default
      FROM information_schema.columns
     WHERE table_schema = 'lab' AND table_name = 'park_actions'
     ORDER BY column_name
    """
AS_0_1_0_HAD_IT = """
    DROP TABLE park_actions;
    CREATE TABLE park_actions (
        id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        parked_id bigint NOT NULL,
        event_id  uuid,
        action    text NOT NULL,
        by        text NOT NULL,
        reason    text NOT NULL,
        before    bytea,
        done_at   timestamptz NOT NULL DEFAULT now()
    );
    INSERT INTO park_actions (parked_id, action, by, reason) VALUES (1, 'skip', '运维', '试验数据');
    DELETE FROM migrations WHERE name = '0000_operators_decisions.sql'
    """


async def test_what_operators_decided_with_0_1_0_stays_and_more_is_kept_from_now_on(
    lab: Lab,
) -> None:
    kernel = [one for one in migrations("services.intake") if one[0] < "0001"]
    fresh = await lab.desk.pool.fetch(COLUMNS)
    await lab.desk.pool.execute(AS_0_1_0_HAD_IT)

    await migrate(lab.desk.pool, kernel, schema="lab")

    assert await lab.desk.pool.fetch(COLUMNS) == fresh
    [kept] = await lab.desk.pool.fetch("SELECT action, by, reason, topic FROM park_actions")
    assert tuple(kept) == ("skip", "运维", "试验数据", "")
