"""The steps from a changed standard to the last reminder, each by the buttons and links somebody presses."""

from typing import Any

from tests.e2e.planning import press, sees

# By question: what is right, and what is not.
ANSWERS = {
    "When does the clock begin?": ("When it reaches us", "When somebody opens it"),
    "Who stops the clock?": ("A person who answers", "The machine that confirms"),
    "You cannot solve it in time. What now?": ("Answer, and promise a time", "Wait until it is solved"),
    "Whom do you tell that it will be late?": ("The customer, before it is", "Nobody"),
    "How many of a hundred are answered in time?": ("As many as the target says", "All of them"),
}
OTHERS = 14
TITLE = "First reply: version 2"
LOOKS_AGAIN_MS, LOOKS = 500, 30


def go_to(page: Any, *way: str) -> None:
    """Follow the navigation, then links of the page."""
    page.locator(f'.side a[href="{way[0]}"]').last.click()
    page.wait_for_load_state()
    for words in way[1:]:
        press(page, words)


def change_the_standard(manager: Any) -> None:
    """One answer of a standard in force changes; agreeing says why."""
    go_to(manager, "/standards", "First reply", "Change it", "Measure")
    manager.get_by_label("Aim").fill("90")
    press(manager, "Go on")
    press(manager, "Check")
    manager.get_by_label("Why does it change?").fill("Nine in ten is what we can keep")
    press(manager, "Agree this change")
    sees(manager, "Version 2")


def see_that_nobody_understands_it(manager: Any) -> None:
    """What everybody had understood is stale at once."""
    go_to(manager, "/people", "Understanding")
    sees(manager, "0 of 20 understandings hold (0 %). 20 are stale")


def look_at_the_draft(manager: Any) -> None:
    """The briefing is written already, and waits; the questions are looked at before it goes out."""
    for _ in range(LOOKS):
        go_to(manager, "/")
        if manager.get_by_text("A briefing is drafted").count():
            break
        manager.wait_for_timeout(LOOKS_AGAIN_MS)
    manager.locator("#today li", has_text="A briefing is drafted").get_by_role("link").click()
    sees(manager, "It goes to 20 people once you publish it.")
    press(manager, "Look at the questions")
    press(manager, "They hold for version 2")


def publish_it(manager: Any) -> None:
    """It reaches those whom the standard concerns."""
    go_to(manager, "/people", "Briefings", "Drafts", TITLE, "Publish")
    sees(manager, "0 of 20 have understood it; 20 still to")


def read_and_understand_it(agent: Any) -> None:
    """Today leads to the briefing, the briefing to the questions."""
    go_to(agent, "/")
    sees(agent, f"For you to read: {TITLE}.")
    agent.locator("#today li", has_text="For you to read").get_by_role("link").click()
    press(agent, "I have read this")
    press(agent, "Show that I understood")
    for right, _ in ANSWERS.values():
        agent.get_by_label(right).check()
    press(agent, "Hand in")
    sees(agent, "You understood version 2: 100 % right.")


def remind_the_four(manager: Any) -> None:
    """Four are missing; they are reminded, and nobody else."""
    manager.reload()
    sees(manager, "16 of 20 have understood it; 4 still to")
    press(manager, "Remind the 4")
    sees(manager, "Reminded 4. Whoever is done hears nothing.")
    reminded = manager.locator("#deliveries tbody tr", has=manager.locator("[data-label=Reminded] time"))
    names = reminded.locator("th").all_inner_texts()
    assert names == ["Colleague 15", "Colleague 16", "Colleague 17", "Lena Fischer"]
