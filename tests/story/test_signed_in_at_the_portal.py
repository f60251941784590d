"""A clerk comes in at the door, and the services know them by the token that the portal signed."""

from html import unescape

from tests.service.portal.signin.door import Browser, changed
from tests.story import office
from tests.story.office import LONGHUA
from tests.story.visiting import form
from tests.world import World


async def clerk(world: World) -> Browser:
    """Longhua's officer, chosen on the page of the demo."""
    browser = await Browser(world, headers={"huiban-today": world.today.isoformat()}).opens(
        "/sign-in"
    )
    return await browser.sends(
        "/sign-in/demo", person=f"officer.{LONGHUA}", seat=f"officer/{LONGHUA}/"
    )


async def test_who_is_signed_in_acts_as_themselves(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA))
    browser = await clerk(world)
    await browser.opens(f"/proposals/{case}")
    assert browser.here is not None
    assert form("sign", case, LONGHUA) in unescape(browser.here.text)

    await browser.opens(form("sign", case, LONGHUA))
    await browser.sends(form("sign", case, LONGHUA), once="one")

    assert "“签收”已办理。" in browser.text
    [told] = await world.rows(
        "assignment",
        "SELECT convert_from(payload, 'UTF8')::json -> 'by' ->> 'person' AS person FROM events"
        " WHERE type LIKE '%AssignmentSigned%'",
    )
    assert told["person"] == f"officer.{LONGHUA}"


async def test_a_form_that_outlived_its_session_is_sent_by_the_next_one(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA))
    browser = await clerk(world)
    address = form("sign", case, LONGHUA)
    await browser.opens(address)
    await changed(world, "UPDATE sessions SET seen_at = seen_at - interval '1 hour'")
    await browser.sends(address, once="one")
    assert "登录已过期，内容还在" in browser.text

    later = await clerk(world)  # in another window
    browser.client.cookies = later.client.cookies
    await browser.sends(address, once="one")
    assert "请确认后提交" in browser.text
    await browser.sends(address, once="one")

    assert "“签收”已办理。" in browser.text


async def test_nobody_acts_from_another_sites_page(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA))
    browser = await clerk(world)
    await browser.opens(form("sign", case, LONGHUA))

    await browser.sends(form("sign", case, LONGHUA), site="cross-site", once="one")

    assert browser.status == 403
    assert await world.told_by("assignment", case) == ["HandlersAssigned"]
