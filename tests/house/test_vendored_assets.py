"""What the pages load is kept here: each file as its manifest says, each version as asked."""

import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path

import pytest

PORTAL = Path("services/portal")
VENDOR = PORTAL / "static" / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
ASKED = json.loads((PORTAL / "assets" / "package.json").read_text("utf-8"))
LOCK = (PORTAL / "assets" / "package-lock.json").read_text("utf-8")


@pytest.mark.parametrize("package", MANIFEST)
def test_a_file_is_what_the_manifest_says(package: str) -> None:
    for file in MANIFEST[package]["files"].values():
        digest = hashlib.sha384((VENDOR / file["path"]).read_bytes()).digest()

        assert file["integrity"] == f"sha384-{b64encode(digest).decode()}"


def test_no_file_is_there_without_the_manifest() -> None:
    named = {file["path"] for one in MANIFEST.values() for file in one["files"].values()}
    terms = re.compile(r"LICENSE|NOTICE")

    found = {path.relative_to(VENDOR).as_posix() for path in VENDOR.glob("*/*")}

    assert {path for path in found if not terms.search(path)} == named


def test_versions_are_exact_and_those_that_were_asked_for() -> None:
    asked = {
        name.replace("@", "").replace("/", "-"): version
        for name, version in ASKED["dependencies"].items()
    }

    assert {name: one["version"] for name, one in MANIFEST.items()} == asked
    assert all(re.fullmatch(r"[\d.]+", version) for version in asked.values())


def test_the_lock_names_no_download_address() -> None:
    assert '"resolved"' not in LOCK
    assert "://" not in re.sub(r'"(?:url|funding)": "[^"]*"', "", LOCK)
