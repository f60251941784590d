"""Codes of a second factor, one-time passwords, and the seals of the trail."""

import re
from pathlib import Path

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.signin.chain import Link, follows, sealed, sm3, sm3_without_openssl
from services.portal.signin.codes import (
    Seal,
    address_of,
    new_secret,
    picture_of,
    recovery_codes,
    recovery_digest,
    step_of,
)
from services.portal.signin.domain.choosing_passwords import kinds_in
from services.portal.signin.domain.telling import browser_says, detail
from services.portal.signin.passwords import one_time_password
from tests.domain.portal.signin.terms import PERSON

SECRET = new_secret()
TOTP = pyotp.TOTP(SECRET)
AT = 1_800_000_010
WORD = re.compile(r"[A-HJ-NP-Za-km-z2-9]{4}(-[A-HJ-NP-Za-km-z2-9]{4}){3}")


@pytest.mark.parametrize(
    ("drift", "known"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_clock_may_be_half_a_minute_wrong(drift: int, known: bool) -> None:
    assert (step_of(TOTP.at(AT + drift), SECRET, seconds=AT) is not None) is known


def test_a_code_may_be_written_with_spaces_and_nothing_else() -> None:
    code = TOTP.at(AT)

    assert step_of(f" {code[:3]} {code[3:]} ", SECRET, seconds=AT) == AT // 30
    for said in ("", code[:5], code + "0", "１２３４５６", "abcdef"):
        assert step_of(said, SECRET, seconds=AT) is None


def test_an_authenticator_reads_who_and_where() -> None:
    address = address_of(SECRET, person=PERSON)

    assert address.startswith("otpauth://totp/%E4%BC%9A%E5%8A%9E:chen.jing?")
    assert f"secret={SECRET}" in address
    assert picture_of(address).startswith("data:image/svg+xml;base64,")


def test_a_secret_is_opened_with_the_key_that_closed_it_only(tmp_path: Path) -> None:
    (ours := tmp_path / "ours.pem").write_text("one key")
    (other := tmp_path / "other.pem").write_text("another key")
    closed = Seal(ours).closed(SECRET)

    assert SECRET.encode() not in closed
    assert Seal(ours).opened(closed) == SECRET
    assert Seal(other).opened(closed) is None


def test_recovery_codes_are_read_however_they_are_written() -> None:
    codes = recovery_codes(10)
    digest = recovery_digest(codes[0], person=PERSON)

    assert len(set(codes)) == 10
    assert recovery_digest(codes[0].upper().replace("-", "  "), person=PERSON) == digest
    assert recovery_digest(codes[0], person="somebody else") != digest
    assert recovery_digest(codes[1], person=PERSON) != digest


def test_a_one_time_password_can_be_told_by_telephone() -> None:
    words = {one_time_password() for _ in range(50)}

    assert len(words) == 50
    assert all(WORD.fullmatch(word) for word in words)
    assert all(kinds_in(word) == 4 for word in words)


@pytest.mark.parametrize("digest", [sm3, sm3_without_openssl])
def test_the_seal_is_the_standards(digest: object) -> None:
    """GB/T 32905-2016, example 1."""
    assert callable(digest)
    assert digest(b"abc").hex() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )


@given(st.binary(max_size=300))
def test_both_ways_to_it_agree(data: bytes) -> None:
    assert sm3(data) == sm3_without_openssl(data)


def test_an_entry_follows_the_one_before_it_and_no_other() -> None:
    first = sealed(None, "一")
    second = sealed(first, "二")

    assert (first.n, second.n) == (1, 2)
    assert follows(first, None)
    assert follows(second, first)
    assert not follows(second, None)
    assert not follows(Link(2, "改", second.digest), first)
    assert not follows(Link(2, "二", second.digest), sealed(None, "另"))


def test_what_an_entry_says_is_said_in_words() -> None:
    assert detail({"way": "oidc"}) == "统一身份认证"
    assert detail({"why": "password"}) == "口令不对"
    assert detail({"why": "借调离岗", "sessions": 2}) == "借调离岗，2处登录"
    assert detail({}) == ""


def test_a_browser_is_called_by_its_name() -> None:
    assert (
        browser_says("Mozilla/5.0 (Windows NT 10.0) Chrome/90.0 Safari/537") == "Chrome（Windows）"
    )
    assert browser_says("Mozilla/5.0 (X11; Linux) Chrome/90 Qaxbrowser") == "奇安信浏览器（Linux）"
    assert browser_says("curl/8") == "其他浏览器"
