"""What is committed belongs to the house alone: no machine's paths, no download addresses."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from deploy.places import PROJECT
from tests.house.source import committed, named, text_of

SELF = Path(__file__).resolve()
USUAL = {"/", "/app", "/home", "/opt", "/srv", "/tmp", "/usr", "/usr/src", "/var"}
HERE = {str(PROJECT), str(PROJECT.parent), str(Path.home())} - USUAL
MACHINE_PATH = re.compile(
    rf"(?<![\w.)\]}}/-])({'|'.join(map(re.escape, sorted(HERE, key=len, reverse=True)))})(?![\w.-])"
)
# Our own registry is a service of the same name: it has a port and no domain.
REGISTRY = re.compile(
    r"https?://(?!registry:8701)[^/\s\"'<>]*\b(pypi|pythonhosted|registry|repo1?|mirrors?|artifactory|nexus|index)\b",
    re.IGNORECASE,
)
DOWNLOAD_OPTION = re.compile(
    r"--(extra-)?index-url|--find-links|--trusted-host|--registry[= ]|\"resolved\":|<repositor"
)
REQUIREMENT = re.compile(
    r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(\[[\w,-]+\])?==(?P<version>[\w.!+-]+)( ; .+)?$"
)
HASH = re.compile(r"^--hash=sha256:[0-9a-f]{64}$")

# Standards are kept as they were published, examples and all.
STANDARDS = SELF.parent / "standards"
TEXTS = [
    path
    for path in committed()
    if path != SELF and STANDARDS not in path.parents and text_of(path) is not None
]
PINNED = [path for path in TEXTS if re.fullmatch(r"requirements.*\.txt", path.name)]


def found(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands in what is committed."""
    return [
        f"{named(path)}:{number}: {hit[0]}"
        for path in TEXTS
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1)
        if (hit := pattern.search(line))
    ]


def test_there_is_something_to_look_at() -> None:
    assert len(TEXTS) > 100


def test_no_path_of_anybodys_machine_stands_anywhere() -> None:
    assert found(MACHINE_PATH) == []


def test_no_address_of_a_package_registry_stands_anywhere() -> None:
    assert found(REGISTRY) == []


def test_nothing_says_where_to_download_from() -> None:
    assert found(DOWNLOAD_OPTION) == []


def test_a_path_of_this_machine_would_be_noticed() -> None:
    assert all(MACHINE_PATH.search(f"cd {folder}/notes") for folder in HERE)
    assert not MACHINE_PATH.search(f"see{PROJECT}like this")


@pytest.mark.parametrize("host", ["registry.example.org", "pypi.example.org", "eu.nexus.example"])
def test_the_address_of_a_registry_would_be_noticed(host: str) -> None:
    assert REGISTRY.search(f'"https://{host}/simple"')


@pytest.mark.parametrize("path", PINNED, ids=named)
def test_requirements_are_pinned_with_hashes_and_have_no_addresses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    blocks = re.split(r"\n(?=\S)", "\n".join(lines))

    assert "://" not in text
    for block in blocks:
        requirement, *hashes = (part.strip() for part in block.replace("\\\n", "\n").splitlines())
        hashes = [one for one in hashes if not one.startswith("#")]
        assert REQUIREMENT.match(requirement), requirement
        assert hashes, f"{requirement} has no hash"
        assert [one for one in hashes if not HASH.match(one)] == []


def test_every_dependency_is_among_them() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    text = (PROJECT / "requirements.txt").read_text(encoding="utf-8")
    pinned = {
        hit["name"].lower().replace("_", "-")
        for line in text.splitlines()
        if (hit := REQUIREMENT.match(line.removesuffix("\\").strip()))
    }

    names = {re.split(r"[\[<>=~! ]", one)[0].lower().replace("_", "-") for one in wanted}
    assert PROJECT / "requirements.txt" in PINNED
    assert names - pinned == set()


def test_vendored_assets_have_locked_versions_and_no_addresses() -> None:
    for path in TEXTS:
        if path.name != "package-lock.json":
            continue
        for name, package in json.loads(text_of(path) or "")["packages"].items():
            if name:
                assert re.fullmatch(r"\d+\.\d+\.\d+\S*", package["version"])
                assert package["integrity"].startswith("sha512-")
