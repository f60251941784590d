"""Keys and passwords: made once, and only the owner may read them."""

from pathlib import Path
from stat import S_IMODE

import pytest

from deploy.local.keys import UnusableKey, make_keys
from deploy.local.passwords import BadPassword, kept_secret, password, write_secret
from shared.identity import Gatekeeper, mint


def test_a_token_signed_with_the_private_key_is_known_by_the_public_one(tmp_path: Path) -> None:
    signing, public = tmp_path / "keys" / "signing.pem", tmp_path / "keys" / "public.pem"

    make_keys(signing, public=public)
    token = mint(signing, person="p1", name="张三", post="office", unit="C001")

    assert Gatekeeper(public).caller(f"Bearer {token}").name == "张三"


def test_only_the_owner_reads_the_private_key(tmp_path: Path) -> None:
    signing = tmp_path / "keys" / "signing.pem"

    make_keys(signing, public=tmp_path / "keys" / "public.pem")

    assert S_IMODE(signing.stat().st_mode) == 0o600
    assert S_IMODE(signing.parent.stat().st_mode) == 0o700


def test_a_second_run_keeps_the_key_and_restores_its_public_half(tmp_path: Path) -> None:
    signing, public = tmp_path / "signing.pem", tmp_path / "public.pem"
    make_keys(signing, public=public)
    first = signing.read_bytes(), public.read_bytes()
    public.unlink()

    make_keys(signing, public=public)

    assert (signing.read_bytes(), public.read_bytes()) == first


def test_a_file_that_is_no_key_is_named(tmp_path: Path) -> None:
    signing = tmp_path / "signing.pem"
    signing.write_text("not a key")

    with pytest.raises(UnusableKey, match=r"signing\.pem不是可用的 Ed25519 私钥"):
        make_keys(signing, public=tmp_path / "public.pem")


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "intake.password"

    first = kept_secret(path)

    assert kept_secret(path) == first
    assert len(first) >= 32
    assert S_IMODE(path.stat().st_mode) == 0o600


def test_of_two_who_make_a_secret_at_once_the_first_one_stands(tmp_path: Path) -> None:
    path = tmp_path / "secret"

    write_secret(path, "first")
    write_secret(path, "second")

    assert path.read_text() == "first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_password_may_come_from_the_surroundings(tmp_path: Path) -> None:
    given = {"HUIBAN_INTAKE_DATABASE_PASSWORD": "given"}

    assert password("intake", keys=tmp_path, env=given) == "given"
    assert password("reply", keys=tmp_path, env=given) == kept_secret(tmp_path / "reply.password")


@pytest.mark.parametrize("word", ["", "口令", "two\nlines"])
def test_a_password_that_cannot_be_typed_everywhere_is_refused(tmp_path: Path, word: str) -> None:
    with pytest.raises(BadPassword, match="HUIBAN_INTAKE_DATABASE_PASSWORD"):
        password("intake", keys=tmp_path, env={"HUIBAN_INTAKE_DATABASE_PASSWORD": word})
