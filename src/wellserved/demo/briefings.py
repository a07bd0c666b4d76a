"""What the sample's people were told, whether they understood it, and what is still asked of whom."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import knowledge
from wellserved.apps.desk.types.knowledge import GuidelineFilters
from wellserved.apps.development import samples
from wellserved.apps.development.actions import briefings, checks, drafting, taking, telling
from wellserved.apps.development.queries import audience
from wellserved.apps.development.types.briefings import Audience, BriefingKind, Content, Item
from wellserved.apps.development.types.checks import QuestionKind
from wellserved.apps.standards.queries import commitments, offer, plans, vision
from wellserved.demo import company
from wellserved.demo.knowledge import CHANGED
from wellserved.demo.quizzes import QUIZZES, Quiz
from wellserved.platform.origin import World

MANAGER = company.COLLEAGUES[0].name
Ref = tuple[str, int]
_NEWSLETTER = (
    Item(
        title="Chat stays open until ten",
        body="From next week chat answers until ten in the evening. Tom and Yusuf take the first late turns; the rota "
        "asks each of us about one a fortnight.",
    ),
    Item(
        title="A word of thanks from a customer",
        body="“The lady rang me back when she said she would. Nobody does that.” She meant Priya.",
    ),
    Item(
        title="You said, we did", body="You asked for the courier's numbers in one place: they stand in the directory."
    ),
)
_BULLETIN = (
    Item(
        title="Say when you will be back, not that you will",
        body="“By four tomorrow” is kept more often than “as soon as I can”, and halves the calls that ask again. "
        "Use *Promises* below the reply.",
    ),
    Item(
        title="Name the next step before the apology",
        body="Customers remember what happens next. Begin with it, then say sorry once.",
    ),
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Told:
    """A briefing of the sample: how many days ago it went out, when it is due, and who of those told did not do it."""

    days_ago: int
    due_in: int
    unread: int = 0
    failing: int = 0
    stale: int = 0


def brief(*, now: dt.datetime) -> None:
    """Brief the sample's people of what holds, and let most of them show that they understood it."""
    everybody = accounts.staff(actor=accounts.system_actor(world=World.SAMPLE))
    staff = {person.name: accounts.actor_by_id(person.id, world=World.SAMPLE) for person in everybody}
    manager = staff[MANAGER]
    subjects = _subjects(manager, now)
    for key, told in (
        ("vision", Told(days_ago=8, due_in=6, unread=3, stale=2)),
        ("objective", Told(days_ago=40, due_in=-26)),
        ("plan", Told(days_ago=25, due_in=-11, failing=1)),
        ("standard", Told(days_ago=33, due_in=-19, stale=0)),
        ("guideline", Told(days_ago=4, due_in=3, unread=2, failing=2)),
    ):
        if key in subjects:
            _tell(subjects[key], QUIZZES[key], told, staff=staff, now=now)
    _issue(BriefingKind.NEWSLETTER, "This month at Larkfield", _NEWSLETTER, staff=staff, at=now - dt.timedelta(days=12))
    _issue(
        BriefingKind.BULLETIN, "Best practice: words that keep", _BULLETIN, staff=staff, at=now - dt.timedelta(days=3)
    )
    if "service" in subjects:
        drafting.draft(subject=subjects["service"], since=now - dt.timedelta(days=2), now=now - dt.timedelta(days=2))


def _subjects(manager: Actor, now: dt.datetime) -> dict[str, Ref]:
    """Return the records the sample briefs of."""
    seen = vision.vision(actor=manager)
    aims, _ = vision.objectives(actor=manager, now=now)
    agreed, _ = plans.register(actor=manager, view="agreed")
    promised = [row for row in commitments.in_force(actor=manager, now=now) if row.name == "First reply on deliveries"]
    filters = GuidelineFilters(q=CHANGED)
    late = knowledge.guidelines(actor=manager, filters=filters, on=now.date()).rows
    served, _ = offer.catalogue(actor=manager)
    changed = [row for row in served if row.number > 1]
    found: dict[str, tuple[str, Sequence[Any]]] = {
        "vision": ("standards.vision", [seen] if seen else []),
        "objective": ("standards.objective", aims),
        "plan": ("standards.plan", agreed),
        "standard": ("standards.standard", promised),
        "guideline": ("desk.guideline", late),
        "service": ("standards.service", changed),
    }
    return {key: (kind, rows[0].id) for key, (kind, rows) in found.items() if rows}


def _tell(subject: Ref, quiz: Quiz, told: Told, *, staff: Mapping[str, Actor], now: dt.datetime) -> None:
    manager, at = staff[MANAGER], now - dt.timedelta(days=told.days_ago)
    check_id = checks.begin(actor=manager, subject=subject, now=at)
    for question in quiz:
        checks.add_question(actor=manager, check_id=check_id, now=at, **question.as_arguments())
    content = drafting.prepare(actor=manager, subject=subject, now=at)
    due_on = now.date() + dt.timedelta(days=told.due_in)
    made = briefings.save(
        actor=manager,
        briefing_id=None,
        content=dataclasses.replace(content, due_on=due_on),
        subject=subject,
        now=at,
    )
    briefings.publish(actor=manager, briefing_id=made, now=at)
    people = audience.reach(actor=manager, audience=content.audience).people
    readers = [staff[person.name] for person in people if person.name != MANAGER]
    first = [manager] if len(readers) < len(people) else []
    done = readers[: len(readers) - told.unread]
    _read_all(made, [*first, *done], at=at)
    takers = done[: len(done) - told.stale]
    for place, who in enumerate(takers):
        fails = place >= len(takers) - told.failing
        _take(check_id, who, place=place, fails=fails, staff=staff, at=at + dt.timedelta(hours=5 + place))
    if told.stale:
        _remember(check_id, done[len(done) - told.stale :], staff=staff, at=now - dt.timedelta(days=130))


def _read_all(briefing_id: int, people: Sequence[Actor], *, at: dt.datetime) -> None:
    for place, who in enumerate(people):
        telling.read(actor=who, briefing_id=briefing_id, now=at + dt.timedelta(hours=1 + place))


def _take(check_id: int, who: Actor, *, place: int, fails: bool, staff: Mapping[str, Actor], at: dt.datetime) -> None:
    """Answer as people do: most right, the hardest question often wrong, words that a leader reads."""
    attempt = taking.start(actor=who, check_id=check_id, seed=1_000 + place, now=at)
    put = samples.put(attempt_id=attempt)
    wrong = set(sorted(pk for pk, _, _ in put)[:2]) if fails else set()
    # The first question of each bank is the hard one: two of five get it wrong, and nothing else.
    if place % 5 in {1, 3}:
        wrong.add(min(pk for pk, _, _ in put))
    given = {pk: _answer(kind, right, is_right=pk not in wrong) for pk, kind, right in put}
    taking.submit(actor=who, attempt_id=attempt, given=given, now=at)
    for pk, kind, _ in put:
        if kind == QuestionKind.TEACH_BACK and place:
            taking.judge(
                actor=staff[MANAGER],
                attempt_id=attempt,
                question_id=pk,
                is_right=pk not in wrong,
                reasons="Names the day and who rings whom."
                if pk not in wrong
                else "Leaves out when the customer hears.",
                now=at + dt.timedelta(hours=3),
            )


def _answer(kind: str, right: Sequence[bool], *, is_right: bool) -> object:
    if kind == QuestionKind.TEACH_BACK:
        return "I say which day, and that I ring her before it is over." if is_right else "I say sorry."
    return [at for at, ok in enumerate(right) if ok == is_right][: sum(right) if is_right else 1]


def _remember(check_id: int, people: Sequence[Actor], *, staff: Mapping[str, Actor], at: dt.datetime) -> None:
    for place, who in enumerate(people):
        _take(check_id, who, place=5 * (place + 1), fails=False, staff=staff, at=at)
    samples.remember_older(check_id=check_id, user_ids=[who.person_id for who in people], number=1, at=at)


def _issue(kind: str, title: str, items: Sequence[Item], *, staff: Mapping[str, Actor], at: dt.datetime) -> None:
    manager = staff[MANAGER]
    content = Content(kind=kind, title=title, items=tuple(items), audience=Audience(everyone=True), needs_check=False)
    made = briefings.save(actor=manager, briefing_id=None, content=content, now=at)
    briefings.publish(actor=manager, briefing_id=made, now=at)
    readers = [who for place, (_, who) in enumerate(sorted(staff.items())) if place % 6]
    _read_all(made, readers, at=at)
