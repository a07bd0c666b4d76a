"""A survey answered from the mail: one press on a score, one on the button, in a browser that fetches only styles."""

import re
from collections.abc import Generator
from typing import Any

import pytest

from tests.e2e import conftest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Serve a house in which a customer was asked; yields the link of a four, as it stands in her mail."""
    folder = tmp_path_factory.mktemp("asked")
    with conftest.serve(folder, "tests.e2e.seed_survey") as base:
        mail = (folder / "mail.txt").read_text(encoding="utf-8")
        yield re.findall(rf"^4: ({re.escape(base)}/help/survey/\S+)$", mail, re.MULTILINE)[0]


def test_a_customer_answers_with_one_click(asked: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.resource_type))
    answer = page.goto(asked)
    assert len(answer.body()) < 25_000
    assert set(fetched) <= {"document", "stylesheet"}
    assert page.locator("input[name=score]:checked").get_attribute("value") == "4"
    page.get_by_role("button", name="Send my score").click()
    assert page.get_by_role("status").inner_text().startswith("Your score is kept")
    page.get_by_label("What is the main reason for your answer?").fill("Quick and clear")
    page.get_by_role("button", name="Send", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you"
    context.close()
