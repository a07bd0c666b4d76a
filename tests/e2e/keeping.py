"""The steps from a new ticket to the answer to a complaint, each by the buttons and links somebody presses."""

from typing import Any

from tests.e2e.planning import PROMISE, press, sees

SUBJECT = "My lamp came broken"
# A reply leaves after ten seconds, in which it can be taken back.
LEAVES_MS = 15_000
LOOKS_AGAIN_MS = 1_000


def ask_for_help(customer: Any) -> None:
    """A customer without an account asks, and is shown the link that follows her question."""
    customer.get_by_label("Your name").fill("Joan Reed")
    customer.get_by_label("Your email").fill("joan@mail.test")
    customer.get_by_label("What is it about?").fill(SUBJECT)
    customer.get_by_label("What happened?").fill("The shade is in two pieces. I paid £80 for it.")
    press(customer, "Send")
    sees(customer, "We answer by")


def find_its_clock(agent: Any) -> None:
    """The ticket carries the clock of the new standard, and says so."""
    agent.locator('.side a[href="/inbox"]').first.click()
    press(agent, "Unassigned")
    press(agent, SUBJECT)
    assert "1 h 5" in agent.locator(".clocks li").first.inner_text()
    press(agent, "explain First reply")
    sees(agent, PROMISE)
    press(agent, "#")
    press(agent, "Take it")


def refund_above_the_limit(agent: Any) -> None:
    """The composer refuses what is above her limit, keeps her words and leads to whoever may."""
    agent.fill("#body", "I am sorry. Here is your money back.")
    agent.get_by_text("Grant something with this reply").click()
    agent.get_by_label("What", exact=True).select_option("refund")
    agent.get_by_label("How much").fill("80")
    press(agent, "Send")
    sees(agent, "Put it to somebody who may")


def refer_it(agent: Any) -> None:
    """What was proposed stands in the referral already; the ticket stays hers."""
    assert agent.get_by_label("How much?").input_value() == "80"
    agent.get_by_label("What do you ask, and why?").fill("The lamp came in pieces; she asks for her money back.")
    press(agent, "Refer")
    sees(agent, "Referred. The ticket stays yours")


def decide_on_it(manager: Any) -> None:
    """Today leads the manager to the question, and she grants it."""
    manager.locator('.side a[href="/"]').last.click()
    sees(manager, "One matter waits for your answer.")
    manager.locator("#today li", has_text="One matter waits").get_by_role("link").click()
    press(manager, "The lamp came in pieces")
    press(manager, "Accept it")
    press(manager, "Grant refund of £80.00")
    sees(manager, "under the authority of Amira Haddad")


def give_what_was_granted(agent: Any) -> None:
    """Her words are still there, and what was granted goes with them."""
    agent.reload()
    sees(agent, "granted by Amira Haddad")
    assert agent.input_value("#body") == "I am sorry. Here is your money back."
    press(agent, "Send")
    sees(agent, "Reply sent.")


def read(customer: Any, words: str) -> None:
    """The customer reads what was sent at her link, once it has left."""
    for _ in range(LEAVES_MS // LOOKS_AGAIN_MS):
        customer.wait_for_timeout(LOOKS_AGAIN_MS)
        customer.reload()
        if customer.get_by_text(words).count():
            break
    sees(customer, words)


def read_the_answer(customer: Any) -> None:
    """She is told what was decided."""
    read(customer, "Here is your money back.")


def complain(customer: Any) -> None:
    """She writes again at the same link."""
    customer.get_by_label("Write to us").fill("The money has not come. I want to complain about how this was handled.")
    press(customer, "Send")
    sees(customer, "I want to complain")


def handle_it_as_a_complaint(agent: Any) -> None:
    """Her ticket becomes a complaint in one action, and the law's clock runs."""
    agent.reload()
    agent.get_by_text("Handle as a complaint").click()
    press(agent, "Make it a complaint")
    sees(agent, "The law's clock")
    sees(agent, "acknowledge by")


def acknowledge_it(agent: Any) -> None:
    """The one next step is the first letter, which is written already."""
    press(agent, "Acknowledge")
    sees(agent, "It says what it must.")
    press(agent, "Send")
    sees(agent, "Sent. Its copy is kept.")


def look_into_it_and_decide(agent: Any) -> None:
    """Each stage leads to the next."""
    press(agent, "Investigate")
    agent.get_by_label("Upheld", exact=True).check()
    agent.get_by_label("What let it happen").select_option(index=1)
    agent.get_by_label("Why, in the words of the letter").fill("the refund was granted and not paid out.")
    press(agent, "Save the decision")
    sees(agent, "Decided. Now write the answer.")


def write_the_answer_without_a_way_on(agent: Any) -> None:
    """The letter is written already; without where she can turn from here it is not sent."""
    press(agent, "Write the answer")
    letter = agent.get_by_label("Letter to Joan Reed")
    letter.fill(letter.input_value().partition("If you are not satisfied")[0])
    press(agent, "Send")
    sees(agent, "The letter is not sent: it lacks How to have it looked at again; Where to turn outside")


def complete_the_answer(agent: Any) -> None:
    """The list beside the letter says what is missing; with that it leaves."""
    letter = agent.get_by_label("Letter to Joan Reed")
    written = letter.input_value().replace("[[remedy]]", "£80 goes back to your card today.")
    letter.fill(f"{written}You may ask us for a review, or go to an outside body.")
    press(agent, "Send")
    sees(agent, "Sent. Its copy is kept.")


def read_the_letter(customer: Any) -> None:
    """The letter stands at her link, with where she can turn."""
    read(customer, "You may ask us for a review, or go to an outside body.")
