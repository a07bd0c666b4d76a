"""A first real day, walked in a browser: the manager reads Today, the agent answers the shortest clock."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

SHORTEST = "Parcel not arrived, order 48213"


def test_the_day_from_today_to_a_resolved_ticket_and_back(house: str, sign_in: Callable[..., Any]) -> None:
    today = sign_in("amira")
    today.goto(f"{house}/")
    assert "4 more come due within the hour" in today.inner_text(
        ".verdict"
    ) or "4 tickets come due" in today.inner_text(".verdict")
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
    agent.wait_for_selector("text=Reply sent, ticket resolved.")
    agent.goto(f"{house}/c/1032")
    assert agent.inner_text(".thead .tag") == "Resolved"
    assert agent.locator(".clocks [data-clock=met]").count() == 2
    today.wait_for_function(
        "() => document.querySelector('.verdict').innerText.includes('3 tickets come due')", timeout=5000
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
