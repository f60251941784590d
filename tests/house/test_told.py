"""What was told once must be read for ever: one sample of every event of every release."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from deploy.publishing.documents import RELEASED, as_text
from deploy.publishing.schemas import schemas
from shared.contracts import EVERY_EVENT

TOLD = Path(__file__).parent / "told"
RELEASES = sorted(path.name for path in TOLD.iterdir())
KEYS = "keys.json"
SAMPLES = [
    pytest.param(path, id=f"{path.parent.name} {path.stem}")
    for path in sorted(TOLD.glob("*/*.json"))
    if path.name != KEYS
]


def loaded(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def holds(whole: Any, part: Any) -> bool:
    """Whether all of ``part`` stands in ``whole`` just so; ``whole`` may have more fields."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            name in whole and holds(whole[name], value) for name, value in part.items()
        )
    if isinstance(part, list):
        return isinstance(whole, list) and len(whole) == len(part) and all(map(holds, whole, part))
    return bool(whole == part)


@pytest.mark.parametrize("path", SAMPLES)
def test_it_is_read_and_written_again_without_a_loss(path: Path) -> None:
    told = loaded(path)

    event = EVERY_EVENT[path.stem].model_validate_json(path.read_text(encoding="utf-8"))

    assert holds(json.loads(event.model_dump_json()), told)
    assert EVERY_EVENT[path.stem].model_validate_json(event.model_dump_json()) == event


@pytest.mark.parametrize("path", SAMPLES)
def test_it_says_every_word_that_its_release_knew(path: Path) -> None:
    assert "unknown" not in path.read_text(encoding="utf-8")
    told = EVERY_EVENT[path.stem].model_validate(loaded(path))
    assert '"unknown"' not in told.model_dump_json(exclude_unset=True)


@pytest.mark.parametrize("path", SAMPLES)
def test_it_keeps_its_key(path: Path) -> None:
    event = EVERY_EVENT[path.stem].model_validate(loaded(path))

    assert event.key == loaded(path.with_name(KEYS))[path.stem]


@pytest.mark.parametrize("path", SAMPLES)
def test_it_fits_the_schema_of_its_release(path: Path) -> None:
    schema = loaded(RELEASED / path.parent.name / path.name)

    faults = [error.message for error in Draft202012Validator(schema).iter_errors(loaded(path))]

    assert faults == []


@pytest.mark.parametrize("path", SAMPLES)
def test_it_has_every_field_that_its_release_had(path: Path) -> None:
    schema = loaded(RELEASED / path.parent.name / path.name)

    assert set(loaded(path)) == set(schema["properties"])


@pytest.mark.parametrize("path", SAMPLES)
def test_it_is_kept_as_people_read_it(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == as_text(loaded(path))


@pytest.mark.parametrize("release", RELEASES)
def test_a_release_has_a_sample_of_every_event(release: str) -> None:
    told = {path.name for path in (TOLD / release).iterdir()}

    assert told - {KEYS} == {path.name for path in (RELEASED / release).iterdir()}


def test_every_release_has_samples() -> None:
    assert sorted(path.name for path in RELEASED.iterdir()) == RELEASES


def test_the_newest_release_knows_every_event_or_the_event_is_new() -> None:
    newest = {path.stem for path in (RELEASED / RELEASES[-1]).iterdir()}

    assert newest <= set(schemas())
