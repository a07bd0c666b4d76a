"""Fill the house in which a standard changes: a team of twenty who understood it, and one certificate they work under.

python -m tests.e2e.seed_standard_changes            # everybody understands version 1
python -m tests.e2e.seed_standard_changes others     # fourteen read and understand what holds now
"""

import datetime as dt
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (Django must be ready first)

from tests import personas  # noqa: E402
from tests.apps.standards.test_commitments import answers  # noqa: E402
from tests.e2e.seed import ALWAYS_OPEN  # noqa: E402
from tests.e2e.understanding import ANSWERS, OTHERS  # noqa: E402
from tests.personas import Persona  # noqa: E402
from wellserved.apps.accounts import queries as accounts  # noqa: E402
from wellserved.apps.accounts.models import User  # noqa: E402
from wellserved.apps.accounts.types import Role  # noqa: E402
from wellserved.apps.desk import actions as desk  # noqa: E402
from wellserved.apps.development.actions import briefings, checks, drafting, taking, telling, training  # noqa: E402
from wellserved.apps.development.models import Briefing, Check, Question  # noqa: E402
from wellserved.apps.people import actions as people  # noqa: E402
from wellserved.apps.standards import actions as standards  # noqa: E402
from wellserved.apps.standards.actions import commitments  # noqa: E402
from wellserved.platform import clock  # noqa: E402

MONTH = dt.timedelta(days=30)
TEAM = 20
STANDARD = "standards.standard"


def main() -> None:
    """Write the team, its queue and its standard, and let everybody understand it."""
    call_command("migrate", verbosity=0)
    now = clock.now()
    start = now - MONTH
    amira, lena, ben = (personas.make_persona(key) for key in ("amira", "lena", "ben"))
    team = personas.make_team("Team A")
    nadia = personas.make_user("Nadia Holt", Role.AGENT, email="nadia@example.test", team=team)
    others = [_colleague(at, like=nadia) for at in range(1, TEAM - 2)]
    queue = desk.save_queue(actor=amira.actor, name="Care", team_id=team.pk, is_default=True, now=start)
    _ask_for_a_skill(amira, queue, holders=(ben.user, nadia), now=start)
    pk = _standard(amira, queue, start)
    _understand([lena, ben, Persona(user=nadia), *others], *_brief(amira, pk, start), now=start)
    desk.open_ticket(
        actor=amira.actor,
        subject="Money back for a torn rug",
        body="It came torn. I would like my £40 back.",
        customer_email="joan@mail.test",
        customer_name="Joan Reed",
        queue_id=queue,
        now=now - dt.timedelta(minutes=5),
    )


def _colleague(at: int, *, like: User) -> Persona:
    """Return one more of the team, with the password of somebody known: hashing is what takes the time."""
    name = f"Colleague {at:02}"
    user = User.objects.create(
        email=f"colleague{at:02}@example.test", name=name, role=Role.AGENT, created_at=like.created_at
    )
    User.objects.filter(pk=user.pk).update(password=like.password)
    user.memberships.create(team=personas.make_team("Team A"))
    return Persona(user=user)


def _ask_for_a_skill(amira: Persona, queue: int, *, holders: tuple[User, User], now: dt.datetime) -> None:
    skill = people.create_skill(actor=amira.actor, name="Refunds", minimum_cover=2, now=now)
    for user in holders:
        people.set_skill(
            actor=amira.actor,
            user_id=user.pk,
            skill_id=skill,
            level=3,
            expires_on=now.date() + 12 * MONTH,
            evidence="Certificate of the card scheme",
            now=now,
        )
    desk.set_queue_skills(actor=amira.actor, queue_id=queue, levels={skill: 3}, now=now)
    training.save_course(
        actor=amira.actor, title="Refunds, start to end", skill_id=skill, level=3, valid_months=12, now=now
    )


def _standard(amira: Persona, queue: int, now: dt.datetime) -> int:
    calendar = standards.save_calendar(actor=amira.actor, calendar_id=None, name="Always", spec=ALWAYS_OPEN, now=now)
    given = answers(
        amira,
        calendar.calendar_id,
        conditions={"queue": [queue]},
        effective_on=now.date(),
        review_on=now.date() + 6 * MONTH,
    )
    pk = commitments.save_draft(actor=amira.actor, standard_id=None, answers=given, now=now).pk
    commitments.agree(actor=amira.actor, standard_id=pk, now=now)
    commitments.put_live(actor=amira.actor, standard_id=pk, now=now)
    return pk


def _brief(amira: Persona, standard: int, now: dt.datetime) -> tuple[int, int]:
    subject = (STANDARD, standard)
    check = checks.begin(actor=amira.actor, subject=subject, now=now)
    for text, (right, wrong) in ANSWERS.items():
        checks.add_question(
            actor=amira.actor,
            check_id=check,
            kind="single",
            text=text,
            options=[(right, True), (wrong, False)],
            explanation=f"The answer is: {right.lower()}.",
            now=now,
        )
    content = drafting.prepare(actor=amira.actor, subject=subject, now=now)
    briefing = briefings.save(actor=amira.actor, briefing_id=None, content=content, subject=subject, now=now)
    briefings.publish(actor=amira.actor, briefing_id=briefing, now=now)
    return briefing, check


def _understand(people_there: list[Persona], briefing: int, check: int, *, now: dt.datetime) -> None:
    """Let each of them read it and answer everything right."""
    questions = Question.objects.filter(check_of=check, is_active=True)
    right = {row.pk: [at for at, (_, is_right) in enumerate(row.options) if is_right] for row in questions}
    for who in people_there:
        actor = accounts.actor_for(user=who.user)
        telling.read(actor=actor, briefing_id=briefing, now=now)
        attempt = taking.start(actor=actor, check_id=check, seed=who.user.pk, now=now)
        taking.submit(actor=actor, attempt_id=attempt, given=right, now=now)


def others() -> None:
    """Let fourteen of the team read the newest briefing and understand it."""
    team = [Persona(user=user) for user in User.objects.filter(name__startswith="Colleague").order_by("name")[:OTHERS]]
    _understand(team, Briefing.objects.latest("published_at").pk, Check.objects.get().pk, now=clock.now())


if __name__ == "__main__":
    others() if sys.argv[1:] == ["others"] else main()
