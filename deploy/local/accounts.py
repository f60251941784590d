"""Under whose name PostgreSQL runs, and where that user can reach its files."""

import os
import pwd
import secrets
import shutil
import subprocess
from pathlib import Path

from deploy.local.processes import Account
from deploy.troubles import Trouble

SHELTER = Path("/var/lib/huiban")
CANDIDATES = ("postgres", "nobody")


class NoOtherUser(Trouble):
    """PostgreSQL 不能以 root 身份运行，而本机没有 postgres 或 nobody 用户；请改用普通用户启动。"""


class CannotSwitchUser(Trouble):
    """PostgreSQL 不能以 root 身份运行，而这里不允许切换到用户{name}；请改用普通用户启动。"""


class NoShelter(Trouble):
    """用户{name}进不了{folder}，也无法在{shelter}建立目录（{why}）；请把项目移到该用户可进入的目录。"""


def account(data: Path) -> Account | None:
    """The user for PostgreSQL, which refuses root; None when we may run it ourselves.

    Data that is there already goes on belonging to its owner.

    Raises:
        NoOtherUser, CannotSwitchUser: we are root, and there is nobody else to run it.
    """
    if os.geteuid() != 0:
        return None
    found = _owner(data) or _somebody()
    if found is None:
        raise NoOtherUser
    try:
        _run(found, "true")
    except (PermissionError, subprocess.SubprocessError):
        raise CannotSwitchUser(name=found.name) from None
    return found


def _owner(data: Path) -> Account | None:
    try:
        owner = data.stat()
    except OSError:
        return None
    if owner.st_uid == 0:
        return None
    try:
        name = pwd.getpwuid(owner.st_uid).pw_name
    except KeyError:
        name = str(owner.st_uid)
    return Account(name, owner.st_uid, owner.st_gid)


def _somebody() -> Account | None:
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    return None


def reaches(who: Account | None, path: Path) -> bool:
    """Can this user go through all the folders above, and use the path itself?"""
    return who is None or _run(who, "test", "-x", str(path)) == 0


def shelter(who: Account, *, instead_of: Path) -> Path:
    """A new folder that the user can reach, for data that lives where it cannot go.

    Raises:
        NoShelter: it cannot be made.
    """
    room = SHELTER / f"{instead_of.name}-{secrets.token_hex(4)}"
    try:
        SHELTER.mkdir(mode=0o755, parents=True, exist_ok=True)
        room.mkdir(mode=0o755)
        (room / "for").write_text(f"{instead_of}\n", encoding="utf-8")
    except OSError as error:
        raise NoShelter(
            name=who.name, folder=instead_of, shelter=SHELTER, why=error.strerror
        ) from None
    return room


def programs(who: Account | None, *, wheel: Path, version: str) -> Path:
    """PostgreSQL's programs where the user can run them: the wheel's own, or a copy.

    Raises:
        NoShelter: they are out of reach and cannot be copied.
    """
    if who is None or reaches(who, wheel / "bin" / "postgres"):
        return wheel
    copy = SHELTER / f"postgresql-{version}"
    try:
        if not copy.exists():
            _copy(wheel, copy)
    except OSError as error:
        if not copy.exists():
            raise NoShelter(
                name=who.name, folder=wheel, shelter=SHELTER, why=error.strerror
            ) from None
    return copy / wheel.parent.name / wheel.name


def _copy(wheel: Path, copy: Path) -> None:
    """Copy the programs and the libraries that the wheel keeps beside its package."""
    package = wheel.parent
    half = copy.with_name(f"copying-{secrets.token_hex(4)}")
    half.mkdir(mode=0o755, parents=True)
    shutil.copytree(wheel, half / package.name / wheel.name, symlinks=True)
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, half / libraries.name, symlinks=True)
    half.rename(copy)


def _run(who: Account, *command: str) -> int:
    return subprocess.run(
        command, user=who.uid, group=who.gid, extra_groups=[], cwd="/", check=False
    ).returncode
