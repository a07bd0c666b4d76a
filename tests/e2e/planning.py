"""The steps from an expectation to a standard in force, each by the buttons and links somebody presses."""

import datetime as dt
from typing import Any

PROMISE = "We answer nine mails in ten within two hours"


def press(page: Any, words: str) -> None:
    """Press the button, or follow the link, that begins with these words and stands on the page itself."""
    main = page.locator("main")
    main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words)).first.click()
    page.wait_for_load_state()


def sees(page: Any, words: str) -> None:
    """Wait until the page says these words; what it says instead stands in the failure."""
    try:
        page.locator("main, .toasts").get_by_text(words).first.wait_for()
    except Exception as missing:
        missing.add_note(f"{page.url} says: {page.inner_text('body')[:3000]}")
        raise


def write_down_an_expectation(manager: Any) -> None:
    """Nobody is known yet who could expect something, so a segment comes first."""
    manager.locator('.side a[href="/standards"]').first.click()
    press(manager, "Expectations")
    press(manager, "Begin with a segment")
    manager.get_by_label("Name").fill("People who order online")
    press(manager, "Save the segment")
    press(manager, "New expectation")
    manager.get_by_label("What do they expect?").fill("I hear the same day that somebody has read it")
    press(manager, "Save the expectation")
    sees(manager, "Nothing we offer serves it yet.")


def offer_something_for_it(manager: Any) -> None:
    """The expectation leads to the offer, which already says what it meets."""
    press(manager, "Offer something for it")
    manager.get_by_label("Name").fill("Help by mail")
    manager.get_by_label("What line 1 says").fill("A person answers every mail")
    press(manager, "Save the offer")
    sees(manager, "It meets 1 expectation")


def promise_it_vaguely_and_be_refused(manager: Any) -> None:
    """The offer leads to the standard; what cannot be measured is refused twice, at the words and at the check."""
    press(manager, "Promise it")
    press(manager, "Go on")
    manager.get_by_label("What do we promise?").fill("We answer quickly")
    press(manager, "Go on")
    sees(manager, "does not say how often and within which time")
    manager.get_by_label("What do we promise?").fill(PROMISE)
    press(manager, "Go on")
    press(manager, "Check")
    press(manager, "Agree this standard")
    sees(manager, "There is a problem")


def mend_the_standard(manager: Any, *, starts_on: dt.date) -> None:
    """The check leads to what is missing, and each answer to the next question."""
    press(manager, "Mend: Measurable")
    manager.get_by_label("Measured by").select_option(label="First reply")
    manager.get_by_label("Aim").fill("90")
    manager.get_by_label("Within").fill("2 h")
    press(manager, "Go on")
    press(manager, "Go on")
    manager.get_by_label("It begins on").fill(starts_on.isoformat())
    press(manager, "Go on")
    sees(manager, "100.0 % of 30 would have met this.")
    press(manager, "Agree this standard")
    sees(manager, "Agreed, and not yet in force")


def plan_how_it_is_kept(manager: Any) -> None:
    """The standard leads to a plan that is half written: what is left to say is the cost."""
    press(manager, "Plan how it is kept")
    press(manager, "Go on")
    for _ in ("objectives", "standards", "actions", "criteria", "monitoring"):
        press(manager, "Save and go on")
    for monthly in manager.get_by_label("£ a month").all()[:2]:
        monthly.fill("1000")
    press(manager, "Save and go on")
    manager.get_by_label("Your comment").fill("Team and money hold for half a year.")
    press(manager, "Save and go on")
    sees(manager, "A whole draft, £12,000")


def ask_for_the_money(manager: Any) -> None:
    """The plan goes to the one whose authority reaches so far."""
    press(manager, "Send for approval")
    manager.get_by_label("Who decides?").select_option(label="Frank Osei")
    press(manager, "Send")
    sees(manager, "waits for a decision on £12,000")


def offer_less(approver: Any) -> None:
    """Today leads the decision maker to the question; he offers a quarter less."""
    sees(approver, "One decision waits for you.")
    press(approver, "Decide")
    approver.get_by_label("Reason").fill("A quarter less for a start.")
    approver.get_by_label("Amount offered").fill("9000")
    press(approver, "Offer something else")
    sees(approver, "A quarter less for a start.")


def agree_to_less(manager: Any) -> None:
    """Today leads the manager back to her plan; taking the offer brings it into force."""
    manager.locator('.side a[href="/"]').last.click()
    sees(manager, "Your question was answered.")
    press(manager, "Go on")
    press(manager, "Re-cost to £9,000 and agree")
    sees(manager, "Agreed by Frank Osei")


def put_the_standard_in_force(manager: Any) -> None:
    """The agreed plan leads to the standard it was written for."""
    press(manager, f"Put “{PROMISE}” in force")
    sees(manager, "In force; nothing has come due under it in the last 30 days.")
