"""Passkeys with the browser's own authenticator: added, used instead of a password, and used after one."""

from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.e2e.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
ADD = "/accounts/2fa/webauthn/add/"


class Visitor:
    """A browser whose device keeps passkeys."""

    def __init__(self, browser: Any, base: str) -> None:
        self.page = browser.new_context().new_page()
        self.base = base
        device = self.page.context.new_cdp_session(self.page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def go(self, path: str) -> None:
        """Open an address of the house."""
        self.page.goto(f"{self.base}{path}")

    def give_password(self, who: str) -> None:
        """Sign in with address and password, as far as that leads."""
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", f"{who}@example.test")
        self._prove()

    def open_form_of_a_new_key(self, who: str) -> None:
        """Sign in, prove it once more, and stand before the form that adds a key."""
        self.give_password(who)
        self.go(ADD)
        self._prove()
        self.page.wait_for_selector("form[data-passkey=add]")

    def _prove(self) -> None:
        self.page.fill("input[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.click("main .btn-primary")

    def leave(self) -> None:
        """Forget the session, keep the device."""
        self.page.context.clear_cookies()


@pytest.fixture
def visit(browser: Any) -> Generator[Callable[[str], Visitor]]:
    visitors: list[Visitor] = []

    def enter(base: str) -> Visitor:
        visitors.append(Visitor(browser, base))
        return visitors[-1]

    yield enter
    for visitor in visitors:
        visitor.page.context.close()


def test_a_passkey_signs_its_owner_in_instead_of_a_password_and_after_one(
    house: str, visit: Callable[[str], Visitor]
) -> None:
    ben = visit(house.replace("127.0.0.1", "localhost"))
    ben.open_form_of_a_new_key("ben")
    ben.page.fill("input[name=name]", "Laptop")
    ben.page.check("input[name=passwordless]")
    ben.page.click("main .btn-primary")
    ben.page.wait_for_selector("text=10 unused codes are left")
    ben.go("/accounts/2fa/webauthn/")
    assert "Laptop" in ben.page.inner_text("main")

    ben.leave()
    ben.go("/accounts/login/")
    ben.page.click("text=Sign in with a passkey")
    ben.page.wait_for_selector(".verdict")
    assert ben.page.get_attribute(".top .ava", "title") == "Ben Okafor, Agent"

    ben.leave()
    ben.give_password("ben")
    assert ben.page.inner_text("h1") == "One more step"
    ben.go("/inbox")
    assert ben.page.locator(".pane-list").count() == 0
    ben.go("/accounts/2fa/authenticate/")
    ben.page.click("text=Use a security key")
    ben.page.wait_for_selector(".verdict")


def test_an_address_that_can_keep_no_passkey_says_which_can(house: str, visit: Callable[[str], Visitor]) -> None:
    amira = visit(house)
    amira.open_form_of_a_new_key("amira")
    amira.page.click("main .btn-primary")
    amira.page.wait_for_selector("[data-passkey-error]:not([hidden])")
    named = house.replace("127.0.0.1", "localhost")
    assert amira.page.inner_text("[data-passkey-error]") == (
        f"A passkey belongs to a name, and this address is a number. Open {named} and try again."
    )
