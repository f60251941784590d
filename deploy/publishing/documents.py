"""Every generated document of the house, where it is kept, and whether it is current."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from deploy.places import PROJECT
from deploy.publishing.asyncapi import asyncapi
from deploy.publishing.catalogues import catalogues
from deploy.publishing.rooms import room, rooms
from deploy.publishing.schemas import schemas
from deploy.troubles import Trouble

PUBLISHED = PROJECT / "shared" / "contracts" / "published"
RELEASED = PUBLISHED / "released"


class NotAVersion(Trouble):
    """版本号应写作 0.1.0，现为“{version}”。"""


class ReleasedAlready(Trouble):
    """合同版本{version}已经发布，不能改写；请换一个版本号。"""


def documents() -> dict[Path, str]:
    """What every document should read, by where it is kept."""
    written: dict[Path, Any] = {
        PUBLISHED / "asyncapi.json": asyncapi(version=project_version()),
        **{PUBLISHED / "schemas" / f"{name}.json": one for name, one in schemas().items()},
        **{PROJECT / "services" / name / "openapi.json": room(name).openapi() for name in rooms()},
    }
    return {path: as_text(document) for path, document in written.items()} | catalogues()


def out_of_date() -> list[Path]:
    """The documents that are missing, that read otherwise, or that nobody needs any more."""
    wanted = documents()
    stale = [path for path, text in wanted.items() if _read(path) != text]
    return sorted([*stale, *(_kept_schemas() - wanted.keys())])


def bring_up_to_date() -> list[Path]:
    """Write what is not current; what was written or taken away."""
    wanted, changed = documents(), out_of_date()
    for path in changed:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    return changed


def release(version: str) -> list[Path]:
    """Keep today's schemas as those of a release: later ones must go together with them.

    Raises:
        NotAVersion: it could not be found again.
        ReleasedAlready: what was released stays as it was.
    """
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise NotAVersion(version=version)
    folder = RELEASED / version
    if folder.exists():
        raise ReleasedAlready(version=version)
    folder.mkdir(parents=True)
    kept = {folder / f"{name}.json": as_text(one) for name, one in schemas().items()}
    for path, text in kept.items():
        path.write_text(text, encoding="utf-8")
    return sorted(kept)


def project_version() -> str:
    """The version of the house."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def as_text(document: Any) -> str:
    """As it is committed: indented, in UTF-8, ending with a line break."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _kept_schemas() -> set[Path]:
    return set((PUBLISHED / "schemas").glob("*.json"))


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
