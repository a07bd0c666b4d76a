"""A standard changes, and a certificate runs out: what becomes of those who work under them, walked in a browser."""

import pathlib
from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.e2e import qualifying, understanding
from tests.e2e.conftest import run, serve, work
from wellserved.platform import clock

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

SEED = "tests.e2e.seed_standard_changes"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tmp_path_factory.mktemp("house")


@pytest.fixture(scope="module")
def house(var: pathlib.Path) -> Generator[str]:
    """Serve a house in which everybody understands what is promised, with a worker beside it."""
    with serve(var, SEED) as base, work(var):
        yield base


def test_a_changed_standard_is_understood_and_a_lost_skill_is_learnt_again(
    house: str, var: pathlib.Path, sign_in: Callable[..., Any]
) -> None:
    manager, ben, nadia = sign_in("amira"), sign_in("ben"), sign_in("nadia")
    understanding.change_the_standard(manager)
    understanding.see_that_nobody_understands_it(manager)
    understanding.look_at_the_draft(manager)
    understanding.publish_it(manager)
    understanding.read_and_understand_it(ben)
    understanding.read_and_understand_it(nadia)
    run(var, SEED, "others")
    understanding.remind_the_four(manager)

    qualifying.let_the_certificate_run_out(manager, today=clock.now().date())
    qualifying.be_refused(ben)
    qualifying.see_the_gap(manager)
    begins = qualifying.offer_the_course(manager, now=clock.now())
    qualifying.book_a_seat(ben)
    ben.wait_for_timeout(max(0.0, (begins - clock.now()).total_seconds()) * 1000 + 500)
    qualifying.hold_the_course(manager)
    qualifying.say_how_it_was(ben)
    qualifying.see_it_evaluated(manager)
    qualifying.be_given_tickets_again(ben, manager)
