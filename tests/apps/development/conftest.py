"""A team of twenty, the standard its queue is under, and the check that asks of it."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from tests import personas
from tests.apps.standards.test_commitments import HOURS, answers
from tests.personas import NOW, Persona
from wellserved.apps.accounts.models import Team
from wellserved.apps.desk import actions as desk
from wellserved.apps.development.actions import briefings as actions
from wellserved.apps.development.actions import checks, drafting, taking
from wellserved.apps.development.models import Question
from wellserved.apps.ledger import tasks as ledger
from wellserved.apps.standards import actions as clocks
from wellserved.apps.standards.actions import commitments
from wellserved.platform import clock

STANDARD = "standards.standard"
TWENTY = 20


@dataclasses.dataclass
class House:
    """Team A with its leader and its people, the standard of its queue, and the check on that."""

    manager: Persona
    leader: Persona
    agents: list[Persona]
    standard: int
    check: int

    @property
    def subject(self) -> tuple[str, int]:
        """Return the standard as a record."""
        return STANDARD, self.standard

    def change(self, *, now: dt.datetime, target: float = 0.9, reason: str = "Customers wait too long") -> None:
        """Agree the next version of the standard."""
        found = answers(self.manager, self.calendar, target=target, conditions={"queue": [self.queue]})
        commitments.save_draft(actor=self.manager.actor, standard_id=self.standard, answers=found, now=now)
        commitments.agree(actor=self.manager.actor, standard_id=self.standard, reason=reason, now=now)

    queue: int = 0
    calendar: int = 0

    def brief(self, *, now: dt.datetime, by_mail: bool = False) -> int:
        """Publish the briefing that tells of the standard as it holds."""
        content = drafting.prepare(actor=self.manager.actor, subject=self.subject, now=now)
        made = actions.save(
            actor=self.manager.actor,
            briefing_id=None,
            content=dataclasses.replace(content, by_mail=by_mail),
            subject=self.subject,
            now=now,
        )
        actions.publish(actor=self.manager.actor, briefing_id=made, now=now)
        return made

    def take(self, who: Persona, *, right: int, now: dt.datetime, seed: int = 1) -> int:
        """Let somebody take the check with so many right, and return her go."""
        attempt = taking.start(actor=who.actor, check_id=self.check, seed=seed, now=now)
        given = {}
        for place, question in enumerate(Question.objects.filter(check_of=self.check, is_active=True).order_by("pk")):
            options = [at for at, (_, ok) in enumerate(question.options) if ok == (place < right)]
            given[question.pk] = options[:1]
        taking.submit(actor=who.actor, attempt_id=attempt, given=given, now=now)
        return attempt


@pytest.fixture(autouse=True)
def _the_clock_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def house(amira: Persona, lena: Persona, team_a: Team, chloe: Persona) -> House:
    agents = [Persona(user=personas.make_user(f"Agent {at:02}", "agent", team=team_a)) for at in range(1, TWENTY + 1)]
    queue = desk.save_queue(actor=amira.actor, name="Care", team_id=team_a.pk, is_default=True, now=NOW)
    calendar = clocks.save_calendar(actor=amira.actor, calendar_id=None, name="Office", spec=HOURS, now=NOW)
    given = answers(amira, calendar.calendar_id, conditions={"queue": [queue]})
    pk = commitments.save_draft(actor=amira.actor, standard_id=None, answers=given, now=NOW).pk
    commitments.agree(actor=amira.actor, standard_id=pk, now=NOW)
    commitments.put_live(actor=amira.actor, standard_id=pk, now=NOW)
    check = checks.begin(actor=amira.actor, subject=(STANDARD, pk), now=NOW)
    for at in range(5):
        checks.add_question(
            actor=amira.actor,
            check_id=check,
            kind="single",
            text=f"Question {at}",
            options=[("Right", True), ("Wrong", False)],
            explanation=f"Because {at}",
            now=NOW,
        )
    return House(amira, lena, agents, pk, check, queue=queue, calendar=calendar.calendar_id)


@pytest.fixture
def follow() -> Callable[[dt.datetime], None]:
    """Let the worker seal what happened and tell whoever listens."""

    def run(now: dt.datetime) -> None:
        while ledger.follow(now):
            pass

    return run
