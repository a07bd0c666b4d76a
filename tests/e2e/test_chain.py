"""From what customers expect to the answer to a complaint, walked in a browser by everybody it takes."""

from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.e2e import keeping, planning
from tests.e2e.conftest import DESKTOP, serve
from wellserved.platform import clock

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Serve a house in which nothing is planned yet."""
    with serve(tmp_path_factory.mktemp("house"), "tests.e2e.seed_chain") as base:
        yield base


@pytest.fixture
def customer(house: str, browser: Any) -> Generator[Any]:
    """Return a page of somebody without an account."""
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    page.goto(f"{house}/help")
    yield page
    context.close()


def test_a_promise_is_planned_agreed_kept_and_answered_for(
    house: str, sign_in: Callable[..., Any], customer: Any
) -> None:
    manager = sign_in("amira")
    planning.write_down_an_expectation(manager)
    planning.offer_something_for_it(manager)
    planning.promise_it_vaguely_and_be_refused(manager)
    planning.mend_the_standard(manager, starts_on=clock.now().date())
    planning.plan_how_it_is_kept(manager)
    planning.ask_for_the_money(manager)

    approver = sign_in("frank")
    planning.offer_less(approver)
    planning.agree_to_less(manager)
    planning.put_the_standard_in_force(manager)

    agent = sign_in("ben")
    keeping.ask_for_help(customer)
    keeping.find_its_clock(agent)
    keeping.refund_above_the_limit(agent)
    keeping.refer_it(agent)
    keeping.decide_on_it(manager)
    keeping.give_what_was_granted(agent)
    keeping.read_the_answer(customer)

    keeping.complain(customer)
    keeping.handle_it_as_a_complaint(agent)
    keeping.acknowledge_it(agent)
    keeping.look_into_it_and_decide(agent)
    keeping.write_the_answer_without_a_way_on(agent)
    keeping.complete_the_answer(agent)
    keeping.read_the_letter(customer)
