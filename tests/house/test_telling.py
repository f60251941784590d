"""Every event is told by exactly one service: the one in whose module it is published."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from shared.contracts import EVERY_EVENT
from shared.contracts.event import Event
from tests.house.source import SERVICE_NAMES, in_full, known_as, modules, named, parsed

BY_CLASS = {f"{event.__module__}.{event.__name__}": event for event in EVERY_EVENT.values()}
MAKERS = {"model_validate", "model_validate_json", "model_construct", "model_copy", "parse_obj"}


def made_in(path: Path) -> set[type[Event]]:
    """The events of which a module makes new ones."""
    names = known_as(path)
    called = (
        in_full(node.func, names) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)
    )
    full = {name for name in called if name is not None}
    made = full | {name.rpartition(".")[0] for name in full if name.rpartition(".")[2] in MAKERS}
    return {BY_CLASS[name] for name in made if name in BY_CLASS}


@cache
def tellers() -> dict[str, set[str]]:
    """Which services make which event."""
    found = defaultdict(set)
    for service in SERVICE_NAMES:
        for path in modules(f"services/{service}"):
            for event in made_in(path):
                found[event.type_name()].add(service)
    return found


@pytest.mark.parametrize("kind", sorted(EVERY_EVENT))
def test_an_event_is_told_by_its_one_teller(kind: str) -> None:
    assert tellers()[kind] == {EVERY_EVENT[kind].teller()}


def test_nothing_shared_tells_of_anything() -> None:
    telling = [
        f"{named(path)}: {event.__name__}" for path in modules("shared") for event in made_in(path)
    ]

    assert telling == []


def test_a_new_event_is_recognised_however_it_is_written(tmp_path: Path) -> None:
    (module := tmp_path / "telling.py").write_text(
        "import shared.contracts.reply\n"
        "from shared.contracts import intake, assignment as given\n"
        "from shared.contracts.escalation import DeadlineNear as Near\n"
        "intake.ProposalAccepted(number='1')\n"
        "given.AssignmentSigned.model_validate({})\n"
        "Near(clock='sign')\n"
        "shared.contracts.reply.ReplyDrafted(draft=1)\n"
        "given.Task(unit='D07')\n"
        "isinstance(1, intake.ProposalSubmitted)\n"
    )

    assert {event.__name__ for event in made_in(module)} == {
        "ProposalAccepted",
        "AssignmentSigned",
        "DeadlineNear",
        "ReplyDrafted",
    }
