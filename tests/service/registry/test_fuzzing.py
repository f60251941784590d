"""Whatever the registry's own document allows, and much that it does not, is answered with a no
or a yes, and never with a fault of ours."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.generation.case import Case

from tests.world import World

CASES = 12  # of each kind for each operation


def drawn(document: dict[str, Any]) -> Iterator[Case[Any]]:
    """Requests for every operation: such as fit the document, and such as do not."""
    schema = schemathesis.openapi.from_dict(document)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            yield from _some(found.ok().as_strategy(generation_mode=mode))


def _some(strategy: SearchStrategy[Case[Any]]) -> list[Case[Any]]:
    cases: list[Case[Any]] = []

    @settings(
        max_examples=CASES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(case: Case[Any]) -> None:
        cases.append(case)

    draw()
    return cases


@pytest.mark.parametrize("post", ["operator", "security"])
async def test_no_request_is_answered_with_a_fault_of_ours(seeded: World, post: str) -> None:
    await seeded.settle()
    client = seeded["registry"].client
    document = seeded["registry"].app.openapi()
    faults = []
    sent = 0

    for case in drawn(document):
        asked = case.as_transport_kwargs(base_url="http://office")
        asked["headers"] = {
            "Authorization": f"Bearer {seeded.token(post=post, unit='C001')}",
            "Content-Type": "application/json",
        }
        asked.pop("cookies", None)
        if "data" in asked:
            asked["content"] = asked.pop("data")
        try:
            answer = await client.request(**asked)
        except (ValueError, UnicodeError):
            continue  # no client can send it
        sent += 1
        if answer.status_code >= 500:
            faults.append(f"{case.method} {answer.url} {answer.status_code} {answer.text[:200]}")

    assert sent > 500
    assert faults == []
