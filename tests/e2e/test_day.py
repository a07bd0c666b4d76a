"""A first real day, walked in a browser: the manager reads Today, the agent answers the shortest clock."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

SHORTEST = "Parcel not arrived, order 48213"
SCREENS = (
    "/",
    "/inbox?view=all_open",
    "/inbox?view=all_open&c=1031",
    "/c/1032",
    "/customers",
    "/standards",
    "/standards/policies/1",
    "/standards/calendars/1/edit",
    "/inbox/new",
    "/settings",
    "/settings/lists/queues",
    "/docs/errors",
    "/help",
)
WIDTHS = (320, 390, 768, 1100, 1440, 1920)


def test_the_day_from_today_to_a_resolved_issue_and_back(house: str, sign_in: Callable[..., Any]) -> None:
    today = sign_in("amira")
    today.goto(f"{house}/")
    assert "4 more come due within the hour" in today.inner_text(".verdict") or "4 issues come due" in today.inner_text(
        ".verdict"
    )
    open_before = today.inner_text('.side a[href="/inbox"] .count')
    agent = sign_in("ben")
    agent.goto(f"{house}/inbox?view=my_open")
    assert agent.inner_text(".conv li:first-child .subj") == SHORTEST
    agent.keyboard.press("j")
    agent.keyboard.press("Enter")
    agent.wait_for_selector("#body")
    agent.keyboard.press("r")
    agent.keyboard.type("Hello Joanna, a replacement leaves today by express.")
    agent.keyboard.press("Control+Shift+Enter")
    agent.wait_for_selector("text=Reply sent, issue resolved.")
    agent.goto(f"{house}/c/1032")
    assert agent.inner_text(".thead .tag") == "Resolved"
    assert agent.locator(".clocks [data-clock=met]").count() == 2
    today.wait_for_function(
        "() => document.querySelector('.verdict').innerText.includes('3 issues come due')", timeout=5000
    )
    history = sign_in("amira")
    history.goto(f"{house}/history")
    assert "Ben Okafor" in history.inner_text("main")
    assert "5" in open_before


def test_colleagues_see_each_other_and_a_stale_reply_keeps_its_words(house: str, sign_in: Callable[..., Any]) -> None:
    first, second = sign_in("ben"), sign_in("amira")
    first.goto(f"{house}/c/1035")
    first.fill("#body", "Mine, written slowly")
    first.wait_for_selector("text=Saved")
    second.goto(f"{house}/c/1035")
    second.wait_for_selector("text=Ben Okafor")
    second.fill("#body", "Quicker")
    second.click("text=Send >> nth=0")
    second.wait_for_selector("text=Reply sent.")
    first.click(".composer .btn-primary")
    first.wait_for_selector("text=Not sent yet")
    assert first.input_value("#body") == "Mine, written slowly"
    first.click("text=Send anyway")
    first.wait_for_selector("text=Reply sent.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_screen_overflows_or_breaks_an_accessibility_rule(
    house: str, sign_in: Callable[..., Any], theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = sign_in("amira")
    page.context.add_cookies([{"name": "theme", "value": theme, "url": house}])
    faults: list[str] = []
    for path in SCREENS:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if width == WIDTHS[0]:
                page.goto(house + path)
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                faults.append(f"{path} overflows by {over} px at {width}")
            if width in (390, 1440):
                found = axe.run(page).response["violations"]
                faults += [f"{path} at {width}: {v['id']} {v['nodes'][0]['target']}" for v in found]
    assert faults == []


def test_no_page_reports_a_breach_of_the_content_policy(house: str, sign_in: Callable[..., Any]) -> None:
    page = sign_in("amira")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in SCREENS:
        page.goto(house + path)
        page.wait_for_timeout(150)
    assert said == []
