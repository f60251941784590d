"""Who may import whom."""

import subprocess
import sys
from pathlib import Path

import pytest

from deploy.places import PROJECT
from tests.house.source import SERVICE_NAMES, imports, modules, named


def test_the_import_contracts_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")

    ended = subprocess.run(
        [str(lint), "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 broken" in ended.stdout


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_no_service_imports_another(service: str) -> None:
    others = tuple(f"services.{other}" for other in SERVICE_NAMES if other != service)

    foreign = [
        f"{named(path)}: {name}"
        for path in modules(f"services/{service}")
        for name in imports(path)
        if f"{name}.".startswith(tuple(f"{other}." for other in others))
    ]

    assert foreign == []


def test_nothing_shared_imports_a_service_or_how_it_is_deployed() -> None:
    foreign = [
        f"{named(path)}: {name}"
        for path in modules("shared")
        for name in imports(path)
        if name.partition(".")[0] in ("services", "deploy", "tests")
    ]

    assert foreign == []


def test_nothing_that_is_served_imports_the_tests() -> None:
    foreign = [
        f"{named(path)}: {name}"
        for path in modules("services", "shared", "deploy")
        for name in imports(path)
        if name.partition(".")[0] == "tests"
    ]

    assert foreign == []


def test_the_domain_imports_only_what_is_pure() -> None:
    allowed = (
        "shared.contracts",
        "shared.calendar",
        "shared.deadlines",
        "shared.nearness",
        "shared.policy",
        "shared.refusals",
        "shared.rules",
    )
    # They compute and do nothing else.
    computing = ("numpy", "opencc", "rapidfuzz")
    domains = [f"services.{service}.domain" for service in SERVICE_NAMES]
    domains.append("services.portal.signin.domain")

    impure = [
        f"{named(path)}: {name}"
        for domain in domains
        for path in modules(domain.replace(".", "/"))
        for name in imports(path)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not name.startswith((*allowed, *computing, domain))
    ]

    assert impure == []
