"""Yesterday's and today's contracts understand each other, both ways."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deploy.publishing.compatibility import faults
from deploy.publishing.documents import RELEASED
from deploy.publishing.schemas import schemas
from shared.contracts import EVERY_EVENT
from shared.contracts.assignment import HandlersReassigned, Role, Task
from shared.contracts.event import SYSTEM, ProposalId, TaskId, UnitCode
from shared.contracts.intake import ProposalKind, ProposalSubmitted, Proposer
from shared.envelope import headers_of, read
from tests.world import Carried

Schema = dict[str, Any]
Change = Callable[[Schema], None]

TODAY = schemas()
RELEASES = sorted(path.name for path in RELEASED.iterdir())
RELEASED_SCHEMAS = [
    pytest.param(version, path, id=f"{version} {path.stem}")
    for version in RELEASES
    for path in sorted((RELEASED / version).glob("*.json"))
]
REASSIGNED = "huiban.assignment.HandlersReassigned.v1"
RULES = "huiban.registry.RulesPublished.v1"


def changed(change: Change, *, kind: str = REASSIGNED) -> list[str]:
    """What a change of an event's data would break."""
    after = deepcopy(TODAY[kind])
    change(after)
    assert after != TODAY[kind]
    return faults(released=TODAY[kind], current=after)


def optional_field(schema: Schema) -> None:
    schema["properties"]["urgency"] = {"type": "string", "default": ""}


def optional_field_inside(schema: Schema) -> None:
    schema["$defs"]["Task"]["properties"]["urgency"] = {"type": "string", "default": ""}


def new_word(schema: Schema) -> None:
    schema["$defs"]["Role"]["x-words"].append("advise")


def better_sentence(schema: Schema) -> None:
    schema["description"] = "Tasks went to others."


def required_field(schema: Schema) -> None:
    schema["properties"]["urgency"] = {"type": "string"}
    schema["required"].append("urgency")


def required_field_inside(schema: Schema) -> None:
    schema["$defs"]["Task"]["properties"]["urgency"] = {"type": "string"}
    schema["$defs"]["Task"]["required"].append("urgency")


def removed_field(schema: Schema) -> None:
    del schema["properties"]["why"]
    schema["required"].remove("why")


def removed_optional_field(schema: Schema) -> None:
    del schema["properties"]["matter_id"]


def removed_field_inside(schema: Schema) -> None:
    del schema["$defs"]["Task"]["properties"]["duty"]


def renamed_field(schema: Schema) -> None:
    schema["properties"]["reason"] = schema["properties"].pop("why")
    schema["required"] = ["reason" if name == "why" else name for name in schema["required"]]


def other_type(schema: Schema) -> None:
    schema["properties"]["why"] = {"type": "integer"}


def other_type_of_items(schema: Schema) -> None:
    schema["properties"]["ended"]["items"] = {"type": "integer"}


def other_format(schema: Schema) -> None:
    schema["properties"]["on"]["format"] = "date-time"


def no_format(schema: Schema) -> None:
    del schema["properties"]["on"]["format"]


def no_longer_empty(schema: Schema) -> None:
    schema["properties"]["matter_id"] = {"type": "string"}


def may_be_empty(schema: Schema) -> None:
    schema["properties"]["why"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}


def required_now(schema: Schema) -> None:
    schema["required"].append("matter_id")


def optional_now(schema: Schema) -> None:
    schema["required"].remove("why")


def narrower_choice(schema: Schema) -> None:
    schema["properties"]["policy"]["x-words"].remove("keep")


def wider_choice(schema: Schema) -> None:
    schema["properties"]["policy"]["x-words"].append("later")


def lost_word(schema: Schema) -> None:
    schema["$defs"]["Role"]["x-words"].remove("split")


def shorter(schema: Schema) -> None:
    schema["properties"]["why"]["maxLength"] = 100


@pytest.mark.parametrize(
    "change", [optional_field, optional_field_inside, new_word, wider_choice, better_sentence]
)
def test_what_others_may_pass_over_may_be_added(change: Change) -> None:
    assert changed(change) == []


@pytest.mark.parametrize(
    "change",
    [
        required_field,
        required_field_inside,
        removed_field,
        removed_optional_field,
        removed_field_inside,
        renamed_field,
        other_type,
        other_type_of_items,
        other_format,
        no_format,
        no_longer_empty,
        may_be_empty,
        required_now,
        optional_now,
        narrower_choice,
        lost_word,
        shorter,
    ],
)
def test_what_others_rely_on_stays(change: Change) -> None:
    assert changed(change) != []


def test_what_a_mapping_holds_stays() -> None:
    def other_figures(schema: Schema) -> None:
        schema["properties"]["limits"]["additionalProperties"] = {"type": "string"}

    assert changed(other_figures, kind=RULES) != []


@pytest.mark.parametrize(
    ("change", "direction"),
    [(required_field, "以前发布的事件"), (may_be_empty, "今天发布的事件")],
)
def test_a_fault_names_its_direction(change: Change, direction: str) -> None:
    [fault] = changed(change)

    assert direction in fault


@pytest.mark.parametrize(("version", "path"), RELEASED_SCHEMAS)
def test_a_released_contract_and_todays_go_together(version: str, path: Path) -> None:
    released = json.loads(path.read_text(encoding="utf-8"))

    assert path.stem in TODAY, "what was told is read for ever: a new version is a new class"
    assert faults(released=released, current=TODAY[path.stem]) == []


def test_the_first_release_is_kept() -> None:
    assert "0.1.0" in RELEASES
    assert {path.stem for path in (RELEASED / "0.1.0").iterdir()} <= set(TODAY)


def as_told(kind: str, data: dict[str, Any], *, sequence: int = 1) -> Carried:
    """A record as a later version might write it."""
    return Carried(
        "proposals",
        0,
        0,
        b"p1",
        json.dumps(data, ensure_ascii=False).encode(),
        headers_of(
            id=uuid4(),
            type=kind,
            teller="intake",
            key="p1",
            sequence=sequence,
            occurred_at=datetime(2024, 1, 22, tzinfo=UTC),
            extensions={"invented": "later"},
        ),
    )


def test_an_event_of_a_type_not_known_yet_is_passed_over() -> None:
    heard = read(as_told("huiban.intake.ProposalFramed.v1", {"proposal_id": "p1"}))

    assert heard.event is None
    assert heard.data == {"proposal_id": "p1"}


def test_a_later_version_of_an_event_is_another_type() -> None:
    heard = read(as_told("huiban.intake.ProposalAccepted.v2", {"anything": True}))

    assert heard.event is None


def test_fields_not_known_yet_are_passed_over() -> None:
    submitted = ProposalSubmitted(
        proposal_id=ProposalId("p1"),
        by=SYSTEM,
        on=date(2024, 1, 15),
        year=2024,
        title="题目",
        text="正文",
        kind=ProposalKind.SINGLE,
        proposers=(Proposer(name="王志毅"),),
    )
    later = submitted.model_dump(mode="json") | {"urgency": "high"}
    later["by"]["office_room"] = "801"

    heard = read(as_told(submitted.type_name(), later))

    assert heard.event == submitted


def test_a_word_not_known_yet_reads_as_unknown() -> None:
    reassigned = HandlersReassigned(
        proposal_id=ProposalId("p1"),
        by=SYSTEM,
        on=date(2024, 2, 1),
        generation=2,
        ended=(TaskId("D07.1"),),
        tasks=(
            Task(task_id=TaskId("D01.2"), unit=UnitCode("D01"), role=Role.CO_HANDLE, generation=2),
        ),
        policy="restart",
        why="改派",
    )
    later = reassigned.model_dump(mode="json")
    later["tasks"][0]["role"] = "advise"

    heard = read(as_told(reassigned.type_name(), later)).event

    assert isinstance(heard, HandlersReassigned)
    assert heard.tasks[0].role is Role.UNKNOWN


def test_every_list_of_words_has_room_for_later_ones() -> None:
    words = [
        part["x-words"]
        for schema in TODAY.values()
        for part in schema.get("$defs", {}).values()
        if "x-words" in part
    ]

    assert words
    assert [listed for listed in words if "unknown" not in listed] == []


def test_no_event_lost_its_class() -> None:
    assert set(TODAY) == set(EVERY_EVENT)
