"""When all have taken in as much as the others have told, nothing is under way any more."""

from tests.conftest import Opening


async def test_what_was_told_is_heard_by_everybody_once_it_was_carried(open_world: Opening) -> None:
    async with open_world("registry", "intake") as world:
        seeded = await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
        told = len(seeded.told)
        before = await world.ask("intake", "/progress")
        await world.settle()

        registry = await world.ask("registry", "/progress")
        intake = await world.ask("intake", "/progress")

        assert before.body == {"service": "intake", "told": 0, "heard": {}}
        assert registry.body == {"service": "registry", "told": told, "heard": {"registry": told}}
        assert intake.body == {"service": "intake", "told": 0, "heard": {"registry": told}}
