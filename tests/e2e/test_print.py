"""What comes out of the printer: a conversation whole, however small the window it was read in."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

CUT_OFF = """() => [...document.querySelectorAll(".msgs, .ctx, .pane, main")]
  .filter((it) => it.checkVisibility() && getComputedStyle(it).overflowY !== "visible")
  .filter((it) => it.scrollHeight > it.clientHeight + 1)
  .map((it) => it.className)"""
COLOURS = """() => {
  const it = getComputedStyle(document.querySelector(".msg"));
  return [it.color, it.backgroundColor];
}"""


def test_a_ticket_is_printed_whole_and_dark_on_light(house: str, sign_in: Callable[..., Any]) -> None:
    page = sign_in("ben")
    page.set_viewport_size({"width": 1440, "height": 320})
    page.goto(f"{house}/inbox?view=my_open")
    page.click(".conv li:first-child a")
    page.wait_for_selector(".msgs .msg")
    assert page.evaluate(CUT_OFF) != []
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate(CUT_OFF) == []
    assert not page.locator(".pane-list").is_visible()
    assert page.locator(".ctx").is_visible()
    on_paper = page.evaluate(COLOURS)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate(COLOURS) == on_paper
    page.emulate_media(media="screen")
    assert page.evaluate(COLOURS) != on_paper
