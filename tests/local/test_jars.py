"""Kafka's jars: known by name, size and hash; fetched only when they are not all there."""

from pathlib import Path

import pytest

from deploy.local import jars
from deploy.local.jars import Jar, NoMaven, NotGenuine, are_complete, shelves, wanted
from deploy.local.up import silently

TINY = [Jar("a" * 64, 3, "one.jar"), Jar("b" * 64, 4, "two.jar")]


def test_every_jar_of_the_recipe_is_known_by_its_hash() -> None:
    found = wanted()

    assert len(found) == 46
    assert f"kafka_2.13-{jars.VERSION}.jar" in [jar.name for jar in found]
    assert all(len(jar.sha256) == 64 and jar.size > 0 for jar in found)


@pytest.fixture
def _two_tiny_jars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jars, "wanted", lambda: TINY)


@pytest.mark.usefixtures("_two_tiny_jars")
@pytest.mark.parametrize(
    ("sizes", "complete"), [((3, 4), True), ((3, 3), False), ((3, None), False)]
)
def test_a_folder_is_complete_when_each_jar_has_its_size(
    tmp_path: Path, sizes: tuple[int | None, ...], complete: bool
) -> None:
    for jar, size in zip(TINY, sizes, strict=True):
        if size is not None:
            (tmp_path / jar.name).write_bytes(b"x" * size)

    assert are_complete(tmp_path) is complete


def test_all_checkouts_share_a_shelf_and_each_has_its_own(tmp_path: Path) -> None:
    at_home = shelves(tmp_path, env={"HOME": "/home/zhang"})
    elsewhere = shelves(tmp_path, env={"HOME": "/home/zhang", "HUIBAN_CACHE": "/srv/cache"})

    assert at_home == [
        Path("/home/zhang/.cache/huiban/kafka-4.3.0/libs"),
        tmp_path / "libs",
    ]
    assert elsewhere[0] == Path("/srv/cache/kafka-4.3.0/libs")
    assert shelves(tmp_path, env={}) == [tmp_path / "libs"]


@pytest.mark.usefixtures("_two_tiny_jars")
async def test_what_is_there_is_used_without_asking_maven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIBAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", "")
    shelf = tmp_path / "cache" / f"kafka-{jars.VERSION}" / "libs"
    shelf.mkdir(parents=True)
    for jar in TINY:
        (shelf / jar.name).write_bytes(b"x" * jar.size)

    assert await jars.jars(tmp_path, log=tmp_path / "log", say=silently) == shelf


async def test_a_machine_without_maven_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIBAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NoMaven, match="apt-get install -y maven"):
        await jars.jars(tmp_path, log=tmp_path / "log", say=silently)


async def test_jars_that_are_not_the_expected_ones_are_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIBAN_CACHE", str(tmp_path / "cache"))
    maven = tmp_path / "mvn"
    maven.write_text(
        "#!/bin/sh\n"
        'for word in "$@"; do case $word in -DoutputDirectory=*) out=${word#*=};; esac; done\n'
        'mkdir -p "$out" && printf abc > "$out/one.jar" && printf abcd > "$out/two.jar"\n'
    )
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(jars, "wanted", lambda: TINY)

    with pytest.raises(NotGenuine, match=r"one\.jar与预期的校验值不符"):
        await jars.jars(tmp_path, log=tmp_path / "log", say=silently)

    assert not are_complete(tmp_path / "cache" / f"kafka-{jars.VERSION}" / "libs")
