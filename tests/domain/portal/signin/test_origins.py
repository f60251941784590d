"""Origins: whose page asks for a change, and where one may be sent on to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.signin.domain.origins import must_be_ours, safe_next
from services.portal.signin.domain.refusals import ForeignOrigin

HOST = {"host": "portal.example"}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "https://portal.example"},
        {"origin": "https://PORTAL.example"},
    ],
)
def test_our_own_pages_may_ask(headers: dict[str, str]) -> None:
    must_be_ours("POST", HOST | headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "https://portal.example"},
        {"origin": "https://portal.example.evil"},
        {"origin": "https://portal.example:8443"},
        {"origin": "null"},
        {},
    ],
)
def test_others_may_not(headers: dict[str, str]) -> None:
    with pytest.raises(ForeignOrigin):
        must_be_ours("POST", HOST | headers)
    must_be_ours("GET", HOST | headers)


@pytest.mark.parametrize("address", ["/", "/ledger?q=电梯&page=2", "/do/sign?a=//b", "/units/D07"])
def test_our_own_addresses_are_kept(address: str) -> None:
    assert safe_next(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ledger",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/a\\b",
        "/\t/evil.example",
        "/x\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/sign-in",
        "/sign-in/seat",
        "/sign-out",
        "/" + "a" * 2000,
    ],
)
def test_others_are_not(address: str) -> None:
    assert safe_next(address) is None


@given(st.text())
def test_nothing_leads_to_another_house(address: str) -> None:
    kept = safe_next(address)

    assert kept is None or (kept[0] == "/" and kept[1:2] not in ("/", "\\"))
