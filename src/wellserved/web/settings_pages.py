"""Settings: what is left to set up, the lists a service names for itself, the sample service."""

import dataclasses
import datetime as dt
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts import policies
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.queries import names, progress
from wellserved.apps.people import queries as people
from wellserved.apps.standards import queries as standards
from wellserved.platform import clock
from wellserved.platform.errors import NotFound
from wellserved.platform.http.access import needs
from wellserved.platform.http.forms import read_number
from wellserved.web import shell

TITLES = {
    "queues": ("Queues", "Where tickets of one sort wait, and the team that answers them."),
    "products": ("Products", "What a ticket can be about."),
    "places": ("Places", "Where the matter of a ticket can have happened."),
    "tags": ("Tags", "Words tickets are found by; a new one is made by using it."),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to set up; `status` follows from data."""

    label: str
    hint: str
    url: str
    status: str


@require_GET
@needs(policies.SETTINGS, policies.EDIT_STANDARDS)
def page(request: HttpRequest) -> HttpResponse:
    """Show the set-up list and the ways to the lists."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    tasks = list_tasks(actor, now=clock.now())
    done = sum(task.status == "done" for task in tasks)
    return render(
        request,
        "web/settings.html",
        {
            "tasks": tasks,
            "done": done,
            "next": next((task for task in tasks if task.status == "todo"), None),
            "titles": TITLES,
            "teams_url": shell.find_url("accounts:teams"),
            "sample_load_url": shell.find_url("demo:load"),
            "sample_remove_url": shell.find_url("demo:remove"),
        },
    )


def list_tasks(actor: Actor, *, now: dt.datetime) -> list[Task]:
    """Return the eight tasks of set-up, each done when the data say so."""
    reached = progress.read_progress(actor=actor)
    promised = any(row.is_active for row in standards.policies(actor=actor, now=now))
    people_count = len(accounts.staff(actor=actor))
    lists_url = reverse("web:list", args=["queues"])
    facts = [
        (
            "Say when you are open",
            "Hours and closed days in which promises count.",
            reverse("web:standards"),
            bool(standards.calendars(actor=actor, now=now)),
        ),
        ("Promise something", "One standard is enough to begin.", reverse("web:standards"), promised),
        ("Give each queue a team", "So that tickets reach those who can answer.", lists_url, reached.team_queues > 0),
        (
            "Invite your colleagues",
            "Eight people make a first week.",
            shell.find_url("accounts:invite"),
            people_count > 1,
        ),
        (
            "Set limits of authority",
            "What each role may give away alone.",
            shell.find_url("people:authority"),
            bool(people.limits(actor=actor)),
        ),
        (
            "Bring your history",
            "A CSV is enough; it can be undone.",
            shell.find_url("imports:imports"),
            reached.has_imported,
        ),
        ("Answer one ticket", "From first word to sent reply.", reverse("desk:inbox"), reached.has_replied),
        (
            "Connect your mail",
            "Set MAIL_URL; until then a local mailbox shows what would leave.",
            shell.find_url("mailbox"),
            bool(settings.MAIL_URL),
        ),
    ]
    return [
        Task(label=label, hint=hint, url=url, status="done" if done else "todo" if url else "blocked")
        for label, hint, url, done in facts
    ]


@require_GET
@needs(policies.SETTINGS, policies.EDIT_STANDARDS)
def show_list(request: HttpRequest, name: str) -> HttpResponse:
    """Show one list and how often each name is used."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    after = request.GET.get("after", "")
    rows, cursor = names.read_list(actor=actor, name=name, cursor=after or None)
    context = {
        "name": name,
        "title": TITLES[name],
        "rows": rows,
        "titles": TITLES,
        "after": after,
        "next_url": f"{request.path}?{urlencode({'after': cursor})}" if cursor else "",
    }
    context["teams"] = accounts.teams(actor=actor) if name == "queues" else ()
    return render(request, "web/list.html", context)


@require_POST
@needs(policies.SETTINGS, policies.EDIT_STANDARDS)
def save_entry(request: HttpRequest, name: str) -> HttpResponse:
    """Add or change a name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    words = request.POST.get("name", "")
    entry, team = (read_number(request.POST.get(field, "")) for field in ("entry", "team"))
    if name == "queues":
        desk.save_queue(
            actor=actor,
            queue_id=entry,
            name=words,
            team_id=team,
            is_default=bool(request.POST.get("is_default")),
            now=now,
        )
    elif name == "products":
        desk.save_product(actor=actor, product_id=entry, name=words, now=now)
    elif name == "places":
        desk.save_place(actor=actor, place_id=entry, name=words, now=now)
    else:
        raise NotFound("There is no such list to change.")
    messages.success(request, "Saved.")
    after = request.POST.get("after", "")
    return redirect(reverse("web:list", args=[name]) + (f"?{urlencode({'after': after})}" if after else ""))
