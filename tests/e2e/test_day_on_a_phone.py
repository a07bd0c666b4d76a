"""The same day with a thumb: Today, the shortest clock, the answer and the other world, on a phone."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

SHORTEST = "Parcel not arrived, order 48213"


def test_the_day_from_today_to_a_resolved_issue_and_back(house: str, sign_in: Callable[..., Any]) -> None:
    today = sign_in("amira", phone=True)
    today.goto(f"{house}/")
    assert "come due within the hour" in today.inner_text(".verdict")
    agent = sign_in("ben", phone=True)
    agent.tap(".dock a[href='/inbox']")
    agent.wait_for_url("**/inbox*")
    assert agent.inner_text(".conv li:first-child .subj") == SHORTEST
    agent.tap(".conv li:first-child a")
    agent.wait_for_selector("#body")
    agent.fill("#body", "Hello Joanna, a replacement leaves today by express.")
    agent.tap("text=Send and resolve")
    agent.wait_for_selector("text=Reply sent, ticket resolved.")
    today.wait_for_function(
        "() => document.querySelector('.verdict').innerText.includes('3 tickets come due')", timeout=5000
    )
    agent.goto(f"{house}/c/1032")
    assert agent.inner_text(".thead .tag") == "Resolved"
    assert agent.locator(".clocks [data-clock=met]").count() == 2


def test_the_other_world_is_two_taps_away(house: str, sign_in: Callable[..., Any]) -> None:
    page = sign_in("amira", phone=True)
    page.goto(f"{house}/")
    assert page.locator(".sample-strip").count() == 0
    page.tap("summary.ava")
    page.tap(".menu-worlds >> text=Sample service")
    page.wait_for_selector(".sample-strip")
    page.tap("summary.ava")
    page.tap(".menu-worlds >> text=Your data")
    page.wait_for_selector(".sample-strip", state="detached")


def test_what_a_thumb_must_hit_is_large_enough(house: str, sign_in: Callable[..., Any]) -> None:
    page = sign_in("ben", phone=True)
    page.goto(f"{house}/c/1035")
    heights = page.evaluate(
        """[...document.querySelectorAll('.dock > a, .dock summary, summary.ava, .composer .btn')]
        .filter((it) => it.checkVisibility()).map((it) => it.getBoundingClientRect().height)"""
    )
    assert len(heights) >= 6
    assert min(heights) >= 44


def test_a_register_begins_in_the_first_screen_and_its_filters_open_without_a_script(
    house: str, sign_in: Callable[..., Any]
) -> None:
    page = sign_in("amira", phone=True)
    page.goto(f"{house}/complaints?view=all")
    assert page.locator(".filters").bounding_box()["height"] < 90
    row, chosen = (page.locator(f".segmented{part}").bounding_box() for part in ("", " [aria-current]"))
    assert chosen["height"] < 60
    assert row["x"] <= chosen["x"] < chosen["x"] + chosen["width"] <= row["x"] + row["width"]
    stage = page.locator(".filters select[name=stage]")
    assert not stage.is_visible()
    page.tap(".filter-more > summary")
    stage.select_option(index=1)
    page.tap(".filters button[type=submit]")
    page.wait_for_url("**stage=**")
    assert page.inner_text(".filter-more > summary") == "Filter: 1 set"
    assert stage.is_visible()
