"""What is left to set up, by role: first things first, later ones once those are done, each until it is put aside.

What is done follows from the data of the world somebody stands in, so nothing is ticked, and a sample is set up.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import actions, leading, policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.queries import knowledge, progress
from wellserved.apps.desk.types.knowledge import GuidelineFilters
from wellserved.apps.development.queries import briefings, private
from wellserved.apps.development.types.briefings import Filters
from wellserved.apps.development.types.guiding import TALK
from wellserved.apps.people import queries as people
from wellserved.apps.people.queries import roles
from wellserved.apps.standards import queries as standards
from wellserved.apps.standards.queries import expectations, offer, plans, risks
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs
from wellserved.web import shell

# What each task is called, why it is worth doing, and where: a route and its arguments.
WORDS: dict[str, tuple[str, ...]] = {
    "hours": ("Say when you are open", "Hours and closed days in which promises count.", "web:standards"),
    "promise": ("Promise something", "One standard is enough to begin.", "web:standards"),
    "queues": ("Give each queue a team", "So that tickets reach those who can answer.", "web:list", "queues"),
    "colleagues": ("Invite your colleagues", "Eight people make a first week.", "accounts:invite"),
    "limits": ("Set limits of authority", "What each role may give away alone.", "people:authority"),
    "history": ("Bring your history", "A CSV is enough; it can be undone.", "imports:imports"),
    "ticket": ("Answer one ticket", "From first word to sent reply.", "desk:inbox"),
    "mail": ("Connect your mail", "Set MAIL_URL; until then a local mailbox shows what would leave.", "mailbox"),
    "expectation": (
        "Write down what customers expect",
        "A promise is worth keeping once somebody wants it.",
        "web:expectation_new",
    ),
    "offer": (
        "Say what you offer",
        "So that customers and colleagues know what is included.",
        "web:service_new",
    ),
    "plan": ("Make a first plan", "What it takes to keep your promises, and what it costs.", "web:plan_new"),
    "risk": ("Name what could go wrong", "One risk with an answer is better than ten in a drawer.", "web:risk_new"),
    "roles": (
        "Describe a role",
        "So that everybody knows what is asked of them, and what is missing.",
        "people:role_new",
    ),
    "team": ("See that your team is complete", "Tickets of its queues reach those who are in it.", "accounts:teams"),
    "skills": ("Write down what your people can do", "Gaps show before somebody is ill.", "people:skills"),
    "briefing": (
        "Brief your team once",
        "What changed reaches everybody concerned, and you see whom it has not.",
        "development:briefing_new",
    ),
    "talk": (
        "Arrange a first one-to-one",
        "Half an hour tells more than a month of figures.",
        "development:talk_new",
    ),
    "guideline": ("Write a first guideline", "What you explain twice is better written down.", "desk:guideline_new"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to set up, and how the data say that it is done."""

    key: str
    label: str
    why: str
    url: str
    is_done: Callable[[], bool]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A step as it stands; `status` is done, todo, or blocked where this installation has no page for it."""

    key: str
    label: str
    hint: str
    url: str
    status: str
    is_aside: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """The list as somebody sees it now; `later` says how many more come once these are done."""

    tasks: tuple[Task, ...]
    later: int

    @property
    def counted(self) -> tuple[Task, ...]:
        """Return those that count: what is put aside does not, unless it is done all the same."""
        return tuple(task for task in self.tasks if task.status == "done" or not task.is_aside)

    @property
    def done(self) -> int:
        """Return how many are done."""
        return sum(task.status == "done" for task in self.tasks)

    @property
    def next(self) -> Task | None:
        """Return the first thing to do."""
        return next((task for task in self.counted if task.status == "todo"), None)

    @property
    def sentence(self) -> str:
        """Return how far it is."""
        return f"Set up: {self.done} of {len(self.counted)} done"


@require_GET
@needs(policies.EDIT_PEOPLE)
def page(request: HttpRequest) -> HttpResponse:
    """Show the list."""
    return render(request, "web/set_up.html", {"found": read(actor=actor_of(request), now=clock.now())})


@require_GET
@needs(policies.EDIT_PEOPLE)
def line(request: HttpRequest) -> HttpResponse:
    """Answer the one line Today shows while something is left; fetched by itself, so that Today does not wait."""
    found = read(actor=actor_of(request), now=clock.now())
    return render(request, "web/_set_up.html", {"found": found})


@require_POST
@needs(policies.EDIT_PEOPLE)
def put_aside(request: HttpRequest, key: str) -> HttpResponse:
    """Put one thing aside, or take it up again."""
    actor, now = actor_of(request), clock.now()
    if key not in WORDS:
        raise NotFound("There is no such thing to set up.", code="task_not_found")
    is_aside = request.POST.get("aside") == "1"
    actions.put_aside(actor=actor, task=key, is_aside=is_aside, now=now)
    messages.success(request, "Put aside." if is_aside else "Taken up again.")
    return redirect("web:set_up")


def read(*, actor: Actor, now: dt.datetime) -> SetUp:
    """Return the list for the actor's role. Twenty queries at most."""
    aside = accounts.tasks_aside(actor=actor)
    first, later = _stages(actor, now)
    tasks = list(_stand(first, aside))
    if not any(task.status == "todo" and not task.is_aside for task in tasks):
        return SetUp(tasks=(*tasks, *_stand(later, aside)), later=0)
    return SetUp(tasks=tuple(tasks), later=len(later))


def _stand(steps: tuple[Step, ...], aside: frozenset[str]) -> Iterator[Task]:
    for step in steps:
        status = "done" if step.is_done() else "todo" if step.url else "blocked"
        yield Task(
            key=step.key, label=step.label, hint=step.why, url=step.url, status=status, is_aside=step.key in aside
        )


def _stages(actor: Actor, now: dt.datetime) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """Return what comes first and what comes later."""
    if actor.can(policies.EDIT_STANDARDS):
        return _house(actor, now), _service(actor)
    return _team(actor, now), _leading(actor, now)


def _steps(done: Mapping[str, Callable[[], bool]]) -> tuple[Step, ...]:
    """Put the words to what says that each is done."""
    return tuple(
        Step(
            key=key,
            label=WORDS[key][0],
            why=WORDS[key][1],
            url=shell.find_url(WORDS[key][2], *WORDS[key][3:]),
            is_done=is_done,
        )
        for key, is_done in done.items()
    )


def _house(actor: Actor, now: dt.datetime) -> tuple[Step, ...]:
    reached = progress.read_progress(actor=actor)
    return _steps(
        {
            "hours": lambda: bool(standards.calendars(actor=actor, now=now)),
            "promise": lambda: any(row.is_active for row in standards.policies(actor=actor, now=now)),
            "queues": lambda: reached.team_queues > 0,
            "colleagues": lambda: len(accounts.staff(actor=actor)) > 1,
            "limits": lambda: bool(people.limits(actor=actor)),
            "history": lambda: reached.has_imported,
            "ticket": lambda: reached.has_replied,
            "mail": lambda: bool(settings.MAIL_URL),
        }
    )


def _service(actor: Actor) -> tuple[Step, ...]:
    return _steps(
        {
            "expectation": lambda: bool(expectations.choices(actor=actor)),
            "offer": lambda: bool(offer.catalogue(actor=actor, limit=1)[0]),
            "plan": lambda: plans.exists(actor=actor),
            "risk": lambda: bool(risks.named(actor=actor)),
            "roles": lambda: bool(roles.roles(actor=actor, limit=1)[0]),
        }
    )


def _team(actor: Actor, now: dt.datetime) -> tuple[Step, ...]:
    led = leading.led_ids(actor=actor)
    return _steps(
        {
            "team": lambda: bool(led),
            "skills": lambda: any(row.skills for row in people.colleagues(actor=actor, now=now) if row.id in led),
        }
    )


def _leading(actor: Actor, now: dt.datetime) -> tuple[Step, ...]:
    given: dict[str, Any] = {"actor": actor, "limit": 1}
    today = clock.day_of(now)
    return _steps(
        {
            "briefing": lambda: bool(briefings.register(**given, filters=Filters(), today=today).rows),
            "talk": lambda: bool(private.register(**given, kind=TALK, view="all")[0]),
            "guideline": lambda: bool(knowledge.guidelines(**given, filters=GuidelineFilters(), on=today).rows),
        }
    )
